package org.symbreak.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish that a run ends at its next pause, with everything saved. For Ctrl-C:
 *
 * <pre>{@code
 * try (Interruption interruption = Interruption.onShutdown()) {
 *   TrainedRun run = directory.train(spec, data, observers, recording, interruption);
 *   // prints; the virtual machine waits for the end of this block
 * }
 * }</pre>
 */
public final class Interruption implements AutoCloseable {
  /** How long a virtual machine that is asked to end waits for the run to be saved. */
  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::requestAndWait, "symbreak-interruption");
  private volatile boolean requested;

  /** One that waits for {@link #request()} alone. */
  public Interruption() {}

  /**
   * One that Ctrl-C, or any other orderly end of the virtual machine, requests; {@link #close()}
   * must follow.
   */
  public static Interruption onShutdown() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  public void request() {
    requested = true;
  }

  public boolean isRequested() {
    return requested;
  }

  /** The run and all that follows from it are done: the virtual machine may end. */
  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the virtual machine is ending already, and the hook with it
    }
  }

  private void requestAndWait() {
    request();
    try {
      done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

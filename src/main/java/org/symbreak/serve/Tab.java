package org.symbreak.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one tab of a browser plays with: one run, or two that advance in lockstep, trained by a
 * thread of their own. Thread safe.
 */
final class Tab implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Tab.class);
  private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(16);
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** Steps at the most between two looks at whether it is closed. */
  private static final int SLICE = 100;

  private final List<LiveRun> runs;
  private final Mailbox mailbox = new Mailbox();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread trainer;
  private boolean playing;
  private int pending;
  private int stepsPerFrame = 1;
  private volatile boolean closed;
  private long sequence;
  private List<LiveState.OfRun> shown = List.of();

  Tab(List<LiveRun> runs) {
    this.runs = List.copyOf(runs);
    this.trainer = new Thread(this::train, "symbreak-tab");
    trainer.setDaemon(true);
    publish();
    trainer.start();
  }

  /** The runs; to be used with {@link #exclusively} alone. */
  List<LiveRun> runs() {
    return runs;
  }

  /**
   * @param steps a frame, from 1
   */
  void play(int steps) {
    with(
        () -> {
          stepsPerFrame = steps;
          playing = true;
          runs.forEach(LiveRun::goOn);
        });
  }

  /** Rests, and says so. */
  void pause() {
    with(
        () -> {
          if (playing) {
            playing = false;
            publish();
          }
        });
  }

  /** Takes so many steps, then rests. */
  void step(int steps) {
    with(
        () -> {
          playing = false;
          pending += steps;
          runs.forEach(LiveRun::goOn);
        });
  }

  /** Does something while no step is taken. */
  <T> T exclusively(Callable<T> work) throws Exception {
    lock.lock();
    try {
      return work.call();
    } finally {
      lock.unlock();
    }
  }

  /** Whether nobody has listened to it for a minute. */
  boolean isAbandoned() {
    return mailbox.idleNanos() > IDLE_NANOS;
  }

  /** Sends states, a line of JSON each, until the reader goes or the tab is closed. */
  void stream(OutputStream out) throws IOException {
    mailbox.stream(out);
  }

  @Override
  public void close() {
    closed = true; // at once: the lock may be held for as long as steps are taken
    with(() -> {});
    mailbox.close();
    try {
      trainer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    runs.forEach(LiveRun::close);
  }

  private void with(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void train() {
    long due = System.nanoTime();
    while (true) {
      lock.lock();
      try {
        while (!closed && !playing && pending == 0) {
          changed.await();
          due = System.nanoTime();
        }
        if (closed) {
          return;
        }
        takeSteps();
        due = Math.max(due + FRAME_NANOS, System.nanoTime());
        changed.awaitNanos(due - System.nanoTime());
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error e) {
        LOG.error("a tab's training failed", e);
        publishFailure(e);
        return;
      } finally {
        lock.unlock();
      }
    }
  }

  private void takeSteps() {
    int steps = playing ? stepsPerFrame : pending;
    pending = 0;
    for (int left = steps; left > 0 && !closed; left -= SLICE) {
      int slice = Math.min(left, SLICE);
      runs.forEach(run -> run.advance(slice));
    }
    if (isAbandoned() || runs.stream().allMatch(run -> run.ended() != null)) {
      playing = false;
    }
    publish();
  }

  private void publish() {
    shown = runs.stream().map(run -> new LiveState.OfRun(run.frame(), run.ended())).toList();
    mailbox.put(new LiveState(++sequence, playing, shown).line());
  }

  /** The last state that there was, and that no other follows. */
  private void publishFailure(Throwable failure) {
    playing = false;
    String ended =
        "Training failed; the log of the server has more: " + failure + ". Open it anew to go on.";
    List<LiveState.OfRun> last =
        shown.stream().map(run -> new LiveState.OfRun(run.frame(), ended)).toList();
    mailbox.put(new LiveState(++sequence, false, last).line());
  }
}

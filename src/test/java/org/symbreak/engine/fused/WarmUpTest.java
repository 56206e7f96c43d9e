package org.symbreak.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.symbreak.network.Activation;
import org.symbreak.network.Precision;

/** Vectors are compiled while a network waits for them. */
@Timeout(300)
class WarmUpTest {
  private static final long PLENTY = 1L << 40;

  @Test
  void endsWhenNobodyWaitsAndBeginsAgainForTheNextOne() throws InterruptedException {
    WarmUp hasty = WarmUp.join(Precision.DOUBLE, Activation.SIGMOID);
    boolean before = hasty.isReady(PLENTY, PLENTY);
    hasty.leave();
    join();
    boolean left = hasty.isReady(0, PLENTY);

    WarmUp patient = WarmUp.join(Precision.DOUBLE, Activation.SIGMOID);
    while (!patient.isReady(PLENTY, 0) && !patient.hasFailed()) {
      Thread.sleep(1);
    }
    patient.leave();

    assertThat(before).isFalse();
    assertThat(left).as("after it was left at once").isFalse();
    assertThat(patient).isSameAs(hasty);
    assertThat(patient.hasFailed()).isFalse();
  }

  @Test
  void doesNotBeginForWhatPlainJavaHasDoneAsSoon() throws InterruptedException {
    WarmUp brief = WarmUp.join(Precision.DOUBLE, Activation.ELU);
    for (int step = 0; step < 9; step++) {
      assertThat(brief.isReady(100_000_000, 1_000_000_000 - 100_000_000 * step)).isFalse();
    }
    assertThat(threads()).isEmpty();
    brief.isReady(1, PLENTY);
    assertThat(threads()).as("for many more").isNotEmpty();
    brief.leave();
    join();
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(WarmUp.THREAD))
        .toList();
  }

  /** Waits for the threads that warm up: they end, or the test does not. */
  private static void join() throws InterruptedException {
    for (Thread thread : threads()) {
      thread.join();
    }
  }
}

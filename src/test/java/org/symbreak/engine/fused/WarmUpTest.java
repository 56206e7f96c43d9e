package org.symbreak.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;

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
    boolean before = hasty.isReady(PLENTY);
    hasty.leave();
    join();
    boolean left = hasty.isReady(0);

    WarmUp patient = WarmUp.join(Precision.DOUBLE, Activation.SIGMOID);
    while (!patient.isReady(PLENTY) && !patient.hasFailed()) {
      Thread.sleep(1);
    }
    patient.leave();

    assertThat(before).isFalse();
    assertThat(left).as("after it was left at once").isFalse();
    assertThat(patient).isSameAs(hasty);
    assertThat(patient.hasFailed()).isFalse();
  }

  /** Waits for the threads that warm up: they end, or the test does not. */
  private static void join() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals(WarmUp.THREAD)) {
        thread.join();
      }
    }
  }
}

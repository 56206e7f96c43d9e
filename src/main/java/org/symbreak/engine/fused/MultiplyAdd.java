package org.symbreak.engine.fused;

/**
 * Whether {@link Math#fma} is an instruction. Where it is not, Java computes the same bits with big
 * numbers, some hundred times slower. It shows in the time that a few thousand calls take:
 * microseconds in the one case, several milliseconds in the other, so the answer does not hang on
 * how busy the machine is.
 */
final class MultiplyAdd {
  private static final int CALLS = 2000;

  /** Between the 30 ns of an interpreted call and the 2 µs of a compiled one with big numbers. */
  private static final long SLOW_NANOS = 500L * CALLS;

  private static final int TRIES = 5;
  private static final boolean INSTRUCTION = measure();

  private MultiplyAdd() {}

  static boolean isInstruction() {
    return INSTRUCTION;
  }

  private static boolean measure() {
    float sum = 0;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      long start = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        sum = Math.fma(0.5f, sum, i);
      }
      if (System.nanoTime() - start < SLOW_NANOS && sum >= 0) {
        return true;
      }
    }
    return false;
  }
}

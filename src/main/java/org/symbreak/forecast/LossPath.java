package org.symbreak.forecast;

import java.util.Arrays;

/**
 * A training loss over steps, at no more moments than can be seen.
 *
 * @param steps from 0, ascending
 * @param losses over the constant prediction's, without the penalty
 */
public record LossPath(long[] steps, double[] losses) {
  static final LossPath NONE = new LossPath(new long[0], new double[0]);

  private static final int MOST = 100;

  /** Of so many moments, the first and the last among those that are kept. */
  static LossPath of(long[] steps, double[] losses, int count) {
    int kept = Math.min(count, MOST);
    long[] at = new long[kept];
    double[] loss = new double[kept];
    int from = 0;
    int filled = 0;
    // evenly on the scale log (1 + step)
    double last = count == 0 ? 0 : Math.log1p(steps[count - 1]);
    for (int i = 0; i < count && filled < kept; i++) {
      boolean isDue = Math.log1p(steps[i]) >= last * from / Math.max(1, MOST - 1);
      if (i == 0 || i == count - 1 || isDue && filled < kept - 1) {
        at[filled] = steps[i];
        loss[filled++] = losses[i];
        from = 1 + (int) (Math.log1p(steps[i]) * (MOST - 1) / Math.max(last, 1e-300));
      }
    }
    return new LossPath(Arrays.copyOf(at, filled), Arrays.copyOf(loss, filled));
  }
}

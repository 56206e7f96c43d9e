package org.symbreak.film;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Counts sums of inputs z in bins of equal width on the axis of asinh(z), on which 0.01 and 100
 * have their place.
 */
final class SumHistogram {
  private static final int BINS = 61;
  private static final double LARGEST = 1000;
  private static final double END = asinh(LARGEST);
  private static final double WIDTH = 2 * END / BINS;

  private SumHistogram() {}

  /** Edges of the bins, in z. */
  static List<Double> edges() {
    return IntStream.rangeClosed(0, BINS).mapToObj(i -> Math.sinh(i * WIDTH - END)).toList();
  }

  /**
   * What is beyond the edges counts in the outermost bins; what is not a number does not count.
   *
   * @param sums [unit][row]
   * @return a share of the fullest bin each, in [0, 1]
   */
  static double[] of(double[][] sums) {
    double[] counts = new double[BINS];
    for (double[] unit : sums) {
      for (double z : unit) {
        if (!Double.isNaN(z)) {
          int bin = (int) Math.floor((asinh(z) + END) / WIDTH);
          counts[Math.min(Math.max(bin, 0), BINS - 1)]++;
        }
      }
    }
    double fullest = Math.max(1, Arrays.stream(counts).max().orElse(1));
    return Arrays.stream(counts).map(count -> count / fullest).toArray();
  }

  private static double asinh(double z) {
    double size = Math.abs(z);
    return Math.copySign(Math.log(size + Math.sqrt(size * size + 1)), z);
  }
}

package org.symbreak.data;

import java.util.List;
import org.symbreak.problem.Problem;

/**
 * A numeric column: (x − mean) / scale, the median in place of a missing cell, and a further
 * feature that is 1 where the cell was missing, if that happens often enough to say something.
 *
 * @param name of the column
 * @param median of the training rows' cells that are not missing
 * @param mean of the same cells; 0 where numbers are not standardized
 * @param scale their standard deviation (divided by their number, not by one less); 1 where numbers
 *     are not standardized; above 0
 * @param min the smallest of the same cells
 * @param max the largest
 * @param indicator whether there is the further feature
 */
record FittedNumber(
    String name,
    double median,
    double mean,
    double scale,
    double min,
    double max,
    boolean indicator)
    implements FittedColumn {
  /**
   * What a feature's absolute value may be: within what a float, and sums and products of a few of
   * them, can hold.
   */
  static final double LIMIT = 1e30;

  FittedNumber {
    if (!(min <= median
        && median <= max
        && scale > 0
        && Double.isFinite(mean)
        && Double.isFinite(scale)
        && fits((min - mean) / scale)
        && fits((max - mean) / scale))) {
      throw new IllegalArgumentException(
          "min <= median <= max and scale > 0 must hold with finite numbers, found "
              + min
              + ", "
              + median
              + ", "
              + max
              + ", "
              + scale);
    }
  }

  private static boolean fits(double feature) {
    return Math.abs(feature) <= LIMIT;
  }

  /**
   * Writes this column's features.
   *
   * @param value finite, or NaN for a missing cell
   * @return whether the value is near enough to the training rows' to be a feature
   */
  boolean encode(double value, double[] into, int at) {
    boolean missing = Double.isNaN(value);
    double feature = ((missing ? median : value) - mean) / scale;
    into[at] = feature;
    if (indicator) {
      into[at + 1] = missing ? 1 : 0;
    }
    return fits(feature);
  }

  /** Whether a value is further outside the training rows' range than that range is wide. */
  boolean isFarOutside(double value) {
    double width = max - min;
    return value - max > width || min - value > width;
  }

  /** What is wrong with a cell whose value is not near enough. */
  Problem outOfRange(Place place, long line, String text) {
    String reach =
        scale == 1 && mean == 0
            ? "a number within ±" + LIMIT
            : "a number within " + LIMIT + " standard deviations of the training rows' mean";
    return new Problem(place.cell(line, name), reach, Place.quoted(text));
  }

  @Override
  public int size() {
    return indicator ? 2 : 1;
  }

  @Override
  public List<String> featureNames() {
    return indicator ? List.of(name, name + " is missing") : List.of(name);
  }

  @Override
  public double[][] ranges() {
    double[] range = {(min - mean) / scale, (max - mean) / scale};
    return indicator ? new double[][] {range, {0, 1}} : new double[][] {range};
  }
}

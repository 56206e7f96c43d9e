package org.symbreak.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.symbreak.problem.Problem;

/**
 * A numeric column: (x − mean) / scale, the median in place of a missing cell, and a further
 * feature that is 1 where the cell was missing, if that happens often enough to say something.
 *
 * @param name of the column
 * @param notation how the column writes its numbers; null where they are plain
 * @param median of the training rows' cells that are not missing
 * @param mean of the same cells; 0 where numbers are not standardized
 * @param scale their standard deviation (divided by their number, not by one less); 1 where numbers
 *     are not standardized; above 0
 * @param min the smallest of the same cells
 * @param max the largest
 * @param indicator whether there is the further feature
 * @param complete whether no training row lacked a number
 * @param cycles of a date, two features each, both 0 for a missing cell; none for other numbers
 */
record FittedNumber(
    String name,
    Notation notation,
    double median,
    double mean,
    double scale,
    double min,
    double max,
    boolean indicator,
    boolean complete,
    List<Cycle> cycles)
    implements FittedColumn {
  /**
   * What a feature's absolute value may be: within what a float, and sums and products of a few of
   * them, can hold.
   */
  static final double LIMIT = 1e30;

  private static final int DIGITS = 4;
  private static final double[] NONE = {};

  FittedNumber {
    cycles = List.copyOf(cycles);
    if (!cycles.isEmpty() && !(notation instanceof DateForm)
        || cycles.stream().distinct().count() < cycles.size()) {
      throw new IllegalArgumentException("cycles, each once, must be those of dates");
    }
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
    double[] parts = cyclicParts(value);
    System.arraycopy(parts, 0, into, at + (indicator ? 2 : 1), parts.length);
    return fits(feature);
  }

  /**
   * Sine and cosine of where in each cycle a date is; zeros for a missing cell.
   *
   * @param value NaN for a missing cell
   */
  double[] cyclicParts(double value) {
    double[] parts = cycles.isEmpty() ? NONE : new double[2 * cycles.size()];
    for (int i = 0; i < cycles.size() && !Double.isNaN(value); i++) {
      double angle = cycles.get(i).angle(value);
      parts[2 * i] = StrictMath.sin(angle);
      parts[2 * i + 1] = StrictMath.cos(angle);
    }
    return parts;
  }

  /**
   * The number in a cell of the current row; in a column of plain numbers, too, signs and blanks
   * may be of any kind.
   *
   * @param bare plain numbers with the file's decimal mark
   * @return NaN where it is none
   */
  double read(CsvRows rows, int cell, Clothes bare) {
    if (notation != null) {
      return notation.number(rows.cell(cell));
    }
    double plain = rows.number(cell);
    return Double.isNaN(plain) ? bare.number(rows.cell(cell)) : plain;
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

  /** A value for reading. */
  String shown(double value) {
    return notation == null ? Clothes.rounded(value, DIGITS) : notation.shown(value);
  }

  @Override
  public int size() {
    return (indicator ? 2 : 1) + 2 * cycles.size();
  }

  @Override
  public List<String> featureNames() {
    List<String> names = new ArrayList<>(List.of(name));
    if (indicator) {
      names.add(name + " is missing");
    }
    names.addAll(cycleNames());
    return names;
  }

  /** Names of the features that say where in its cycles a date is. */
  List<String> cycleNames() {
    return cycles.stream()
        .map(cycle -> name + " " + cycle.words())
        .flatMap(words -> Stream.of(words + " (sine)", words + " (cosine)"))
        .toList();
  }

  @Override
  public double[][] ranges() {
    double[][] ranges = new double[size()][];
    ranges[0] = new double[] {(min - mean) / scale, (max - mean) / scale};
    for (int i = 1; i < ranges.length; i++) {
      ranges[i] = indicator && i == 1 ? new double[] {0, 1} : new double[] {-1, 1};
    }
    return ranges;
  }
}

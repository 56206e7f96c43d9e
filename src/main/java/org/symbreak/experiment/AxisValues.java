package org.symbreak.experiment;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What one thing that varies may be: a list of values, or any number of a range, drawn so that its
 * logarithm is uniform.
 *
 * @param choices in order, without repetition; empty for a range
 * @param low smallest number of the range, positive; NaN where there are choices
 * @param high largest number of the range
 */
record AxisValues(List<String> choices, double low, double high) {
  /**
   * Digits that points of a range are rounded to: enough for any purpose, few enough to be read.
   */
  private static final MathContext DIGITS = new MathContext(6);

  static AxisValues of(List<String> choices) {
    return new AxisValues(List.copyOf(new LinkedHashSet<>(choices)), Double.NaN, Double.NaN);
  }

  static AxisValues range(double low, double high) {
    return new AxisValues(List.of(), low, high);
  }

  boolean isRange() {
    return choices.isEmpty();
  }

  String draw(RandomGenerator random) {
    return isRange()
        ? Double.toString(between(low, high, random.nextDouble()))
        : choices.get(random.nextInt(choices.size()));
  }

  /**
   * Numbers from low to high whose logarithms are equally far apart, rounded to six digits.
   *
   * @param points how many, from 2
   */
  static List<Double> logarithmic(double low, double high, int points) {
    List<Double> numbers = new ArrayList<>();
    for (int i = 0; i < points; i++) {
      numbers.add(between(low, high, (double) i / (points - 1)));
    }
    return numbers;
  }

  private static double between(double low, double high, double share) {
    double log = (1 - share) * StrictMath.log(low) + share * StrictMath.log(high);
    return BigDecimal.valueOf(StrictMath.exp(log)).round(DIGITS).doubleValue();
  }
}

package org.symbreak.symmetry;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Which unit of one network is which of another: hidden units may change places, and with an odd
 * activation their signs, without a change of what a network computes, so that there are n! · 2ⁿ
 * equal networks a layer. Units are matched by the cosines of what comes into them, weights and
 * bias, so that the sum of cosines is the largest.
 *
 * @param partner the other network's unit for each unit
 * @param flipped whether its sign is turned, for each unit
 * @param before mean cosine of units of the same number
 * @param after mean cosine of matched units
 */
public record UnitMatching(int[] partner, boolean[] flipped, double before, double after) {
  private static final int DRAWS = 20;

  /**
   * @param mine units of a layer
   * @param others as many, with as many inputs
   * @param odd whether the activation is odd, so that signs are free
   */
  public static UnitMatching of(LayerUnits mine, LayerUnits others, boolean odd) {
    int n = mine.count();
    if (others.count() != n || others.fanIn() != mine.fanIn()) {
      throw new IllegalArgumentException("layers of the same shape are needed");
    }
    double[][] cosines = new double[n][n];
    double[][] cost = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        cosines[i][j] = cosine(mine, i, others, j);
        cost[i][j] = odd ? -Math.abs(cosines[i][j]) : -cosines[i][j];
      }
    }
    int[] partner = Assignment.of(cost);
    boolean[] flipped = new boolean[n];
    double before = 0;
    double after = 0;
    for (int i = 0; i < n; i++) {
      flipped[i] = odd && cosines[i][partner[i]] < 0;
      before += cosines[i][i] / n;
      after -= cost[i][partner[i]] / n;
    }
    return new UnitMatching(partner, flipped, before, after);
  }

  /**
   * The other network's next layer as if its units in this one had the places and signs of their
   * partners.
   */
  public LayerUnits reorderInputs(LayerUnits next) {
    double[] weights = new double[next.weights().length];
    for (int unit = 0; unit < next.count(); unit++) {
      for (int i = 0; i < partner.length; i++) {
        double weight = next.weights()[unit * next.fanIn() + partner[i]];
        weights[unit * next.fanIn() + i] = flipped[i] ? -weight : weight;
      }
    }
    return new LayerUnits(next.fanIn(), weights, next.biases());
  }

  /** Mean cosine of matched units that have nothing to do with each other: normal weights. */
  public static double byChance(int fanIn, int units, boolean odd, RandomGenerator random) {
    double sum = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      sum += of(drawn(fanIn, units, random), drawn(fanIn, units, random), odd).after;
    }
    return sum / DRAWS;
  }

  private static LayerUnits drawn(int fanIn, int units, RandomGenerator random) {
    double[] weights = new double[fanIn * units];
    Arrays.setAll(weights, i -> random.nextGaussian());
    double[] biases = new double[units];
    Arrays.setAll(biases, i -> random.nextGaussian());
    return new LayerUnits(fanIn, weights, biases);
  }

  /** 0 where a unit has no weights at all. */
  private static double cosine(LayerUnits a, int i, LayerUnits b, int j) {
    double product = 0;
    double aa = 0;
    double bb = 0;
    for (int k = 0; k <= a.fanIn(); k++) {
      product += a.parameter(i, k) * b.parameter(j, k);
      aa += a.parameter(i, k) * a.parameter(i, k);
      bb += b.parameter(j, k) * b.parameter(j, k);
    }
    return aa == 0 || bb == 0 ? 0 : product / Math.sqrt(aa * bb);
  }
}

package org.symbreak.claims;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.symmetry.EffectiveRank;
import org.symbreak.symmetry.LayerUnits;

/**
 * C13a.
 *
 * @param random a start that breaks the symmetry
 */
record WhatMustBeRandom(String random) implements Claim {
  private static final int STEPS = 2000;
  private static final int FEW = 10;

  @Override
  public String id() {
    return "C13a";
  }

  @Override
  public String statement() {
    return "What must be random is W1: W2 and the biases may be zero, but neither of them can stand in for W1, and an identical pair stays a pair.";
  }

  @Override
  public ClaimResult check(ClaimData data) {
    List<Measurement> measurements = new ArrayList<>();
    onlyFirst(data, measurements);
    onlySecond(data, measurements);
    onlyBiases(data, measurements);
    pair(data, measurements);
    return ClaimResult.of(this, measurements);
  }

  private void onlyFirst(ClaimData data, List<Measurement> measurements) {
    NetworkSpec network =
        ClaimData.network(1, data.hidden(), Activation.TANH, random + "/zeros", "zeros");
    Descent descent = Descent.of(data, network, Descent.FAST);
    HiddenUnits first = HiddenUnits.of(data, network, descent.after(1));
    measurements.add(
        Measurement.equal(
            "W1 random, W2 = 0: largest change of W1 by the first step",
            largestChange(descent.start(), first.parameters(), 0, first.shape().biases(0)),
            0));
    measurements.add(
        Measurement.above(
            "W1 random, W2 = 0: largest entry of W2 after the first step",
            first.largestWeight(1),
            0));
    double[] end = descent.after(STEPS);
    measurements.add(
        Measurement.below(
            String.format(
                Locale.ROOT,
                "W1 random, W2 = 0: loss after %d steps, against the best of one unit",
                STEPS),
            data.loss(network, end),
            descent.bestOfOneUnit(STEPS)));
  }

  private void onlySecond(ClaimData data, List<Measurement> measurements) {
    NetworkSpec tanh =
        ClaimData.network(1, data.hidden(), Activation.TANH, "zeros/" + random, "zeros");
    LayerUnits units =
        HiddenUnits.of(data, tanh, Descent.of(data, tanh, Descent.FAST).after(1)).layer(0);
    double[][] weights = new double[units.count()][];
    for (int unit = 0; unit < weights.length; unit++) {
      weights[unit] =
          Arrays.copyOfRange(units.weights(), unit * units.fanIn(), (unit + 1) * units.fanIn());
    }
    Double rank = EffectiveRank.of(weights);
    measurements.add(
        Measurement.below(
            "W1 = 0, W2 random: units are collinear after the first step: effective rank of W1, less 1",
            rank == null ? Double.NaN : Math.abs(rank - 1),
            1e-6));
    NetworkSpec relu =
        ClaimData.network(1, data.hidden(), Activation.RELU, "zeros/" + random, "zeros");
    Descent descent = Descent.of(data, relu, Descent.FAST);
    double[] end = descent.after(FEW * FEW);
    int weightsOfBoth = end.length - 1;
    measurements.add(
        Measurement.equal(
            String.format(
                Locale.ROOT,
                "W1 = 0, W2 random, ReLU: largest change of any weight in %d steps",
                FEW * FEW),
            largestChange(descent.start(), end, 0, weightsOfBoth),
            0));
  }

  private void onlyBiases(ClaimData data, List<Measurement> measurements) {
    int rarer = data.rowsOfTheRarerClass();
    String biases = "gaussian:0.01/zeros";
    ClaimData balanced = data.withClasses(rarer, rarer);
    NetworkSpec network = ClaimData.network(1, data.hidden(), Activation.TANH, "zeros", biases);
    double[] start = balanced.start(network);
    HiddenUnits after =
        HiddenUnits.of(
            balanced, network, new Descent(balanced, network, Descent.FAST, start).after(FEW));
    measurements.add(
        Measurement.below(
            String.format(
                Locale.ROOT,
                "biases random, W = 0, balanced classes: largest weight after %d steps (rounding alone)",
                FEW),
            Math.max(after.largestWeight(0), after.largestWeight(1)),
            1e-12));
    ClaimData unbalanced = data.withClasses(rarer, rarer - rarer / 3);
    double target = ScaleRow.target(unbalanced, STEPS);
    NetworkSpec weights =
        ClaimData.network(1, data.hidden(), Activation.TANH, "gaussian:0.01", "zeros");
    Integer slow = Descent.of(unbalanced, network, Descent.FAST).stepsTo(target, STEPS);
    Integer fast = Descent.of(unbalanced, weights, Descent.FAST).stepsTo(target, STEPS);
    measurements.add(
        Measurement.above(
            String.format(
                Locale.ROOT,
                "biases random, W = 0, unbalanced classes: steps to the loss %s (%d: not within them), against random W",
                Measurement.text(target),
                STEPS),
            slow == null ? STEPS : slow,
            fast == null ? STEPS : fast));
  }

  private void pair(ClaimData data, List<Measurement> measurements) {
    NetworkSpec network = ClaimData.network(1, data.hidden(), Activation.TANH, random, "zeros");
    int[] groups = new int[data.hidden()];
    for (int unit = 2; unit < groups.length; unit++) {
      groups[unit] = unit - 1;
    }
    UnitPattern pattern = new UnitPattern(network.shape(data.features()), List.of(groups));
    double[] start = pattern.imposedOn(data.start(network));
    double[] apart = {0};
    int[] fewest = {Integer.MAX_VALUE};
    new Descent(data, network, Descent.FAST, start)
        .watch(
            STEPS,
            1,
            units -> {
              apart[0] = Math.max(apart[0], pattern.spread(units.parameters()).absolute());
              fewest[0] = Math.min(fewest[0], units.fewestDistinct());
            });
    measurements.add(
        Measurement.equal(
            String.format(
                Locale.ROOT,
                "one identical pair among random units: largest difference within it in %d steps",
                STEPS),
            apart[0],
            0));
    measurements.add(
        Measurement.equal(
            "different units meanwhile, at the fewest", fewest[0], data.hidden() - 1));
  }

  private static double largestChange(double[] before, double[] after, int from, int to) {
    double largest = 0;
    for (int i = from; i < to; i++) {
      largest = Math.max(largest, Math.abs(after[i] - before[i]));
    }
    return largest;
  }
}

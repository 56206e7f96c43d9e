package org.symbreak.claims;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.symbreak.engine.TrainingSession;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.symmetry.EffectiveRank;
import org.symbreak.symmetry.LayerUnits;

/**
 * C13a. The bounds are equalities where the proof says so; a loss is held against the best of one
 * unit, which a layer of equal units cannot beat; rounding is allowed 1e-6 of a rank and 1e-12 of a
 * weight, far above its size and far below that of any step.
 *
 * @param random a start that breaks the symmetry
 * @param equal a start that does not
 */
record WhatMustBeRandom(String random, String equal) implements Claim {
  private static final int FEW = 10;
  private static final int DROPOUT_STEPS = 20;
  private static final int BATCH_STEPS = 500;
  private static final int BATCH = 32;
  private static final double ROUNDING = 1e-12;

  @Override
  public String id() {
    return "C13a";
  }

  @Override
  public String lecture() {
    return "W must be random; biases may be zero.";
  }

  @Override
  public String statement() {
    return "What is needed is a difference between units that reaches the gradient: random W1 has"
        + " it, and so have random W2 behind tanh, wide random biases, and dropout; random"
        + " W2 behind ReLU, one identical pair, and the order of batches have not.";
  }

  @Override
  public SeedResult check(ClaimData data) {
    List<Measurement> measurements = new ArrayList<>();
    onlyFirst(data, measurements);
    onlySecond(data, measurements);
    onlyBiases(data, measurements);
    pair(data, measurements);
    batches(data, measurements);
    dropout(data, measurements);
    return SeedResult.of(measurements).withTable(howFast(data));
  }

  /** Rounding, on Deeplearning4j's own engine, where this processor's kernels do it. */
  @Override
  public SeedResult aside(ClaimData data) {
    return data.yardsticks()
        .roundingBreak(data)
        .map(
            found ->
                SeedResult.of(List.of())
                    .withCounterCases(
                        List.of(
                            Measurement.above(
                                String.format(
                                    Locale.ROOT,
                                    "rounding, engine dl4j, float, %d equal units: largest"
                                        + " difference of a weight after %d steps",
                                    found.units(),
                                    found.steps()),
                                found.last().absolute(),
                                0))))
        .orElse(SeedResult.of(List.of()));
  }

  private NetworkSpec network(ClaimData data, Activation activation, String weights) {
    return ClaimData.network(1, data.hidden(), activation, weights, "zeros");
  }

  private void onlyFirst(ClaimData data, List<Measurement> measurements) {
    NetworkSpec network = network(data, Activation.TANH, random + "/zeros");
    Descent descent = Descent.of(data, network, Descent.FAST);
    HiddenUnits first = HiddenUnits.of(data, network, descent.after(1));
    measurements.add(
        Measurement.equal(
            "W1 random, W2 = 0: largest change of W1 by the first step",
            largestChange(descent.start(), first.parameters(), first.shape().biases(0)),
            0));
    measurements.add(
        Measurement.above(
            "W1 random, W2 = 0: largest entry of W2 after the first step",
            first.largestWeight(1),
            0));
    measurements.add(beatsOneUnit("W1 random, W2 = 0", data, descent));
  }

  private void onlySecond(ClaimData data, List<Measurement> measurements) {
    NetworkSpec tanh = network(data, Activation.TANH, "zeros/" + random);
    Descent descent = Descent.of(data, tanh, Descent.FAST);
    measurements.add(
        Measurement.below(
            "W1 = 0, W2 random, tanh: effective rank of W1 after the first step, less 1",
            Math.abs(rank(HiddenUnits.of(data, tanh, descent.after(1)).layer(0)) - 1),
            1e-6));
    measurements.add(beatsOneUnit("W1 = 0, W2 random, tanh", data, descent));
    NetworkSpec relu = network(data, Activation.RELU, "zeros/" + random);
    Descent stuck = Descent.of(data, relu, Descent.FAST);
    double[] end = stuck.after(FEW * FEW);
    measurements.add(
        Measurement.equal(
            "W1 = 0, W2 random, ReLU: largest change of any weight in " + FEW * FEW + " steps",
            largestChange(stuck.start(), end, end.length - 1),
            0));
  }

  private static double rank(LayerUnits units) {
    double[][] weights = new double[units.count()][];
    for (int unit = 0; unit < weights.length; unit++) {
      weights[unit] =
          Arrays.copyOfRange(units.weights(), unit * units.fanIn(), (unit + 1) * units.fanIn());
    }
    Double rank = EffectiveRank.of(weights);
    return rank == null ? Double.NaN : rank;
  }

  private void onlyBiases(ClaimData data, List<Measurement> measurements) {
    measurements.add(
        beatsOneUnit(
            "W = 0, biases uniform in ±1",
            data,
            Descent.of(data, withBiases(data, "uniform:1/zeros"), Descent.FAST)));
    int rarer = data.rowsOfTheRarerClass();
    ClaimData balanced = data.withClasses(rarer, rarer);
    NetworkSpec network = withBiases(balanced, "gaussian:0.01/zeros");
    HiddenUnits after =
        HiddenUnits.of(balanced, network, Descent.of(balanced, network, Descent.FAST).after(FEW));
    measurements.add(
        Measurement.below(
            "W = 0, biases × 0.01, classes balanced: largest weight after " + FEW + " steps",
            Math.max(after.largestWeight(0), after.largestWeight(1)),
            ROUNDING));
  }

  private static NetworkSpec withBiases(ClaimData data, String biases) {
    return ClaimData.network(1, data.hidden(), Activation.TANH, "zeros", biases);
  }

  private void pair(ClaimData data, List<Measurement> measurements) {
    NetworkSpec network = network(data, Activation.TANH, random);
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
            BATCH_STEPS,
            1,
            units -> {
              apart[0] = Math.max(apart[0], pattern.spread(units.parameters()).absolute());
              fewest[0] = Math.min(fewest[0], units.fewestDistinct());
            });
    measurements.add(
        Measurement.equal(
            "one identical pair among random units: largest difference within it in "
                + BATCH_STEPS
                + " steps",
            apart[0],
            0));
    measurements.add(
        Measurement.equal(
            "different units meanwhile, at the fewest", fewest[0], data.hidden() - 1));
  }

  private void batches(ClaimData data, List<Measurement> measurements) {
    NetworkSpec network = network(data, Activation.TANH, equal);
    try (TrainingSession session = data.begin(network, Descent.PLAIN, data.start(network), BATCH)) {
      session.advance(BATCH_STEPS);
      measurements.add(
          Measurement.equal(
              String.format(
                  Locale.ROOT,
                  "%s, batches of %d in random order: different units after %d steps",
                  equal,
                  BATCH,
                  BATCH_STEPS),
              HiddenUnits.of(data, network, session.parameters()).mostDistinct(),
              1));
    }
  }

  private void dropout(ClaimData data, List<Measurement> measurements) {
    NetworkSpec network = network(data, Activation.TANH, equal);
    double[] after = Dropout.after(data, network, data.start(network), 0.5, DROPOUT_STEPS);
    measurements.add(
        Measurement.equal(
            equal
                + ", dropout of half the units: different units after "
                + DROPOUT_STEPS
                + " steps",
            HiddenUnits.of(data, network, after).fewestDistinct(),
            data.hidden()));
  }

  private static Measurement beatsOneUnit(String what, ClaimData data, Descent descent) {
    return Measurement.below(
        String.format(
            Locale.ROOT,
            "%s: loss after %d steps, against the best of one unit",
            what,
            Yardsticks.STEPS),
        data.loss(descent.network(), descent.after(Yardsticks.STEPS)),
        data.bestOfOneUnit());
  }

  /** First arrivals at the target loss from each beginning, the same steps for all. */
  private ResultTable howFast(ClaimData data) {
    List<List<Object>> rows = new ArrayList<>();
    for (String start : List.of(random, random + "/zeros", "zeros/" + random)) {
      rows.add(arrival("weights " + start, data, network(data, Activation.TANH, start)));
    }
    for (String biases : List.of("uniform:1/zeros", "gaussian:0.01/zeros")) {
      rows.add(arrival("weights zeros, biases " + biases, data, withBiases(data, biases)));
    }
    rows.add(arrival("weights " + equal, data, network(data, Activation.TANH, equal)));
    return new ResultTable(List.of("start", "first step at the target loss"), rows);
  }

  private static List<Object> arrival(String what, ClaimData data, NetworkSpec network) {
    return Arrays.asList(
        what,
        Descent.of(data, ClaimData.inFloats(network), Descent.FAST)
            .stepsTo(data.target(), Yardsticks.STEPS));
  }

  private static double largestChange(double[] before, double[] after, int to) {
    double largest = 0;
    for (int i = 0; i < to; i++) {
      largest = Math.max(largest, Math.abs(after[i] - before[i]));
    }
    return largest;
  }
}

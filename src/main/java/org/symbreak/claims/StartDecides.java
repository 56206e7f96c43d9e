package org.symbreak.claims;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.symmetry.FlatZone;
import org.symbreak.symmetry.LayerProbe;
import org.symbreak.symmetry.LayerUnits;

/**
 * C5, C8, C9 and C10: where weights and biases begin decides whether the units of a hidden layer
 * part.
 *
 * @param parts whether they are said to; a claim that they do not is one that no chance enters
 * @param learns whether they are said to do together what one cannot
 * @param within absolute size of weights and biases at the start that is claimed; null for none
 * @param begins where they begin, one run each
 * @param without a beginning that lacks what the claim asks for; null for none
 */
record StartDecides(
    String id,
    String lecture,
    String statement,
    boolean parts,
    boolean learns,
    Double within,
    List<Begin> begins,
    Begin without)
    implements Claim {
  /** C5. */
  static final StartDecides CONSTANT =
      new StartDecides(
          "C5",
          "The equal start need not be zero: any constant has the same fate.",
          "From 0.5 everywhere, units of any activation move, and stay the same at every step.",
          false,
          false,
          null,
          Arrays.stream(Activation.values())
              .map(activation -> new Begin("constant:0.5", "zeros", activation))
              .toList(),
          null);

  /** C8. */
  static final StartDecides ZERO_BIASES =
      new StartDecides(
          "C8",
          "Biases may start at zero as long as W is random.",
          "With W random and all biases zero, all units differ from the start on.",
          true,
          false,
          null,
          List.of(new Begin("gaussian:0.01", "zeros", Activation.TANH)),
          new Begin("zeros", "zeros", Activation.TANH));

  /** C9. */
  static final StartDecides GAUSSIAN =
      new StartDecides(
          "C9",
          "W = randn × 0.01 breaks the symmetry.",
          "All units differ at every step, and together they do what one unit cannot. Their weights"
              + " may well grow alike on the way.",
          true,
          true,
          null,
          List.of(new Begin("gaussian:0.01", "zeros", Activation.TANH)),
          null);

  /** C10. */
  static final StartDecides UNIFORM =
      new StartDecides(
          "C10",
          "W uniform in plus or minus epsilon (rand × 2 epsilon − epsilon) breaks it too.",
          "So it does, with zero biases and with biases drawn likewise; no weight begins beyond"
              + " epsilon, which is not the epsilon of gradient checking.",
          true,
          true,
          0.12,
          List.of(
              new Begin("uniform:0.12", "zeros", Activation.TANH),
              new Begin("uniform:0.12", "uniform:0.12", Activation.TANH)),
          null);

  private static final int EVERY = 10;
  private static final int PLAIN_STEPS = 1000;

  /**
   * @param weights where the weights begin
   * @param biases where the biases begin
   */
  record Begin(String weights, String biases, Activation activation) {
    NetworkSpec network(ClaimData data) {
      return ClaimData.network(1, data.hidden(), activation, weights, biases);
    }

    @Override
    public String toString() {
      return weights + (biases.equals("zeros") ? "" : ", biases " + biases);
    }
  }

  @Override
  public boolean isDeterministic() {
    return !parts;
  }

  @Override
  public SeedResult check(ClaimData data) {
    return parts ? thatPart(data) : thatStayTogether(data);
  }

  private SeedResult thatPart(ClaimData data) {
    List<Measurement> measurements = new ArrayList<>();
    List<List<Object>> rows = new ArrayList<>();
    for (Begin begin : begins) {
      NetworkSpec network = begin.network(data);
      double[] start = data.start(network);
      int[] fewest = {Integer.MAX_VALUE};
      double[] end =
          new Descent(data, network, Descent.FAST, start)
              .watch(
                  Yardsticks.STEPS,
                  EVERY,
                  units -> fewest[0] = Math.min(fewest[0], units.fewestDistinct()));
      measurements.add(
          Measurement.equal(
              String.format(
                  Locale.ROOT,
                  "%s: different units at the fewest, from the start on every %d steps",
                  begin,
                  EVERY),
              fewest[0],
              data.hidden()));
      if (learns) {
        measurements.add(
            Measurement.below(
                String.format(
                    Locale.ROOT,
                    "%s: loss after %d steps, against the best of one unit",
                    begin,
                    Yardsticks.STEPS),
                data.loss(network, end),
                data.bestOfOneUnit()));
      }
      if (within != null) {
        measurements.add(
            Measurement.equal(
                begin + ": weights and biases beyond plus or minus " + within + " at the start",
                Arrays.stream(start).filter(weight -> !(Math.abs(weight) <= within)).count(),
                0));
      }
      rows.add(List.of(begin.toString(), cosine(data, network, start), cosine(data, network, end)));
    }
    SeedResult result =
        SeedResult.of(measurements)
            .withTable(
                new ResultTable(
                    List.of(
                        "start",
                        "mean absolute cosine of the weights at the start",
                        "and at the end"),
                    rows));
    return without == null
        ? result
        : result.withCounterCases(
            List.of(
                Measurement.equal(
                    without + ": different units at the most, at any step",
                    mostDistinct(data, without),
                    1)));
  }

  private SeedResult thatStayTogether(ClaimData data) {
    int most = 0;
    double moved = Double.POSITIVE_INFINITY;
    for (Begin begin : begins) {
      most = Math.max(most, mostDistinct(data, begin));
      NetworkSpec network = begin.network(data);
      double[] after = Descent.of(data, network, Descent.PLAIN).after(PLAIN_STEPS);
      moved = Math.min(moved, Math.abs(after[0] - data.start(network)[0]));
    }
    return SeedResult.of(
        List.of(
            Measurement.equal(
                String.format(
                    Locale.ROOT,
                    "%d steps of each activation: different units at the most, at any step",
                    PLAIN_STEPS),
                most,
                1),
            Measurement.above(
                "how far their first weight moved, of the activation where it moved least",
                moved,
                0)));
  }

  private static int mostDistinct(ClaimData data, Begin begin) {
    int[] most = {0};
    Descent.of(data, begin.network(data), Descent.PLAIN)
        .watch(PLAIN_STEPS, 1, units -> most[0] = Math.max(most[0], units.mostDistinct()));
    return most[0];
  }

  private static double cosine(ClaimData data, NetworkSpec network, double[] parameters) {
    LayerUnits units = HiddenUnits.of(data, network, parameters).layer(0);
    return LayerProbe.measure(1, units.weights(), units.biases(), null, FlatZone.NONE)
        .meanAbsCosine();
  }
}

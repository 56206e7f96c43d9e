package org.symbreak.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseNetwork;
import org.symbreak.network.NetworkSpec;
import org.symbreak.setting.OptimizerSpec;

/**
 * C4.
 *
 * @param start where the weights begin
 */
record RepeatedFeature(String start) implements Claim {
  private static final int STEPS = 200;
  private static final int[] WIDTHS = {2, 17, 1000};

  @Override
  public String id() {
    return "C4";
  }

  @Override
  public String lecture() {
    return "It holds for any size: the hidden layer is one feature, repeated, and the network is as"
        + " good as one with a single hidden unit, however wide.";
  }

  @Override
  public String statement() {
    return "So it is: at every width one distinct unit, rank one, and the predictions of the"
        + " one-unit network that it collapses to.";
  }

  @Override
  public boolean isDeterministic() {
    return true;
  }

  @Override
  public SeedResult check(ClaimData data) {
    int distinct = 0;
    double rank = 0;
    double difference = 0;
    int singleUnits = 0;
    List<List<Object>> rows = new ArrayList<>();
    for (int depth = 1; depth <= 2; depth++) {
      for (int width : depth == 1 ? WIDTHS : new int[] {data.hidden()}) {
        NetworkSpec network = ClaimData.network(depth, width, Activation.SIGMOID, start, "zeros");
        double[] trained = Descent.of(data, network, rate(width)).after(STEPS);
        HiddenUnits units = HiddenUnits.of(data, network, trained);
        Collapse collapse = Collapse.of(units.shape(), trained);
        double apart = difference(data, network, trained, collapse);
        distinct = Math.max(distinct, units.mostDistinct());
        rank = Math.max(rank, units.effectiveRank(depth - 1, data.x()));
        difference = Math.max(difference, apart);
        singleUnits =
            Math.max(
                singleUnits,
                collapse.shape().sizes().stream()
                    .skip(1)
                    .mapToInt(size -> size)
                    .max()
                    .orElseThrow());
        rows.add(
            List.of(
                units.shape().sizes().toString(),
                collapse.shape().sizes().toString(),
                units.mostDistinct(),
                units.effectiveRank(depth - 1, data.x()),
                apart));
      }
    }
    return SeedResult.of(
            List.of(
                Measurement.equal(
                    String.format(
                        Locale.ROOT, "different hidden units after %d steps at any width", STEPS),
                    distinct,
                    1),
                Measurement.below(
                    "effective rank of the hidden activations, less 1", Math.abs(rank - 1), 1e-6),
                Measurement.equal(
                    "widest layer of the network that it collapses to", singleUnits, 1),
                Measurement.below(
                    "largest difference between the predictions of the two, on any row",
                    difference,
                    1e-12)))
        .withTable(
            new ResultTable(
                List.of(
                    "network",
                    "collapses to",
                    "distinct units",
                    "effective rank",
                    "largest difference"),
                rows));
  }

  /**
   * The output sums the hidden units up, so that the steps of wider networks have to be smaller.
   */
  private static OptimizerSpec rate(int width) {
    return new OptimizerSpec(OptimizerSpec.Kind.SGD, 1.0 / width, 0, OptimizerSpec.Decay.NONE);
  }

  private static double difference(
      ClaimData data, NetworkSpec network, double[] parameters, Collapse collapse) {
    DenseNetwork wide =
        new DenseNetwork(network.shape(data.features()), network.activations(), parameters);
    DenseNetwork narrow =
        new DenseNetwork(collapse.shape(), network.activations(), collapse.parameters());
    double largest = 0;
    for (double[] x : data.x()) {
      largest = Math.max(largest, Math.abs(wide.probability(x) - narrow.probability(x)));
    }
    return largest;
  }
}

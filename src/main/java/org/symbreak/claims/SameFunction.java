package org.symbreak.claims;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseNetwork;
import org.symbreak.network.NetworkSpec;
import org.symbreak.random.Streams;

/**
 * C1.
 *
 * @param start where the weights begin
 */
record SameFunction(String start) implements Claim {
  private static final int RANDOM_INPUTS = 1000;

  @Override
  public String id() {
    return "C1";
  }

  @Override
  public String lecture() {
    return "With W1 = 0, W2 = 0 and b = 0, both hidden units compute the same function: a1 = a2 for"
        + " every example.";
  }

  @Override
  public String statement() {
    return "So they do, bit for bit, on the rows and on random inputs, behind every activation.";
  }

  @Override
  public boolean isDeterministic() {
    return true;
  }

  @Override
  public SeedResult check(ClaimData data) {
    RandomGenerator random = Streams.of(data.seed(), 1);
    int different = 0;
    int inputs = 0;
    for (Activation activation : Activation.values()) {
      NetworkSpec network = ClaimData.network(1, 2, activation, start, "zeros");
      DenseNetwork dense =
          new DenseNetwork(
              network.shape(data.features()), network.activations(), data.start(network));
      for (int i = 0; i < data.x().length + RANDOM_INPUTS; i++) {
        double[] x =
            i < data.x().length ? data.x()[i] : random.doubles(data.features(), -10, 10).toArray();
        double[] a = dense.activations(0, x);
        inputs++;
        different += Double.doubleToLongBits(a[0]) == Double.doubleToLongBits(a[1]) ? 0 : 1;
      }
    }
    String what =
        String.format(
            Locale.ROOT,
            "inputs out of %d (rows of the data and random ones, each activation) on which a1 and"
                + " a2 differ in any bit",
            inputs);
    return SeedResult.of(List.of(Measurement.equal(what, different, 0)));
  }
}

package org.symbreak.engine.fused;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.symbreak.data.EncodedRows;
import org.symbreak.init.LayerInits;
import org.symbreak.init.Zeros;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.random.Streams;

/**
 * A network that is trained for a while with everything that there is; prints its parameters' bits
 * when run as a program.
 */
record Exercise(
    Activation activation, Precision precision, int rows, List<Integer> hidden, int threads) {
  private static final int FEATURES = 5;

  /** Features and labels that depend on the row alone. */
  private record Drawn(int rows, double[] values) implements EncodedRows {
    static Drawn of(int rows) {
      return new Drawn(rows, Streams.of(3, 1).doubles((long) rows * FEATURES, -2, 2).toArray());
    }

    @Override
    public int features() {
      return FEATURES;
    }

    @Override
    public void features(int row, double[] into, int offset) {
      System.arraycopy(values, row * FEATURES, into, offset, FEATURES);
    }

    @Override
    public int label(int row) {
      return values[row * FEATURES] > 0.3 * values[row * FEATURES + 1] ? 1 : 0;
    }

    @Override
    public long line(int row) {
      return row + 2L;
    }
  }

  NetworkSpec network() {
    LayerInits zeros = LayerInits.of(new Zeros());
    return new NetworkSpec(
        hidden, hidden.isEmpty() ? List.of() : List.of(activation), zeros, zeros, 0.01, precision);
  }

  /** Parameters and losses after steps of every optimizer, of the full batch and of batches. */
  double[] train(VectorUse vectors) {
    return train(vectors, false);
  }

  /**
   * @param switched whether it goes on with vectors after half of the steps
   */
  double[] train(VectorUse vectors, boolean switched) {
    try (FusedNetwork<?> network =
        FusedNetwork.of(network(), Drawn.of(rows), 0.8, 1.7, threads, vectors)) {
      double[] start = start();
      network.useState(2);
      network.setParameters(start);
      int[] batch = new int[rows / 3];
      double losses = 0;
      for (int i = 0; i < batch.length; i++) {
        batch[i] = (i * 7 + 2) % rows;
      }
      for (int step = 1; step <= 4; step++) {
        losses += network.gradient(null, rows, true);
        network.sgd(0.1);
        if (switched && step == 3) {
          network.useVectors();
        }
        losses += network.gradient(batch, batch.length, true);
        network.nesterov(0.05, 0.9);
        network.gradient(batch, batch.length - 1, false);
        network.adam(0.01, 0.9, 0.999, 1e-8, step);
      }
      double[] gradient = new double[start.length];
      losses += network.objective(start, gradient);
      Drawn other = Drawn.of(rows + 9);
      return concat(
          network.parameters(),
          network.state(),
          gradient,
          network.probabilities(other),
          network.gradientNorms(),
          new double[] {losses, network.loss(other)});
    }
  }

  private double[] start() {
    RandomGenerator random = Streams.of(4, 1);
    double[] start = new double[network().shape(FEATURES).parameters()];
    for (int i = 0; i < start.length; i++) {
      start[i] = 0.4 * random.nextGaussian();
    }
    return start;
  }

  private static double[] concat(double[]... parts) {
    return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
  }

  static List<Exercise> all(int threads) {
    return Arrays.stream(Precision.values())
        .flatMap(
            precision ->
                Arrays.stream(Activation.values())
                    .map(
                        activation ->
                            new Exercise(activation, precision, 70, List.of(19, 7), threads)))
        .toList();
  }

  /** Bits of all exercises' results. */
  public static void main(String[] none) {
    for (Exercise exercise : all(1)) {
      System.out.println(
          exercise
              + " "
              + Arrays.hashCode(
                  exercise.train(VectorApi.isUsed() ? VectorUse.AT_ONCE : VectorUse.NEVER)));
    }
  }
}

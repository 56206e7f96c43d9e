package org.symbreak.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.symbreak.data.EncodedRows;
import org.symbreak.init.LayerInits;
import org.symbreak.init.Zeros;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.random.Streams;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.OptimizerSpec;

/** Random rows, labels and parameters for the engines to train on. */
public record RandomProblem(
    List<Integer> sizes,
    List<Activation> activations,
    OptimizerSpec optimizer,
    Precision precision,
    int rows,
    int batchSize,
    double l2,
    double weightOfZero,
    double weightOfOne,
    int threads,
    long seed) {
  /** Sizes are inputs, then hidden layers. */
  public static RandomProblem of(int rows, Activation activation, int... sizes) {
    List<Integer> list = new ArrayList<>();
    for (int size : sizes) {
      list.add(size);
    }
    return new RandomProblem(
        list,
        List.of(activation),
        sgd(0.1),
        Precision.DOUBLE,
        rows,
        BudgetSpec.FULL_BATCH,
        0,
        1,
        1,
        1,
        7);
  }

  static OptimizerSpec sgd(double rate) {
    return new OptimizerSpec(OptimizerSpec.Kind.SGD, rate, 0, OptimizerSpec.Decay.NONE);
  }

  RandomProblem with(OptimizerSpec other) {
    return new RandomProblem(
        sizes,
        activations,
        other,
        precision,
        rows,
        batchSize,
        l2,
        weightOfZero,
        weightOfOne,
        threads,
        seed);
  }

  RandomProblem with(Precision other) {
    return new RandomProblem(
        sizes,
        activations,
        optimizer,
        other,
        rows,
        batchSize,
        l2,
        weightOfZero,
        weightOfOne,
        threads,
        seed);
  }

  public RandomProblem batches(int size) {
    return new RandomProblem(
        sizes,
        activations,
        optimizer,
        precision,
        rows,
        size,
        l2,
        weightOfZero,
        weightOfOne,
        threads,
        seed);
  }

  public RandomProblem l2(double lambda) {
    return new RandomProblem(
        sizes,
        activations,
        optimizer,
        precision,
        rows,
        batchSize,
        lambda,
        weightOfZero,
        weightOfOne,
        threads,
        seed);
  }

  public RandomProblem weights(double zero, double one) {
    return new RandomProblem(
        sizes, activations, optimizer, precision, rows, batchSize, l2, zero, one, threads, seed);
  }

  RandomProblem threads(int count) {
    return new RandomProblem(
        sizes,
        activations,
        optimizer,
        precision,
        rows,
        batchSize,
        l2,
        weightOfZero,
        weightOfOne,
        count,
        seed);
  }

  RandomProblem seed(long other) {
    return new RandomProblem(
        sizes,
        activations,
        optimizer,
        precision,
        rows,
        batchSize,
        l2,
        weightOfZero,
        weightOfOne,
        threads,
        other);
  }

  public NetworkSpec network() {
    LayerInits zeros = LayerInits.of(new Zeros());
    return new NetworkSpec(
        sizes.subList(1, sizes.size()), activations, zeros, zeros, l2, precision);
  }

  public TrainingProblem problem() {
    return new TrainingProblem(
        network(), optimizer, data(), weightOfZero, weightOfOne, batchSize, seed, threads);
  }

  /** Normal features; a label that depends on them. */
  public TestRows data() {
    RandomGenerator random = Streams.of(seed, 1);
    double[][] features = new double[rows][sizes.get(0)];
    int[] labels = new int[rows];
    for (int i = 0; i < rows; i++) {
      double sum = 0;
      for (int j = 0; j < features[i].length; j++) {
        features[i][j] = (float) random.nextGaussian();
        sum += features[i][j];
      }
      labels[i] = sum + random.nextGaussian() > 0 ? 1 : 0;
    }
    return new TestRows(features, labels);
  }

  /**
   * Normal with a standard deviation of 0.5, but a little less for wide layers; exact as floats.
   */
  public double[] parameters() {
    RandomGenerator random = Streams.of(seed, 2);
    var shape = network().shape(sizes.get(0));
    double[] parameters = new double[shape.parameters()];
    for (int layer = 0; layer < shape.layers(); layer++) {
      double scale = Math.min(0.5, 1.5 / Math.sqrt(shape.inputs(layer)));
      int end = layer + 1 < shape.layers() ? shape.weights(layer + 1) : parameters.length;
      for (int i = shape.weights(layer); i < end; i++) {
        parameters[i] = (float) (scale * random.nextGaussian());
      }
    }
    return parameters;
  }

  /** Rows in arrays. */
  public record TestRows(double[][] values, int[] labels) implements EncodedRows {
    @Override
    public int rows() {
      return labels.length;
    }

    @Override
    public int features() {
      return values[0].length;
    }

    @Override
    public void features(int row, double[] into, int offset) {
      System.arraycopy(values[row], 0, into, offset, values[row].length);
    }

    @Override
    public int label(int row) {
      return labels[row];
    }

    @Override
    public long line(int row) {
      return row + 2L;
    }
  }
}

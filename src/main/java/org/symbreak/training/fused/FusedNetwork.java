package org.symbreak.training.fused;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.symbreak.data.EncodedRows;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;

/**
 * A dense network with one sigmoid output: its parameters, the gradient of its loss and the steps
 * along it. Rows pass through in blocks that stay in the cache; blocks make up chunks, each with a
 * gradient of its own, which are added up in their order whoever computed them. Flat vectors that
 * come in or go out are in Deeplearning4j's order. Not thread safe; to be closed.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
public final class FusedNetwork<A> implements AutoCloseable {
  private static final int EVALUATION_ROWS = 1024;

  private final Layout layout;
  private final double l2;
  private final Supplier<Kernels<A>> vectorKernels;
  private final int inputStride;
  private final Rows<A> training;
  private final Map<EncodedRows, Rows<A>> others = new IdentityHashMap<>();
  private final Workers workers;
  private final List<Block<A>> blocks = new ArrayList<>();
  private final List<A> gradients = new ArrayList<>();
  private final List<A> state = new ArrayList<>();
  private final A transposed;
  private final int[] transposedAt;
  private final Workers.Task gradientTask = this::chunkGradient;

  private Kernels<A> kernels;
  private WarmUp warmUp;
  private A parameters;
  private A elsewhere;
  private Chunks chunks = new Chunks(1, 1);
  private int[] order;
  private boolean withLoss;
  private double[] chunkLosses = new double[1];

  private FusedNetwork(
      Supplier<Kernels<A>> plainKernels,
      Supplier<Kernels<A>> vectorKernels,
      VectorUse vectors,
      NetworkSpec network,
      EncodedRows rows,
      double weightOfZero,
      double weightOfOne,
      int threads) {
    this.vectorKernels = vectorKernels;
    DenseShape shape = network.shape(rows.features());
    layout = new Layout(shape);
    l2 = network.l2();
    kernels = plainKernels.get();
    inputStride = shape.hiddenLayers() == 0 ? Kernels.padded(shape.inputs(0)) : shape.inputs(0);
    training = new Rows<>(kernels, rows, inputStride);
    parameters = kernels.array(layout.length());
    gradients.add(kernels.array(layout.length()));
    transposedAt = new int[shape.layers()];
    int transposedLength = 0;
    for (int layer = 1; layer < layout.output(); layer++) {
      transposedAt[layer] = transposedLength;
      transposedLength += shape.units(layer) * layout.stride(layer - 1);
    }
    transposed = kernels.array(transposedLength);
    List<Activation> activations = new ArrayList<>();
    for (int layer = 0; layer < shape.hiddenLayers(); layer++) {
      activations.add(network.activation(layer));
    }
    workers = new Workers(threads);
    for (int worker = 0; worker < threads; worker++) {
      blocks.add(
          new Block<>(
              plainKernels.get(), layout, activations, inputStride, weightOfZero, weightOfOne));
    }
    if (vectors == VectorUse.AT_ONCE) {
      useVectors();
    } else if (vectors == VectorUse.ONCE_WARM) {
      warmUp =
          WarmUp.of(
              network.precision(),
              activations.isEmpty() ? Activation.IDENTITY : activations.get(0));
    }
  }

  private void useVectors() {
    kernels = vectorKernels.get();
    for (Block<A> block : blocks) {
      block.use(vectorKernels.get());
    }
    warmUp = null;
  }

  /**
   * A network of zeros.
   *
   * @param rows to train on
   * @param weightOfZero of the loss of rows of class 0
   * @param weightOfOne of the loss of rows of class 1
   * @param threads at the most, from 1
   */
  public static FusedNetwork<?> of(
      NetworkSpec network, EncodedRows rows, double weightOfZero, double weightOfOne, int threads) {
    long products = (long) rows.rows() * network.shape(rows.features()).parameters();
    return of(network, rows, weightOfZero, weightOfOne, threads, VectorUse.of(products));
  }

  static FusedNetwork<?> of(
      NetworkSpec network,
      EncodedRows rows,
      double weightOfZero,
      double weightOfOne,
      int threads,
      VectorUse vectors) {
    // method references would load the vector kernels, which needs the Vector API, where none is
    // used
    return network.precision() == Precision.FLOAT
        ? new FusedNetwork<>(
            PlainFloatKernels::new,
            () -> new VectorFloatKernels(),
            vectors,
            network,
            rows,
            weightOfZero,
            weightOfOne,
            threads)
        : new FusedNetwork<>(
            PlainDoubleKernels::new,
            () -> new VectorDoubleKernels(),
            vectors,
            network,
            rows,
            weightOfZero,
            weightOfOne,
            threads);
  }

  /**
   * Whether this processor has the fused multiply-add that everything here is made of; without it
   * the results are the same, but late.
   */
  public static boolean isFast() {
    return MultiplyAdd.isInstruction();
  }

  /** What computes, in words. */
  public static String arithmetic() {
    return VectorApi.arithmetic();
  }

  public double[] parameters() {
    double[] flat = new double[layout.shape().parameters()];
    layout.write(kernels, parameters, flat, 0);
    return flat;
  }

  public void setParameters(double[] flat) {
    requireLength("parameters", layout.shape().parameters(), flat.length);
    layout.read(kernels, flat, 0, parameters);
  }

  /** The updater's state: one vector after the other, each as long as the parameters. */
  public double[] state() {
    int length = layout.shape().parameters();
    double[] flat = new double[state.size() * length];
    for (int i = 0; i < state.size(); i++) {
      layout.write(kernels, state.get(i), flat, i * length);
    }
    return flat;
  }

  public void setState(double[] flat) {
    int length = layout.shape().parameters();
    requireLength("updater state", state.size() * length, flat.length);
    for (int i = 0; i < state.size(); i++) {
      layout.read(kernels, flat, i * length, state.get(i));
    }
  }

  /** Makes room for this many vectors of updater state, all zero. */
  public void useState(int vectors) {
    state.clear();
    for (int i = 0; i < vectors; i++) {
      state.add(kernels.array(layout.length()));
    }
  }

  private static void requireLength(String what, int expected, int found) {
    if (found != expected) {
      throw new IllegalArgumentException(
          what + ": expected " + expected + " numbers, found " + found);
    }
  }

  /**
   * The gradient of the mean loss of some training rows, penalty included, from which the next step
   * is taken.
   *
   * @param rows their numbers, or null for all rows in their order
   * @param count how many of {@code rows} count
   * @param loss whether the loss is wanted
   * @return the mean loss, weighted, penalty included; NaN where it was not wanted
   */
  public double gradient(int[] rows, int count, boolean loss) {
    if (chunks.rows() != count) {
      divide(count);
    }
    if (warmUp != null && warmUp.isReady((long) count * layout.length())) {
      useVectors();
    }
    order = rows;
    withLoss = loss;
    transpose();
    workers.run(gradientTask, chunks.count());
    addChunks();
    return loss ? sum(chunkLosses, chunks.count()) / count + penalty() : Double.NaN;
  }

  private void divide(int rows) {
    chunks = Chunks.of(rows, layout.length());
    while (gradients.size() < chunks.count()) {
      gradients.add(kernels.array(layout.length()));
    }
    if (chunkLosses.length < chunks.count()) {
      chunkLosses = new double[chunks.count()];
    }
  }

  private void transpose() {
    DenseShape shape = layout.shape();
    for (int layer = 1; layer < layout.output(); layer++) {
      kernels.transpose(
          shape.inputs(layer),
          shape.units(layer),
          parameters,
          layout.weights(layer),
          layout.stride(layer),
          transposed,
          transposedAt[layer],
          layout.stride(layer - 1));
    }
  }

  private void chunkGradient(int chunk, int worker) {
    Block<A> block = blocks.get(worker);
    A sum = gradients.get(chunk);
    kernels.fill(sum, 0, layout.length(), 0);
    double losses = 0;
    int to = chunks.to(chunk);
    for (int from = chunks.from(chunk); from < to; from += Block.ROWS) {
      block.take(training, order, from, Math.min(Block.ROWS, to - from));
      block.forward(parameters);
      block.backward(parameters, transposed, transposedAt, sum);
      if (withLoss) {
        losses += block.losses();
      }
    }
    chunkLosses[chunk] = losses;
  }

  private void addChunks() {
    A sum = gradients.get(0);
    for (int chunk = 1; chunk < chunks.count(); chunk++) {
      kernels.add(gradients.get(chunk), sum, 0, layout.length());
    }
    int output = layout.output();
    kernels.fill(
        sum, layout.weights(output) + layout.shape().inputs(output), layout.weightsEnd(output), 0);
    kernels.divide(sum, chunks.rows(), 0, layout.length());
    if (l2 > 0) {
      for (int layer = 0; layer <= output; layer++) {
        kernels.addPenalty(l2, parameters, sum, layout.weights(layer), layout.weightsEnd(layer));
      }
    }
  }

  private double penalty() {
    double squares = 0;
    if (l2 > 0) {
      for (int layer = 0; layer <= layout.output(); layer++) {
        squares +=
            kernels.sumOfSquares(parameters, layout.weights(layer), layout.weightsEnd(layer));
      }
    }
    return 0.5 * l2 * squares;
  }

  private static double sum(double[] terms, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += terms[i];
    }
    return sum;
  }

  /**
   * The full batch's loss and gradient at other parameters; the present ones stay.
   *
   * @param at flat vector
   * @param flatGradient receives the gradient
   * @return the loss
   */
  public double objective(double[] at, double[] flatGradient) {
    requireLength("parameters", layout.shape().parameters(), at.length);
    A present = parameters;
    if (elsewhere == null) {
      elsewhere = kernels.array(layout.length());
    }
    parameters = elsewhere;
    try {
      layout.read(kernels, at, 0, parameters);
      double loss = gradient(null, training.count(), true);
      layout.write(kernels, gradients.get(0), flatGradient, 0);
      return loss;
    } finally {
      parameters = present;
    }
  }

  /** Euclidean norm of the last gradient, a layer each. */
  public double[] gradientNorms() {
    double[] norms = new double[layout.shape().layers()];
    for (int layer = 0; layer < norms.length; layer++) {
      norms[layer] =
          Math.sqrt(
              kernels.sumOfSquares(gradients.get(0), layout.weights(layer), layout.end(layer)));
    }
    return norms;
  }

  /** Step of gradient descent along the last gradient. */
  public void sgd(double rate) {
    kernels.sgd(rate, gradients.get(0), parameters, 0, layout.length());
  }

  /** Step of Nesterov's momentum; one vector of state. */
  public void nesterov(double rate, double momentum) {
    kernels.nesterov(
        rate, momentum, gradients.get(0), state.get(0), parameters, 0, layout.length());
  }

  /**
   * Step of Adam; two vectors of state.
   *
   * @param t number of the step, from 1
   */
  public void adam(double rate, double beta1, double beta2, double epsilon, long t) {
    kernels.adam(
        rate,
        beta1,
        beta2,
        epsilon,
        t,
        gradients.get(0),
        state.get(0),
        state.get(1),
        parameters,
        0,
        layout.length());
  }

  /** Mean cross-entropy of other rows: not weighted, no penalty. */
  public double loss(EncodedRows rows) {
    Rows<A> evaluated = rows(rows);
    Chunks parts = new Chunks(evaluated.count(), EVALUATION_ROWS);
    double[] losses = new double[parts.count()];
    workers.run(
        (chunk, worker) -> {
          Block<A> block = blocks.get(worker);
          for (int from = parts.from(chunk); from < parts.to(chunk); from += Block.ROWS) {
            forward(block, evaluated, from, parts.to(chunk));
            losses[chunk] += block.plainLosses();
          }
        },
        parts.count());
    return sum(losses, losses.length) / evaluated.count();
  }

  /** Probability of class 1 for each row. */
  public double[] probabilities(EncodedRows rows) {
    Rows<A> evaluated = rows(rows);
    Chunks parts = new Chunks(evaluated.count(), EVALUATION_ROWS);
    double[] probabilities = new double[evaluated.count()];
    workers.run(
        (chunk, worker) -> {
          Block<A> block = blocks.get(worker);
          for (int from = parts.from(chunk); from < parts.to(chunk); from += Block.ROWS) {
            forward(block, evaluated, from, parts.to(chunk));
            block.probabilities(probabilities, from);
          }
        },
        parts.count());
    return probabilities;
  }

  private void forward(Block<A> block, Rows<A> source, int from, int to) {
    block.take(source, null, from, Math.min(Block.ROWS, to - from));
    block.forward(parameters);
  }

  private Rows<A> rows(EncodedRows rows) {
    return others.computeIfAbsent(rows, other -> new Rows<>(kernels, other, inputStride));
  }

  @Override
  public void close() {
    workers.close();
  }
}

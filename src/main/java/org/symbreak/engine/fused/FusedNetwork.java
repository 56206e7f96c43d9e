package org.symbreak.engine.fused;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.symbreak.data.EncodedRows;
import org.symbreak.network.NetworkSpec;

/**
 * A dense network with one sigmoid output: its parameters, the gradient of its loss and the steps
 * along it. Rows pass through in blocks that stay in the cache; blocks make up chunks, each with a
 * gradient of its own, which are added up in their order whoever computed them. Flat vectors that
 * come in or go out are in Deeplearning4j's order. Not thread safe; to be closed.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
public final class FusedNetwork<A> implements AutoCloseable {
  private final Arithmetic<A> arithmetic;
  private final Layout layout;
  private final Map<EncodedRows, Rows<A>> copies = new IdentityHashMap<>();
  private final int trainingRows;
  private final ChunkSums<A> sums;
  private final Gradient<A> gradient;
  private final List<A> state = new ArrayList<>();
  private final A parameters;
  private final A elsewhere;

  private FusedNetwork(
      Arithmetic<A> arithmetic, HeldNetwork network, EncodedRows rows, ChunkHolders holders) {
    this.arithmetic = arithmetic;
    this.layout = arithmetic.layout();
    trainingRows = rows.rows();
    if (holders == null) {
      Rows<A> training = new Rows<>(arithmetic.kernels(), rows, Rows.TRAINING_BYTES);
      copies.put(rows, training);
      sums = new OwnSums<>(arithmetic, training, this::copy);
    } else {
      ChunkSums<A> near = new OwnSums<>(arithmetic, null, this::copy);
      sums = new HeldSums<>(arithmetic, holders, network, rows, near);
    }
    gradient = new Gradient<>(arithmetic, network.network().l2(), sums);
    parameters = arithmetic.parameters();
    elsewhere = arithmetic.parameters();
  }

  /** Goes on with vectors. */
  void useVectors() {
    arithmetic.useVectors();
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
    HeldNetwork held = new HeldNetwork(network, rows.oneHot(), weightOfZero, weightOfOne);
    return of(held, rows, threads, vectors, null);
  }

  /**
   * @param holders who compute the chunks; null for this process
   */
  static FusedNetwork<?> of(
      HeldNetwork network, EncodedRows rows, int threads, VectorUse vectors, ChunkHolders holders) {
    return new FusedNetwork<>(Arithmetic.of(network, threads, vectors), network, rows, holders);
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
    layout.write(arithmetic.kernels(), parameters, flat, 0);
    return flat;
  }

  public void setParameters(double[] flat) {
    requireLength("parameters", layout.shape().parameters(), flat.length);
    layout.read(arithmetic.kernels(), flat, 0, parameters);
  }

  /** The updater's state: one vector after the other, each as long as the parameters. */
  public double[] state() {
    int length = layout.shape().parameters();
    double[] flat = new double[state.size() * length];
    for (int i = 0; i < state.size(); i++) {
      layout.write(arithmetic.kernels(), state.get(i), flat, i * length);
    }
    return flat;
  }

  public void setState(double[] flat) {
    int length = layout.shape().parameters();
    requireLength("updater state", state.size() * length, flat.length);
    for (int i = 0; i < state.size(); i++) {
      layout.read(arithmetic.kernels(), flat, i * length, state.get(i));
    }
  }

  /** Makes room for this many vectors of updater state, all zero. */
  public void useState(int vectors) {
    state.clear();
    for (int i = 0; i < vectors; i++) {
      state.add(arithmetic.parameters());
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
    return compute(parameters, rows, count, loss);
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
    layout.read(arithmetic.kernels(), at, 0, elsewhere);
    double loss = compute(elsewhere, null, trainingRows, true);
    layout.write(arithmetic.kernels(), gradient.last(), flatGradient, 0);
    return loss;
  }

  /**
   * @param rows whose gradients are still to be computed, each time counted, at the most
   */
  void expect(long rows) {
    arithmetic.expect(rows);
  }

  private double compute(A at, int[] rows, int count, boolean loss) {
    arithmetic.await(count);
    return gradient.compute(at, rows, count, loss);
  }

  /** Euclidean norm of the last gradient, a layer each. */
  public double[] gradientNorms() {
    return gradient.norms();
  }

  /** Step of gradient descent along the last gradient. */
  public void sgd(double rate) {
    arithmetic.kernels().sgd(rate, gradient.last(), parameters, 0, layout.length());
  }

  /** Step of Nesterov's momentum; one vector of state. */
  public void nesterov(double rate, double momentum) {
    arithmetic
        .kernels()
        .nesterov(rate, momentum, gradient.last(), state.get(0), parameters, 0, layout.length());
  }

  /**
   * Step of Adam; two vectors of state.
   *
   * @param t number of the step, from 1
   */
  public void adam(double rate, double beta1, double beta2, double epsilon, long t) {
    arithmetic
        .kernels()
        .adam(
            rate,
            beta1,
            beta2,
            epsilon,
            t,
            gradient.last(),
            state.get(0),
            state.get(1),
            parameters,
            0,
            layout.length());
  }

  /** Mean cross-entropy of rows, with the classes weighted as in training, without the penalty. */
  public double loss(EncodedRows rows) {
    return sums.loss(parameters, rows);
  }

  /** Probability of class 1 for each row. */
  public double[] probabilities(EncodedRows rows) {
    return new ForwardPass<>(arithmetic.team(), parameters, copy(rows)).probabilities();
  }

  private Rows<A> copy(EncodedRows rows) {
    return copies.computeIfAbsent(
        rows, source -> new Rows<>(arithmetic.kernels(), source, Rows.OTHER_BYTES));
  }

  @Override
  public void close() {
    arithmetic.close();
  }
}

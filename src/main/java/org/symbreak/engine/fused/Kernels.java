package org.symbreak.engine.fused;

import java.nio.ByteBuffer;
import org.symbreak.network.Activation;

/**
 * What is done to arrays of numbers while training. Every implementation computes each element by
 * the same operations in the same order, so all give the same bits: sums run from the first index
 * to the last with a fused multiply-add a term, but for {@link #outputs}, which adds up {@link
 * #LANES} interleaved partial sums and then those pairwise.
 *
 * <p>Matrices have one of two forms, in both of which the step from one term of a product's sum to
 * the next is a constant that the compiler knows:
 *
 * <ul>
 *   <li>A <em>block</em> has a row for each of up to {@link #ROWS} examples, {@link #DISTANCE}
 *       apart, in spans of {@link #SPAN} columns one after the other. Column j of row m stands at
 *       {@link #column}(j) + m · DISTANCE.
 *   <li><em>Panels</em> hold weights: {@link #LANES} columns side by side, row after row, then a
 *       row of what sums start from; panel after panel. See {@link Panels}.
 * </ul>
 *
 * <p>Both may be overwritten beyond the last row up to the next multiple of {@link #TILE_ROWS} and
 * beyond the last column up to the next multiple of LANES. Not thread safe: one for each thread.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
interface Kernels<A> {
  /** Columns of a panel, and number of interleaved partial sums of {@link #outputs}. */
  int LANES = 16;

  /** Rows of a block at the most. */
  int ROWS = 64;

  /** Columns of a span of a block. */
  int SPAN = 256;

  /**
   * Elements from one row of a block to the next: more than a span, as a power of two would put all
   * rows into a few sets of the first-level cache.
   */
  int DISTANCE = SPAN + LANES;

  /** Rows of a product that are computed at the same time. */
  int TILE_ROWS = 4;

  /** The next multiple of {@link #LANES}. */
  static int padded(int length) {
    return (length + LANES - 1) / LANES * LANES;
  }

  /** Where a block's column begins. */
  static int column(int j) {
    return j / SPAN * (ROWS * DISTANCE) + j % SPAN;
  }

  /** Elements of a block. */
  static int blockLength(int columns) {
    return (columns + SPAN - 1) / SPAN * (ROWS * DISTANCE);
  }

  /** Bytes of an element. */
  int bytes();

  /** An array of zeros. */
  A array(int length);

  double get(A array, int i);

  /** Rounds to the array's type. */
  void set(A array, int i, double value);

  void fill(A array, int from, int to, double value);

  /** Appends all elements to a buffer. */
  void write(A from, ByteBuffer to);

  /** Reads as many elements as the array has. */
  void read(ByteBuffer from, A to);

  void copy(A from, int fromAt, A to, int toAt, int length);

  /**
   * Reads an element of each line of the cache, so that the whole is on its way from memory while
   * the next is asked for.
   *
   * @param length from 1
   * @return what must be kept somewhere, as the compiler leaves out what nobody asks for
   */
  double touch(A array, int from, int length);

  /** Makes panels of the transposed matrix; their sums' start stays as it is. */
  void transpose(A from, Panels source, A to, Panels target);

  /**
   * Product of a block and a matrix in panels: c[m, j] = start[j] + Σ_k a[m, column + k] b[k, j].
   *
   * @param a block of rows × b's rows
   * @param column of a; only in a block of one span other than 0
   * @param c receives the product, a block
   */
  void multiply(int rows, A a, int column, A b, Panels panels, A c);

  /**
   * Product of a transposed block and another one, added to a matrix in panels: c[k, j] += Σ_m a[m,
   * column + k] b[m, j].
   *
   * @param rows of a and b
   * @param column of a; only in a block of one span other than 0
   */
  void addProduct(int rows, A a, int column, A b, A c, Panels panels);

  /** Lets a product's sums begin: c[m, j] = start[j]. */
  void begin(int rows, A b, Panels panels, A c);

  /**
   * Goes on with the sums of a product: c[m, j] += Σ_k a[m, column + k] b[row + k, j].
   *
   * @param inner how many k there are; their columns lie in one span
   * @param column of a
   * @param row of b
   */
  void multiplyOn(int rows, int inner, A a, int column, A b, Panels panels, int row, A c);

  /**
   * Goes on with the sums of a product, of inputs that are 1: c[m, j] += Σ_g b[ones[m, g], j].
   *
   * @param group the first g
   * @param count how many g there are
   */
  void addRows(int rows, Ones ones, int group, int count, A b, Panels panels, A c);

  /**
   * Some rows of {@link #addProduct}: c[row + k, j] += Σ_m a[m, column + k] b[m, j].
   *
   * @param inner how many k there are; their columns lie in one span, and those up to the next
   *     multiple of {@link #TILE_ROWS} are zero
   * @param column of a, a multiple of TILE_ROWS
   * @param row of c
   */
  void addProductOn(int rows, int inner, A a, int column, A b, A c, Panels panels, int row);

  /** The way back from {@link #addRows}: c[ones[m, g], j] += b[m, j], row after row. */
  void addToRows(int rows, Ones ones, int group, int count, A b, A c, Panels panels);

  /**
   * Goes on with the partial sums of {@link #outputs}.
   *
   * @param input the one that stands in this column
   * @param partial rows × {@link #LANES}
   */
  void addPartial(int rows, int inner, A a, int column, A w, int wAt, int input, A partial);

  /** The same of inputs that are 1. */
  void addPartialOnes(int rows, Ones ones, int group, int count, A w, int wAt, A partial);

  /** Adds up the partial sums: z[m] = bias + Σ partial[m]. */
  void outputs(int rows, A partial, double bias, A z);

  /**
   * Some weights of {@link #addOutputGradient}: gradient[at + k] += Σ_m deltas[m] a[m, column + k].
   */
  void addOutputOn(int rows, int inner, A deltas, A a, int column, A gradient, int at);

  /** The same of inputs that are 1. */
  void addOutputOnes(
      int rows, A deltas, Ones ones, int group, int count, A gradient, int weightsAt);

  /**
   * Applies an activation to sums of inputs.
   *
   * @param a block of sums of inputs, rows × units, that become activations
   * @param d receives the activation's slopes if they cannot be told from the activations; see
   *     {@link #slopes}
   */
  void activate(Activation activation, int rows, int units, A a, A d);

  /**
   * The activation's slopes.
   *
   * @param a block of activations, rows × units
   * @param d receives the slopes, or has them from {@link #activate}
   */
  void slopes(Activation activation, int rows, int units, A a, A d);

  /**
   * Sums of inputs of a single unit: z[m] = bias + Σ_k a[m, column + k] w[k].
   *
   * @param a block of rows × inputs
   * @param column of a; only in a block of one span other than 0
   * @param w inputs, followed by zeros up to the next multiple of {@link #LANES}
   */
  void outputs(int rows, int inputs, A a, int column, A w, int wAt, double bias, A z);

  /**
   * Slopes of the weighted cross-entropy at the output's sums of inputs: (σ(z) − y) times the
   * weight of the row's class.
   *
   * @param z rows, padded
   * @param labels 0 or 1, padded
   * @param deltas receives the slopes
   */
  void deltas(
      int rows, A z, A labels, int labelsAt, double weightOfZero, double weightOfOne, A deltas);

  /**
   * Sum of the rows' weighted cross-entropy, in double precision from the first row to the last.
   *
   * @param z the output's sums of inputs, padded; afterwards each row's cross-entropy
   */
  double losses(int rows, A z, A labels, int labelsAt, double weightOfZero, double weightOfOne);

  /** Logistic function. */
  void probabilities(int rows, A z);

  /**
   * Adds the gradient of the output's weights, Σ_m deltas[m] a[m, column + k], and bias, Σ_m
   * deltas[m].
   *
   * @param column of a; only in a block of one span other than 0
   */
  void addOutputGradient(
      int rows, int inputs, A deltas, A a, int column, A gradient, int weightsAt, int biasAt);

  /**
   * From the output back to the last hidden layer's sums of inputs: d[m, j] becomes (deltas[m]
   * w[j]) d[m, j], and the biases' gradient grows by Σ_m d[m, j].
   *
   * @param d block of the activation's slopes
   * @param panels of the layer, whose biases are what sums start from
   */
  void backFromOutput(int rows, A deltas, A w, int wAt, A d, A gradient, Panels panels);

  /**
   * The same from a hidden layer: d[m, j] becomes e[m, j] d[m, j], where the block e is the loss's
   * slope at the activations.
   */
  void backFromHidden(int rows, A e, A d, A gradient, Panels panels);

  /** to[i] += from[i] for i in [start, end). */
  void add(A from, A to, int start, int end);

  /** a[i] /= by for i in [start, end). */
  void divide(A a, double by, int start, int end);

  /** gradient[i] += λ parameters[i] for i in [start, end). */
  void addPenalty(double l2, A parameters, A gradient, int start, int end);

  /** sum + Σ a[i]² for i in [start, end), in double precision. */
  double addSquares(double sum, A a, int start, int end);

  /** Step of gradient descent for i in [start, end). */
  void sgd(double rate, A gradient, A parameters, int start, int end);

  /**
   * Step of Nesterov's momentum, as Deeplearning4j writes it: v' = μ v − r g; parameters −= μ v −
   * (1 + μ) v'.
   *
   * @param v velocity
   */
  void nesterov(double rate, double momentum, A gradient, A v, A parameters, int start, int end);

  /**
   * Step of Adam (Kingma and Ba, ICLR 2015, end of section 2): m = β₁ m + (1 − β₁) g; v = β₂ v + (1
   * − β₂) g²; parameters −= m · r √(1 − β₂ᵗ) / (1 − β₁ᵗ) / (√v + ε).
   *
   * @param t number of the step, from 1
   */
  void adam(
      double rate,
      double beta1,
      double beta2,
      double epsilon,
      long t,
      A gradient,
      A m,
      A v,
      A parameters,
      int start,
      int end);
}

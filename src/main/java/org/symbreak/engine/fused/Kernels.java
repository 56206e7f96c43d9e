package org.symbreak.engine.fused;

import org.symbreak.network.Activation;

/**
 * What is done to arrays of numbers while training. Every implementation computes each element by
 * the same operations in the same order, so all give the same bits: sums run from the first index
 * to the last with a fused multiply-add a term, but for {@link #outputs}, which adds up {@link
 * #LANES} interleaved partial sums and then those pairwise.
 *
 * <p>Matrices are row after row, with a distance between rows ("stride") that may be larger than a
 * row. Where an array's elements beyond a row's last one are free to be overwritten, up to the next
 * multiple of {@link #LANES}, the parameter is said to be padded. Not thread safe: one for each
 * thread.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
interface Kernels<A> {
  /** Padding of rows, and number of interleaved partial sums of {@link #outputs}. */
  int LANES = 16;

  /** Length of a row with padding. */
  static int padded(int length) {
    return (length + LANES - 1) / LANES * LANES;
  }

  /** An array of zeros. */
  A array(int length);

  double get(A array, int i);

  /** Rounds to the array's type. */
  void set(A array, int i, double value);

  void fill(A array, int from, int to, double value);

  void copy(A from, int fromAt, A to, int toAt, int length);

  /** to[j, i] = from[i, j] for each row i and column j of from. */
  void transpose(int rows, int columns, A from, int fromAt, int fromRow, A to, int toAt, int toRow);

  /**
   * Product of two matrices on top of a third: c[m, j] = start[m, j] + Σ_k a[m, k] b[k, j].
   *
   * @param rows of a, start and c
   * @param inner columns of a and rows of b
   * @param columns of b, start and c, all three padded
   * @param aRow distance between a's rows
   * @param aInner distance between elements of a row of a, so that a may be a transposed matrix
   * @param startRow distance between start's rows, 0 where one row serves all; start may be c
   */
  void multiply(
      int rows,
      int inner,
      int columns,
      A a,
      int aAt,
      int aRow,
      int aInner,
      A b,
      int bAt,
      int bRow,
      A start,
      int startAt,
      int startRow,
      A c,
      int cAt,
      int cRow);

  /**
   * Applies an activation to sums of inputs.
   *
   * @param z sums of inputs, rows × units, padded; afterwards the activation's slopes there
   * @param a receives the activations
   */
  void activate(Activation activation, int rows, int units, int stride, A z, A a);

  /**
   * Sums of inputs of a single unit: z[m] = bias + Σ_k a[m, k] w[k].
   *
   * @param a rows × inputs; read, but not used, up to the next multiple of {@link #LANES}
   * @param w inputs, followed by zeros up to the next multiple of {@link #LANES}
   */
  void outputs(int rows, int inputs, A a, int aAt, int aRow, A w, int wAt, double bias, A z);

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

  /** Adds the gradient of the output's weights, Σ_m deltas[m] a[m, k], and bias, Σ_m deltas[m]. */
  void addOutputGradient(
      int rows,
      int inputs,
      A deltas,
      A a,
      int aAt,
      int aRow,
      A gradient,
      int weightsAt,
      int biasAt);

  /**
   * From the output back to the last hidden layer's sums of inputs: d[m, j] becomes (deltas[m]
   * w[j]) d[m, j], and the biases' gradient grows by Σ_m d[m, j].
   *
   * @param d the activation's slopes, padded
   */
  void backFromOutput(
      int rows, int units, A deltas, A w, int wAt, int stride, A d, A gradient, int biasesAt);

  /**
   * The same from a hidden layer: d[m, j] becomes e[m, j] d[m, j], where e is the loss's slope at
   * the activations.
   */
  void backFromHidden(int rows, int units, int stride, A e, A d, A gradient, int biasesAt);

  /** to[i] += from[i] for i in [start, end). */
  void add(A from, A to, int start, int end);

  /** a[i] /= by for i in [start, end). */
  void divide(A a, double by, int start, int end);

  /** gradient[i] += λ parameters[i] for i in [start, end). */
  void addPenalty(double l2, A parameters, A gradient, int start, int end);

  /** Σ a[i]² for i in [start, end), in double precision. */
  double sumOfSquares(A a, int start, int end);

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

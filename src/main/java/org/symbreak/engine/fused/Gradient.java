package org.symbreak.engine.fused;

/**
 * The gradient of the mean loss of some rows, penalty included: each chunk of rows has a sum of its
 * own, and these are added up in their order, whoever computed them.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class Gradient<A> {
  private final Arithmetic<A> arithmetic;
  private final Layout layout;
  private final double l2;
  private final ChunkSums<A> sums;
  private Chunks chunks = new Chunks(1, 1);
  private A last;

  Gradient(Arithmetic<A> arithmetic, double l2, ChunkSums<A> sums) {
    this.arithmetic = arithmetic;
    this.layout = arithmetic.layout();
    this.l2 = l2;
    this.sums = sums;
    this.last = arithmetic.parameters();
  }

  /** What was computed last. */
  A last() {
    return last;
  }

  /**
   * @param at the parameters
   * @param chosen numbers of the rows, or null for all in their order
   * @param count how many of {@code chosen} count
   * @param loss whether the loss is wanted
   * @return the mean loss, weighted, penalty included; NaN where it was not wanted
   */
  double compute(A at, int[] chosen, int count, boolean loss) {
    if (chunks.rows() != count) {
      chunks = Chunks.of(count, layout.work());
    }
    sums.compute(at, chosen, chunks, loss);
    addUp(at);
    return loss ? meanLoss(at) : Double.NaN;
  }

  private void addUp(A parameters) {
    Kernels<A> kernels = arithmetic.kernels();
    last = sums.sum(0);
    for (int chunk = 1; chunk < chunks.count(); chunk++) {
      kernels.add(sums.sum(chunk), last, 0, layout.length());
    }
    layout.clearPadding(kernels, last);
    kernels.divide(last, chunks.rows(), 0, layout.length());
    if (l2 > 0) {
      layout.addPenalty(kernels, l2, parameters, last);
    }
  }

  private double meanLoss(A parameters) {
    double sum = 0;
    for (int chunk = 0; chunk < chunks.count(); chunk++) {
      sum += sums.loss(chunk);
    }
    double squares = l2 > 0 ? layout.squaredWeights(arithmetic.kernels(), parameters) : 0;
    return sum / chunks.rows() + 0.5 * l2 * squares;
  }

  /** Euclidean norm of what was computed last, a layer each. */
  double[] norms() {
    double[] norms = new double[layout.shape().layers()];
    for (int layer = 0; layer < norms.length; layer++) {
      norms[layer] = Math.sqrt(layout.squares(arithmetic.kernels(), last, layer));
    }
    return norms;
  }
}

package org.symbreak.engine.fused;

import java.util.ArrayList;
import java.util.List;

/**
 * The gradient of the mean loss of some rows, penalty included: each chunk of rows has a sum of its
 * own, and these are added up in their order, whichever thread computed them.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class Gradient<A> {
  private final Layout layout;
  private final double l2;
  private final Rows<A> rows;
  private final Team<A> team;
  private final List<A> sums = new ArrayList<>();
  private final A transposed;
  private final List<Panels> transposedPanels = new ArrayList<>();
  private final Team.ChunkTask<A> chunkTask = this::addChunk;

  private Kernels<A> kernels;
  private Chunks chunks = new Chunks(1, 1);
  private double[] losses = new double[1];
  private A parameters;
  private int[] order;
  private boolean withLoss;

  Gradient(Kernels<A> kernels, Layout layout, double l2, Rows<A> rows, Team<A> team) {
    this.kernels = kernels;
    this.layout = layout;
    this.l2 = l2;
    this.rows = rows;
    this.team = team;
    sums.add(kernels.array(layout.length()));
    int at = 0;
    for (int layer = 1; layer < layout.output(); layer++) {
      Panels panels = layout.hidden(layer);
      Panels turned = new Panels(at, panels.columns(), panels.rows());
      transposedPanels.add(turned);
      at = turned.end();
    }
    transposed = kernels.array(at);
  }

  void use(Kernels<A> other) {
    kernels = other;
  }

  /** What was computed last. */
  A last() {
    return sums.get(0);
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
      divide(count);
    }
    parameters = at;
    order = chosen;
    withLoss = loss;
    transpose();
    team.run(chunkTask, chunks.count());
    addUp();
    return loss ? meanLoss() : Double.NaN;
  }

  private void divide(int count) {
    chunks = Chunks.of(count, layout.work());
    while (sums.size() < chunks.count()) {
      sums.add(kernels.array(layout.length()));
    }
    if (losses.length < chunks.count()) {
      losses = new double[chunks.count()];
    }
  }

  /** Going back through a layer runs along a unit's weights, going forward along an input's. */
  private void transpose() {
    for (int layer = 1; layer < layout.output(); layer++) {
      kernels.transpose(
          parameters, layout.hidden(layer), transposed, transposedPanels.get(layer - 1));
    }
  }

  private void addChunk(int chunk, Block<A> block) {
    A sum = sums.get(chunk);
    block.clear(sum, layout.length());
    double chunkLoss = 0;
    int to = chunks.to(chunk);
    for (int from = chunks.from(chunk); from < to; from += Kernels.ROWS) {
      block.take(rows, order, from, Math.min(Kernels.ROWS, to - from));
      block.forward(parameters);
      block.backward(parameters, transposed, transposedPanels, sum);
      if (withLoss) {
        chunkLoss += block.losses();
      }
    }
    losses[chunk] = chunkLoss;
  }

  private void addUp() {
    A sum = sums.get(0);
    for (int chunk = 1; chunk < chunks.count(); chunk++) {
      kernels.add(sums.get(chunk), sum, 0, layout.length());
    }
    layout.clearPadding(kernels, sum);
    kernels.divide(sum, chunks.rows(), 0, layout.length());
    if (l2 > 0) {
      layout.addPenalty(kernels, l2, parameters, sum);
    }
  }

  private double meanLoss() {
    double sum = 0;
    for (int chunk = 0; chunk < chunks.count(); chunk++) {
      sum += losses[chunk];
    }
    double squares = l2 > 0 ? layout.squaredWeights(kernels, parameters) : 0;
    return sum / chunks.rows() + 0.5 * l2 * squares;
  }

  /** Euclidean norm of what was computed last, a layer each. */
  double[] norms() {
    double[] norms = new double[layout.shape().layers()];
    for (int layer = 0; layer < norms.length; layer++) {
      norms[layer] = Math.sqrt(layout.squares(kernels, last(), layer));
    }
    return norms;
  }
}

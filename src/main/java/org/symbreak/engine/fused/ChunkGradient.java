package org.symbreak.engine.fused;

import java.util.ArrayList;
import java.util.List;

/**
 * The gradient of a chunk's summed loss, block after block of its rows.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class ChunkGradient<A> {
  private final Arithmetic<A> arithmetic;
  private final A transposed;
  private final List<Panels> transposedPanels = new ArrayList<>();
  private A parameters;
  private boolean withLoss;

  ChunkGradient(Arithmetic<A> arithmetic) {
    this.arithmetic = arithmetic;
    Layout layout = arithmetic.layout();
    int at = 0;
    for (int layer = 1; layer < layout.output(); layer++) {
      Panels panels = layout.hidden(layer);
      Panels turned = new Panels(at, panels.columns(), panels.rows());
      transposedPanels.add(turned);
      at = turned.end();
    }
    transposed = arithmetic.kernels().array(at);
  }

  /**
   * Takes up parameters. Going back through a layer runs along a unit's weights, going forward
   * along an input's.
   */
  void begin(A at, boolean loss) {
    parameters = at;
    withLoss = loss;
    Layout layout = arithmetic.layout();
    for (int layer = 1; layer < layout.output(); layer++) {
      arithmetic
          .kernels()
          .transpose(at, layout.hidden(layer), transposed, transposedPanels.get(layer - 1));
    }
  }

  /**
   * Computes a chunk; safe for use by many threads with a block and a sum of their own.
   *
   * @param order which row is the i-th, or null for the i-th itself
   * @param from the first i, a multiple of {@link Kernels#ROWS}
   * @param to behind the last i
   * @param sum receives the gradient
   * @return the summed loss; 0 where it is not wanted
   */
  double compute(Rows<A> rows, int[] order, int from, int to, Block<A> block, A sum) {
    block.clear(sum, arithmetic.layout().length());
    double loss = 0;
    for (int at = from; at < to; at += Kernels.ROWS) {
      block.take(rows, order, at, Math.min(Kernels.ROWS, to - at));
      block.forward(parameters);
      block.backward(parameters, transposed, transposedPanels, sum);
      if (withLoss) {
        loss += block.losses();
      }
    }
    return loss;
  }
}

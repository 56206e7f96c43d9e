package org.symbreak.engine.fused;

/**
 * A network's outputs for rows that need not be those it is trained on.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class ForwardPass<A> {
  private static final int CHUNK_ROWS = 1024;

  private final Team<A> team;
  private final A parameters;
  private final Rows<A> rows;
  private final Chunks chunks;

  ForwardPass(Team<A> team, A parameters, Rows<A> rows) {
    this.team = team;
    this.parameters = parameters;
    this.rows = rows;
    this.chunks = new Chunks(rows.count(), CHUNK_ROWS);
  }

  /** Losses of blocks, which come in their order, added up as {@link #loss} does. */
  static final class LossSum {
    private double total;
    private double chunk;
    private int rows;

    void add(double block) {
      if (rows == CHUNK_ROWS) {
        total += chunk;
        chunk = 0;
        rows = 0;
      }
      chunk += block;
      rows += Kernels.ROWS;
    }

    double total() {
      return total + chunk;
    }
  }

  /** Mean cross-entropy, rows by their weights and the classes weighted as in training. */
  double loss() {
    double[] losses = new double[chunks.count()];
    forEachBlock((chunk, from, block) -> losses[chunk] += block.losses());
    double sum = 0;
    for (double loss : losses) {
      sum += loss;
    }
    return sum / rows.totalWeight();
  }

  /** Of class 1, for each row. */
  double[] probabilities() {
    double[] probabilities = new double[rows.count()];
    forEachBlock((chunk, from, block) -> block.probabilities(probabilities, from));
    return probabilities;
  }

  private interface BlockTask<A> {
    void run(int chunk, int from, Block<A> block);
  }

  private void forEachBlock(BlockTask<A> task) {
    team.run(
        (chunk, block) -> {
          int to = chunks.to(chunk);
          for (int from = chunks.from(chunk); from < to; from += Kernels.ROWS) {
            block.take(rows, null, from, Math.min(Kernels.ROWS, to - from));
            block.forward(parameters);
            task.run(chunk, from, block);
          }
        },
        chunks.count());
  }
}

package org.symbreak.engine.fused;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.symbreak.data.EncodedRows;

/**
 * Chunks that the threads of this process compute.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class OwnSums<A> implements ChunkSums<A> {
  private final Arithmetic<A> arithmetic;
  private final Rows<A> training;
  private final Function<EncodedRows, Rows<A>> others;
  private final ChunkGradient<A> gradient;
  private final List<A> sums = new ArrayList<>();
  private final Team.ChunkTask<A> chunkTask = this::compute;
  private double[] losses = new double[1];
  private Chunks chunks = new Chunks(1, 1);
  private int[] order;

  /**
   * @param training rows to train on
   * @param others gives other rows as kernels want them
   */
  OwnSums(Arithmetic<A> arithmetic, Rows<A> training, Function<EncodedRows, Rows<A>> others) {
    this.arithmetic = arithmetic;
    this.training = training;
    this.others = others;
    this.gradient = new ChunkGradient<>(arithmetic);
    sums.add(arithmetic.parameters());
  }

  @Override
  public void compute(A parameters, int[] chosen, Chunks divided, boolean withLoss) {
    chunks = divided;
    order = chosen;
    while (sums.size() < chunks.count()) {
      sums.add(arithmetic.parameters());
    }
    if (losses.length < chunks.count()) {
      losses = new double[chunks.count()];
    }
    gradient.begin(parameters, withLoss);
    arithmetic.team().run(chunkTask, chunks.count());
  }

  private void compute(int chunk, Block<A> block) {
    losses[chunk] =
        gradient.compute(
            training, order, chunks.from(chunk), chunks.to(chunk), block, sums.get(chunk));
  }

  @Override
  public A sum(int chunk) {
    return sums.get(chunk);
  }

  @Override
  public double loss(int chunk) {
    return losses[chunk];
  }

  @Override
  public double loss(A parameters, EncodedRows rows) {
    return new ForwardPass<>(arithmetic.team(), parameters, others.apply(rows)).loss();
  }
}

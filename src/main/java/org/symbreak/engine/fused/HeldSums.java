package org.symbreak.engine.fused;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.symbreak.data.EncodedRows;
import org.symbreak.network.Precision;

/**
 * Chunks that holders elsewhere compute; what they send is added here.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class HeldSums<A> implements ChunkSums<A> {
  /** Rows from which on losses are computed where the rows are; fewer are at hand here. */
  private static final int FAR = 1 << 16;

  private final Arithmetic<A> arithmetic;
  private final ChunkHolders holders;
  private final EncodedRows training;
  private final Precision precision;
  private final ChunkSums<A> near;
  private final Map<EncodedRows, Set> sets = new IdentityHashMap<>();
  private final ByteBuffer sent;
  private final A first;
  private final A another;
  private final List<ByteBuffer> answers = new ArrayList<>();

  private record Set(int number, SentRows rows) {}

  /**
   * @param network what is computed there
   * @param near computes losses of few rows here
   */
  HeldSums(
      Arithmetic<A> arithmetic,
      ChunkHolders holders,
      HeldNetwork network,
      EncodedRows training,
      ChunkSums<A> near) {
    this.arithmetic = arithmetic;
    this.holders = holders;
    this.training = training;
    this.precision = network.network().precision();
    this.near = near;
    this.first = arithmetic.parameters();
    this.another = arithmetic.parameters();
    this.sent = ByteBuffer.allocate(arithmetic.layout().length() * arithmetic.kernels().bytes());
    holders.begin(network.toBytes());
  }

  private Set set(EncodedRows rows) {
    return sets.computeIfAbsent(
        rows,
        added -> {
          Chunks chunks = Chunks.of(added.rows(), arithmetic.layout().work());
          SentRows all = new SentRows(added, precision, chunks.size());
          return new Set(holders.add(all), all);
        });
  }

  @Override
  public void compute(A parameters, int[] chosen, Chunks chunks, boolean withLoss) {
    if (chosen != null) {
      throw new IllegalStateException("holders compute all rows, not some of them");
    }
    ask(
        set(training),
        withLoss ? ChunkHolders.Wanted.GRADIENT_AND_LOSS : ChunkHolders.Wanted.GRADIENT,
        parameters,
        rows -> HeldChunks.gradientBytes(arithmetic));
    arithmetic.kernels().read(answers.get(0).position(Double.BYTES), first);
  }

  private void ask(
      Set set, ChunkHolders.Wanted wanted, A parameters, ToIntFunction<Integer> bytes) {
    SentRows rows = set.rows();
    for (int chunk = 0; chunk < rows.chunks(); chunk++) {
      int length = bytes.applyAsInt(rows.rows(chunk));
      if (chunk == answers.size()) {
        answers.add(ByteBuffer.allocate(length));
      } else if (answers.get(chunk).capacity() != length) {
        answers.set(chunk, ByteBuffer.allocate(length));
      }
    }
    arithmetic.kernels().write(parameters, sent.clear());
    holders.compute(set.number(), wanted, sent.flip(), answers.subList(0, rows.chunks()));
  }

  @Override
  public A sum(int chunk) {
    if (chunk > 0) {
      arithmetic.kernels().read(answers.get(chunk).position(Double.BYTES), another);
      return another;
    }
    return first;
  }

  @Override
  public double loss(int chunk) {
    return answers.get(chunk).getDouble(0);
  }

  @Override
  public double loss(A parameters, EncodedRows rows) {
    if (rows != training && rows.rows() < FAR) {
      return near.loss(parameters, rows);
    }
    Set set = set(rows);
    ask(set, ChunkHolders.Wanted.LOSSES, parameters, HeldChunks::lossBytes);
    ForwardPass.LossSum sum = new ForwardPass.LossSum();
    for (ByteBuffer chunk : answers.subList(0, set.rows().chunks())) {
      chunk.rewind();
      while (chunk.hasRemaining()) {
        sum.add(chunk.getDouble());
      }
    }
    return sum.total() / rows.totalWeight();
  }
}

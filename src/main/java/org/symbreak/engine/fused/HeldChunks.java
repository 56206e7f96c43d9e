package org.symbreak.engine.fused;

import java.io.DataInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.symbreak.network.Precision;

/**
 * Chunks of rows that are held for somebody who trains a network on them and on others elsewhere:
 * computes what each of them adds up to. Not thread safe; to be closed.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
public final class HeldChunks<A> implements AutoCloseable {
  private final HeldNetwork held;
  private final Arithmetic<A> arithmetic;
  private final ChunkGradient<A> gradient;
  private final Map<Place, Rows<A>> chunks = new HashMap<>();
  private final List<A> sums = new ArrayList<>();
  private final A parameters;

  private record Place(int set, int chunk) {}

  private HeldChunks(HeldNetwork held, Arithmetic<A> arithmetic) {
    this.held = held;
    this.arithmetic = arithmetic;
    this.gradient = new ChunkGradient<>(arithmetic);
    this.parameters = arithmetic.parameters();
  }

  /**
   * None yet.
   *
   * @param network as it was sent
   * @param threads at the most, from 1; the numbers are the same with any
   */
  public static HeldChunks<?> of(byte[] network, int threads) {
    HeldNetwork held = HeldNetwork.of(network);
    return new HeldChunks<>(held, Arithmetic.of(held, threads, VectorUse.of(Long.MAX_VALUE)));
  }

  /**
   * Reads a chunk's rows, as {@link SentRows#write} writes them, and keeps them.
   *
   * @throws IOException where they do not come
   */
  public void hold(int set, int chunk, int rows, DataInput in) throws IOException {
    Precision precision = held.network().precision();
    SentRows.Incoming incoming =
        new SentRows.Incoming(in, rows, held.inputs(), precision, in.readBoolean());
    chunks.put(new Place(set, chunk), Rows.held(arithmetic.kernels(), incoming));
  }

  /** Lets a chunk go. */
  public void forget(int set, int chunk) {
    chunks.remove(new Place(set, chunk));
  }

  /** Bytes of the parameters that {@link #compute} wants. */
  public int parameterBytes() {
    return arithmetic.layout().length() * arithmetic.kernels().bytes();
  }

  /**
   * What chunks add up to.
   *
   * @param numbers of chunks that are held
   * @param at the network's parameters
   * @return a buffer a chunk, to be read from 0 on
   */
  public List<ByteBuffer> compute(
      ChunkHolders.Wanted wanted, int set, int[] numbers, ByteBuffer at) {
    List<Rows<A>> rows = new ArrayList<>();
    long count = 0;
    for (int number : numbers) {
      rows.add(chunks.get(new Place(set, number)));
      count += rows.get(rows.size() - 1).count();
    }
    arithmetic.await(count);
    arithmetic.kernels().read(at, parameters);
    return wanted == ChunkHolders.Wanted.LOSSES
        ? losses(rows)
        : gradients(rows, wanted == ChunkHolders.Wanted.GRADIENT_AND_LOSS);
  }

  private List<ByteBuffer> gradients(List<Rows<A>> rows, boolean withLoss) {
    while (sums.size() < rows.size()) {
      sums.add(arithmetic.parameters());
    }
    double[] losses = new double[rows.size()];
    gradient.begin(parameters, withLoss);
    arithmetic
        .team()
        .run(
            (chunk, block) ->
                losses[chunk] =
                    gradient.compute(
                        rows.get(chunk), null, 0, rows.get(chunk).count(), block, sums.get(chunk)),
            rows.size());
    List<ByteBuffer> answers = new ArrayList<>();
    for (int chunk = 0; chunk < losses.length; chunk++) {
      ByteBuffer answer = ByteBuffer.allocate(gradientBytes(arithmetic)).putDouble(losses[chunk]);
      arithmetic.kernels().write(sums.get(chunk), answer);
      answers.add(answer.flip());
    }
    return answers;
  }

  private List<ByteBuffer> losses(List<Rows<A>> rows) {
    List<ByteBuffer> answers = new ArrayList<>();
    rows.forEach(chunk -> answers.add(ByteBuffer.allocate(lossBytes(chunk.count()))));
    arithmetic
        .team()
        .run(
            (chunk, block) -> {
              int count = rows.get(chunk).count();
              for (int from = 0; from < count; from += Kernels.ROWS) {
                block.take(rows.get(chunk), null, from, Math.min(Kernels.ROWS, count - from));
                block.forward(parameters);
                answers.get(chunk).putDouble(block.losses());
              }
              answers.get(chunk).flip();
            },
            rows.size());
    return answers;
  }

  /** Bytes of a chunk's gradient, its loss before it. */
  static int gradientBytes(Arithmetic<?> arithmetic) {
    return Double.BYTES + arithmetic.layout().length() * arithmetic.kernels().bytes();
  }

  /** Bytes of the losses of a chunk's blocks. */
  static int lossBytes(int rows) {
    return (rows + Kernels.ROWS - 1) / Kernels.ROWS * Double.BYTES;
  }

  @Override
  public void close() {
    arithmetic.close();
  }
}

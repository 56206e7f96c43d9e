package org.symbreak.engine;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.symbreak.random.Streams;

/**
 * Which rows each step takes: for every epoch a shuffle that is a function of seed and epoch alone,
 * so that it need not be saved. Not thread safe.
 */
public final class BatchOrder {
  private static final long ORDER = 3;

  private final int rows;
  private final int batchSize;
  private final long seed;
  private final int[] order;
  private long shuffledEpoch = -1;

  /**
   * @param rows of the training part, from 1
   * @param batchSize rows a step; the last batch of an epoch may be smaller; from {@code rows} on
   *     it is the full batch, never shuffled
   */
  public BatchOrder(int rows, int batchSize, long seed) {
    this.rows = rows;
    this.batchSize = Math.min(batchSize, rows);
    this.seed = seed;
    this.order = new int[isFullBatch() ? 0 : rows];
  }

  public boolean isFullBatch() {
    return batchSize == rows;
  }

  public int iterationsPerEpoch() {
    return (int) ((rows + (batchSize - 1L)) / batchSize);
  }

  /** Number of rows that the step of this iteration, from 0, takes. */
  public int size(long iteration) {
    int batch = (int) (iteration % iterationsPerEpoch());
    return Math.min(batchSize, rows - batch * batchSize);
  }

  /**
   * The rows of the step of this iteration, from 0.
   *
   * @param into receives their numbers, at least {@link #size} of them
   * @return how many they are
   */
  public int take(long iteration, int[] into) {
    if (isFullBatch()) {
      Arrays.setAll(into, row -> row);
      return rows;
    }
    long epoch = iteration / iterationsPerEpoch();
    if (epoch != shuffledEpoch) {
      shuffle(epoch);
    }
    int size = size(iteration);
    int from = (int) (iteration % iterationsPerEpoch()) * batchSize;
    System.arraycopy(order, from, into, 0, size);
    return size;
  }

  private void shuffle(long epoch) {
    RandomGenerator random = Streams.of(seed, ORDER, epoch);
    for (int i = 0; i < rows; i++) {
      order[i] = i;
    }
    for (int i = rows - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    shuffledEpoch = epoch;
  }
}

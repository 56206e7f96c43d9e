package org.symbreak.engine.fused;

/**
 * How the rows of a batch are divided into chunks that can be computed at the same time: by the
 * number of rows and the network's size alone, never by the number of threads, so that the chunks'
 * sums, added up in order, have the same bits with any number.
 *
 * @param rows of the batch, from 1
 * @param size rows of every chunk but the last
 */
record Chunks(int rows, int size) {
  /** Work that is worth another thread's while: some ten microseconds. */
  private static final double LEAST_FLOPS = 1e6;

  /** Chunks at the most, as long as none has more than {@link #LARGEST} rows. */
  static final int MOST = 64;

  /** Rows of a chunk from which on there are more chunks instead: it is one processor's work. */
  private static final int LARGEST = 1 << 20;

  /** Elements of all chunks' gradients together. */
  private static final long MOST_ELEMENTS = 1L << 26;

  /**
   * @param parameters of the network, padded: {@link Layout#work}
   */
  static Chunks of(int rows, int parameters) {
    long many = Math.max(MOST, rows / LARGEST);
    long most = Math.max(1, Math.min(many, MOST_ELEMENTS / parameters));
    double worthwhile = Math.ceil(LEAST_FLOPS / (6.0 * parameters));
    long size = Math.max((long) Math.min(worthwhile, rows), (rows + most - 1) / most);
    return new Chunks(
        rows,
        (int)
            Math.min(
                Integer.MAX_VALUE / 2, (size + Kernels.ROWS - 1) / Kernels.ROWS * Kernels.ROWS));
  }

  int count() {
    return (rows + size - 1) / size;
  }

  int from(int chunk) {
    return chunk * size;
  }

  int to(int chunk) {
    return Math.min(rows, from(chunk) + size);
  }
}

package org.symbreak.engine.fused;

import org.symbreak.data.EncodedRows;

/**
 * Who computes what each chunk of rows adds up to: threads of this process, or holders elsewhere.
 * As chunks are a function of the data alone, and what they add up to is added in their order, it
 * makes no difference to any bit.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
interface ChunkSums<A> {
  /**
   * Has all chunks computed.
   *
   * @param chosen numbers of the rows, or null for all in their order
   * @param chunks of these rows
   * @param withLoss whether {@link #loss(int)} is wanted
   */
  void compute(A parameters, int[] chosen, Chunks chunks, boolean withLoss);

  /**
   * The gradient of a chunk's summed loss, as computed last. That of chunk 0 may be written to and
   * stays until the next {@link #compute}, that of another until the next call.
   */
  A sum(int chunk);

  /** A chunk's summed loss, as computed last. */
  double loss(int chunk);

  /** Mean cross-entropy of rows, with the classes weighted as in training. */
  double loss(A parameters, EncodedRows rows);
}

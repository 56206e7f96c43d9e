package org.symbreak.engine.fused;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Holders of rows somewhere else, each of which computes its chunks as {@link HeldChunks} does.
 * What is sent and what comes back are numbers in the order of bytes of networks, so that whoever
 * carries them need not know what they are. Not thread safe.
 */
public interface ChunkHolders {
  /** What is wanted of a chunk. */
  enum Wanted {
    /** The gradient of its summed loss. */
    GRADIENT,
    /** The same, and the summed loss. */
    GRADIENT_AND_LOSS,
    /** The summed loss of each block of rows. */
    LOSSES
  }

  /**
   * From now on holders compute this network; what they held before is let go.
   *
   * @param network what {@link HeldChunks#of} wants
   */
  void begin(byte[] network);

  /**
   * Takes up rows, a chunk of which is sent when it is first needed there.
   *
   * @return a number for them
   */
  int add(SentRows rows);

  /**
   * Has every chunk of the rows computed.
   *
   * @param set number of the rows
   * @param parameters the network's
   * @param answers of each chunk room for exactly what is wanted of it, from 0 on; filled
   */
  void compute(int set, Wanted wanted, ByteBuffer parameters, List<ByteBuffer> answers);
}

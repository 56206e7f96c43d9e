package org.symbreak.engine.fused;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The threads that compute, each with a block of rows of its own.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class Team<A> implements AutoCloseable {
  /** A chunk's work. */
  interface ChunkTask<A> {
    void run(int chunk, Block<A> block);
  }

  private final SpinningThreads workers;
  private final List<Block<A>> blocks = new ArrayList<>();
  private final SpinningThreads.Task task = this::run;
  private ChunkTask<A> present;
  private boolean callerAlone;

  Team(int threads, Supplier<Block<A>> block) {
    workers = new SpinningThreads(threads);
    for (int worker = 0; worker < threads; worker++) {
      blocks.add(block.get());
    }
  }

  /** Whether the calling thread does all the work from now on. */
  void leaveToCaller(boolean all) {
    callerAlone = all;
  }

  /** Goes on with other kernels. */
  void use(Supplier<Kernels<A>> kernels) {
    for (Block<A> block : blocks) {
      block.use(kernels.get());
    }
  }

  /** Does the task for every chunk, on whichever thread is free. */
  void run(ChunkTask<A> chunkTask, int chunks) {
    present = chunkTask;
    if (callerAlone) {
      for (int chunk = 0; chunk < chunks; chunk++) {
        run(chunk, 0);
      }
    } else {
      workers.run(task, chunks);
    }
  }

  private void run(int chunk, int worker) {
    present.run(chunk, blocks.get(worker));
  }

  @Override
  public void close() {
    workers.close();
  }
}

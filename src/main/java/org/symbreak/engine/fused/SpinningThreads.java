package org.symbreak.engine.fused;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that stay, for pieces of work of microseconds: they spin for a moment before they sleep.
 * Which thread does which piece is left to chance, so results must not depend on it. The caller
 * works too, and waits for no thread that came too late to have a piece.
 */
final class SpinningThreads implements AutoCloseable {
  /** A piece of work. */
  interface Task {
    /**
     * @param piece which, from 0
     * @param worker who does it, from 0
     */
    void run(int piece, int worker);
  }

  private static final int SPINS = 20_000;
  private static final int NO_PIECE = Integer.MAX_VALUE;

  private final Thread[] threads;

  /**
   * Number of the round in the upper half, next piece in the lower one: a piece can be had only in
   * its own round.
   */
  private final AtomicLong ticket = new AtomicLong(NO_PIECE);

  private final AtomicInteger done = new AtomicInteger();
  private volatile Task task;
  private volatile int pieces;
  private volatile boolean closed;
  private volatile Throwable failure;

  /**
   * @param count of workers, the caller among them, from 1
   */
  SpinningThreads(int count) {
    threads = new Thread[count - 1];
    for (int i = 0; i < threads.length; i++) {
      int worker = i + 1;
      threads[i] = new Thread(() -> serve(worker), "symbreak-fused-" + worker);
      threads[i].setDaemon(true);
      threads[i].start();
    }
  }

  /** Does all pieces and returns when all are done. */
  void run(Task work, int count) {
    if (threads.length == 0 || count == 1) {
      for (int piece = 0; piece < count; piece++) {
        work.run(piece, 0);
      }
      return;
    }
    long round = ((ticket.get() >>> 32) + 1) << 32;
    ticket.set(round | NO_PIECE);
    task = work;
    pieces = count;
    done.set(0);
    ticket.set(round);
    for (int i = 0; i < Math.min(threads.length, count - 1); i++) {
      LockSupport.unpark(threads[i]);
    }
    takePieces(0);
    for (int spins = 0; done.get() < count; spins++) {
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
    rethrow();
  }

  private void rethrow() {
    Throwable thrown = failure;
    if (thrown != null) {
      failure = null;
      throw new IllegalStateException("a worker failed", thrown);
    }
  }

  private void takePieces(int worker) {
    while (true) {
      long drawn = ticket.get();
      int piece = (int) drawn;
      Task work = task;
      if (piece >= pieces) {
        return;
      }
      if (ticket.compareAndSet(drawn, drawn + 1)) {
        try {
          work.run(piece, worker);
        } catch (Throwable e) { // whatever it is, the caller must not wait for ever
          failure = e;
        } finally {
          done.incrementAndGet();
        }
      }
    }
  }

  private void serve(int worker) {
    int spins = 0;
    while (!closed) {
      long before = ticket.get();
      takePieces(worker);
      if (ticket.get() != before) {
        spins = 0;
      } else if (spins++ < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
        spins = 0;
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
  }
}

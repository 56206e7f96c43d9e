package org.symbreak.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.symbreak.data.Dataset;

/** Threads of this process, a run each at a time. */
public final class LocalWorkers implements Workers {
  private final int threads;

  /**
   * @param threads from 1
   */
  public LocalWorkers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be from 1, found " + threads);
    }
    this.threads = threads;
  }

  @Override
  public String description() {
    return threads == 1 ? "1 thread" : threads + " threads";
  }

  @Override
  public int parallelism() {
    return threads;
  }

  @Override
  public void run(List<RunTask> tasks, Consumer<List<LedgerRow>> done) {
    AtomicInteger next = new AtomicInteger();
    AtomicBoolean stop = new AtomicBoolean();
    BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    List<Thread> running = new ArrayList<>();
    try (DatasetCache datasets = new DatasetCache(threads + 1, Dataset::open)) {
      for (int i = 0; i < Math.min(threads, tasks.size()); i++) {
        String name = "worker-" + (i + 1);
        Thread thread = new Thread(() -> work(tasks, next, stop, datasets, outcomes, name), name);
        thread.setDaemon(true);
        thread.start();
        running.add(thread);
      }
      try {
        collect(running.size(), outcomes, done);
      } finally {
        stop.set(true);
        running.forEach(LocalWorkers::join);
      }
    }
  }

  private static void work(
      List<RunTask> tasks,
      AtomicInteger next,
      AtomicBoolean stop,
      DatasetCache datasets,
      BlockingQueue<Outcome> outcomes,
      String worker) {
    Outcome end = Outcome.END;
    for (int i = next.getAndIncrement();
        i < tasks.size() && !stop.get();
        i = next.getAndIncrement()) {
      RunTask task = tasks.get(i);
      try {
        outcomes.add(new Outcome(RunMeasurement.measure(task, datasets, worker), null));
      } catch (RuntimeException | Error e) {
        stop.set(true);
        end = new Outcome(null, new RunFailure(task, e));
      }
    }
    outcomes.add(end);
  }

  /** Hands rows over, several at a time where several wait, until every worker has ended. */
  private static void collect(
      int workers, BlockingQueue<Outcome> outcomes, Consumer<List<LedgerRow>> done) {
    RunFailure failure = null;
    List<Outcome> waiting = new ArrayList<>();
    for (int ended = 0; ended < workers; waiting.clear()) {
      waiting.add(take(outcomes));
      outcomes.drainTo(waiting);
      List<LedgerRow> rows = new ArrayList<>();
      for (Outcome outcome : waiting) {
        if (outcome.row != null) {
          rows.add(outcome.row);
        } else {
          ended++;
          failure = failure == null ? outcome.failure : failure;
        }
      }
      if (!rows.isEmpty()) {
        done.accept(rows);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static Outcome take(BlockingQueue<Outcome> outcomes) {
    try {
      return outcomes.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while runs were under way", e);
    }
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {}

  /** A row, or a worker's end: null and null, or null and why it ended early. */
  private record Outcome(LedgerRow row, RunFailure failure) {
    static final Outcome END = new Outcome(null, null);
  }
}

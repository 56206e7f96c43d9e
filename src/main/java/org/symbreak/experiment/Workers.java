package org.symbreak.experiment;

import java.util.List;
import java.util.function.Consumer;

/**
 * What carries runs out: threads of this process, or a cluster. The rows are the same,
 * circumstances aside.
 */
public interface Workers extends AutoCloseable {
  /** What they are, in a few words, such as {@code 2 threads}. */
  String description();

  /** How many runs are under way at a time, about. */
  int parallelism();

  /**
   * Does every run once and returns when all are done.
   *
   * @param tasks in the order in which they should be begun
   * @param done called with each row as its run ends, by one thread at a time
   * @throws RunFailure where a run breaks down for a reason that is not a result; the runs under
   *     way are finished and handed over first
   */
  void run(List<RunTask> tasks, Consumer<List<LedgerRow>> done);

  @Override
  void close();
}

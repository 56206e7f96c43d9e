package org.symbreak.run;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.symbreak.data.EncodedRows;
import org.symbreak.data.OneHot;
import org.symbreak.data.RowStream;
import org.symbreak.model.RowNetwork;
import org.symbreak.model.SavedModel;
import org.symbreak.problem.InputException;

/**
 * What a saved model foretells of rows. A file is cut into pieces of whole rows that threads read,
 * encode and foretell at the same time; what they found is handed on in the file's order, so that
 * numbers, faults and notices are the same with any number of threads.
 */
public final class FileForetelling {
  /** Pieces that are on their way for each thread. */
  private static final int AHEAD = 2;

  private final OneHot oneHot;
  private final ThreadLocal<RowNetwork> networks;

  public FileForetelling(SavedModel model) {
    this.oneHot = model.pipeline().oneHot();
    this.networks =
        ThreadLocal.withInitial(() -> new RowNetwork(model.network(), oneHot, model.parameters()));
  }

  /** Where rows go to. */
  public interface Receiver {
    /**
     * @param row from 1, faulty ones counted
     * @param probability of the positive class
     * @param label 1 for the positive class, 0 for the other, −1 where it cannot be told
     */
    void receive(long row, double probability, int label) throws IOException;
  }

  /**
   * What came of a stream of rows.
   *
   * @param skipped faulty rows that were left out
   * @param firstSkipped what is wrong with the first of them; null where there is none
   * @param end the fault at which it ended; null where that was the stream's end
   * @param unreadable whether nothing could be read behind that fault
   */
  public record Outcome(
      long skipped, InputException firstSkipped, InputException end, boolean unreadable) {}

  /**
   * Foretells the rows of a stream.
   *
   * @param threads at the most, from 1
   * @param skip whether faulty rows are left out; else the first one is the end
   */
  public Outcome of(RowStream rows, int threads, boolean skip, Receiver to) throws IOException {
    ExecutorService pool =
        threads == 1 ? null : Executors.newFixedThreadPool(threads, FileForetelling::daemon);
    try {
      return new Reading(rows, pool, pool == null ? 1 : AHEAD * threads, skip, to).toTheEnd();
    } finally {
      if (pool != null) {
        pool.shutdownNow();
      }
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "symbreak-foretelling");
    thread.setDaemon(true);
    return thread;
  }

  /** Foretells rows that the model's own pipeline has encoded. */
  public void of(EncodedRows rows, Receiver to) throws IOException {
    RowNetwork network = networks.get();
    double[] numbers = new double[oneHot.numbers()];
    int[] ones = new int[oneHot.groups()];
    for (int row = 0; row < rows.rows(); row++) {
      rows.inShort(row, numbers, ones);
      to.receive(row + 1L, network.probability(numbers, ones), rows.label(row));
    }
  }

  /** Some rows that were foretold. */
  private static final class Found {
    private long[] numbers = new long[1024];
    private double[] probabilities = new double[1024];
    private byte[] labels = new byte[1024];
    private int rows;

    void add(long number, double probability, int label) {
      if (rows == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * rows);
        probabilities = Arrays.copyOf(probabilities, 2 * rows);
        labels = Arrays.copyOf(labels, 2 * rows);
      }
      numbers[rows] = number;
      probabilities[rows] = probability;
      labels[rows] = (byte) label;
      rows++;
    }

    void handOn(long before, Receiver to) throws IOException {
      for (int i = 0; i < rows; i++) {
        to.receive(before + numbers[i], probabilities[i], labels[i]);
      }
    }
  }

  /** A piece that was read to its end, or to the fault that is the end. */
  private record Part(RowStream rows, Found found, long skipped, boolean ends) {}

  /** Reading one stream. */
  private final class Reading {
    private final RowStream rows;
    private final ExecutorService pool;
    private final int most;
    private final boolean skip;
    private final Receiver to;
    private final Deque<Future<Part>> underWay = new ArrayDeque<>();
    private long skipped;
    private InputException firstSkipped;
    private Outcome outcome;

    Reading(RowStream rows, ExecutorService pool, int most, boolean skip, Receiver to) {
      this.rows = rows;
      this.pool = pool;
      this.most = most;
      this.skip = skip;
      this.to = to;
    }

    Outcome toTheEnd() throws IOException {
      while (outcome == null) {
        RowStream piece = rows.cutOff();
        if (piece != null) {
          underWay.add(begin(() -> read(piece)));
          takeIn(most - 1);
        } else {
          takeIn(0);
          readOne();
        }
      }
      return outcome;
    }

    private Future<Part> begin(Callable<Part> work) {
      if (pool != null) {
        return pool.submit(work);
      }
      FutureTask<Part> task = new FutureTask<>(work);
      task.run();
      return task;
    }

    private Part read(RowStream piece) {
      RowNetwork network = networks.get();
      Found found = new Found();
      long faulty = 0;
      boolean ends = false;
      boolean more = true;
      while (more) {
        try {
          more = piece.next();
          if (more) {
            double probability = network.probability(piece.numbers(), piece.ones());
            found.add(piece.row(), probability, piece.label());
          }
        } catch (InputException fault) {
          more = skip && !piece.ended();
          ends = !more;
          faulty += more ? 1 : 0;
        }
      }
      return new Part(piece, found, faulty, ends);
    }

    /** Takes in what was begun first, until at most so many are under way. */
    private void takeIn(int left) throws IOException {
      while (outcome == null && underWay.size() > left) {
        Part part = result(underWay.remove());
        part.found().handOn(rows.row(), to);
        skipped += part.skipped();
        if (part.ends() || part.skipped() > 0 && firstSkipped == null) {
          tellFaults(part);
        }
        rows.join(part.rows());
      }
    }

    private Part result(Future<Part> part) {
      try {
        return part.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while foretelling", e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException(e.getCause());
      }
    }

    /** What is wrong in a piece is told as if all had been read in one. */
    private void tellFaults(Part part) {
      RowStream again = rows.again(part.rows());
      long left = part.skipped() + (part.ends() ? 1 : 0);
      boolean more = true;
      while (left > 0 && more) {
        try {
          more = again.next();
        } catch (InputException fault) {
          left--;
          note(fault, part.ends() && left == 0, again.ended());
        }
      }
    }

    private void note(InputException fault, boolean end, boolean unreadable) {
      if (end) {
        outcome = new Outcome(skipped, firstSkipped, fault, unreadable);
      } else if (firstSkipped == null) {
        firstSkipped = fault;
      }
    }

    private void readOne() throws IOException {
      if (outcome != null) {
        return;
      }
      try {
        if (rows.next()) {
          double probability = networks.get().probability(rows.numbers(), rows.ones());
          to.receive(rows.row(), probability, rows.label());
        } else {
          outcome = new Outcome(skipped, firstSkipped, null, false);
        }
      } catch (InputException fault) {
        boolean ends = !skip || rows.ended();
        note(fault, ends, rows.ended());
        skipped += ends ? 0 : 1;
      }
    }
  }
}

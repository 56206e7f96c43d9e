package org.symbreak.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.symbreak.data.CsvFormat;
import org.symbreak.data.FittedPipeline;
import org.symbreak.data.LabelUse;
import org.symbreak.data.NumberRows;
import org.symbreak.data.RowStream;
import org.symbreak.problem.InputException;
import org.symbreak.random.Streams;
import org.symbreak.stack.DenseBlock;

/**
 * Inputs of a network on which it is measured.
 *
 * @param source what they are, in words: {@code 569 rows of data.csv}
 * @param rows [row][input], at least one
 */
record NetworkProbe(String source, double[][] rows) {
  private static final long SEED = 20_170_801;
  private static final int RANDOM_ROWS = 4096;
  private static final int MOST_ROWS = 10_000;
  private static final int LEAST_ROWS = 256;

  /** Products of a weight and a number that measuring may take. */
  private static final long MOST_PRODUCTS = 1L << 33;

  /** Numbers of activations that are held at a time. */
  private static final int MOST_NUMBERS = 1 << 23;

  /** As many as a chain is measured on at the most: what its layers put out is held at a time. */
  static int mostRows(List<DenseBlock> blocks) {
    int widest =
        blocks.stream()
            .mapToInt(block -> Math.max(block.units(), block.inputs()))
            .max()
            .orElseThrow();
    long products = blocks.stream().mapToLong(DenseBlock::parameters).sum();
    long most = Math.min(MOST_NUMBERS / widest, MOST_PRODUCTS / products);
    return (int) Math.max(LEAST_ROWS, Math.min(MOST_ROWS, most));
  }

  /**
   * Rows of a file as a pipeline encodes them.
   *
   * @param most how many to take, at random
   * @throws InputException where the file is refused, or has no rows
   */
  static NetworkProbe encoded(ProbeSource source, FittedPipeline pipeline, int most) {
    Reservoir reservoir = new Reservoir(most);
    CsvFormat format = source.format().apply(pipeline.format());
    try (RowStream stream = pipeline.open(source.file(), format, LabelUse.OPTIONAL)) {
      while (stream.next()) {
        reservoir.add(stream.features());
      }
    }
    return of(source, reservoir, rows -> {});
  }

  /**
   * Rows of a file of numbers.
   *
   * @param most how many to take, at random
   * @param normalizer changes the rows to what the network takes
   * @throws InputException where the file is refused, or has no rows
   */
  static NetworkProbe numbers(
      ProbeSource source, int inputs, int most, Consumer<double[][]> normalizer) {
    Reservoir reservoir = new Reservoir(most);
    CsvFormat format = source.format().apply(CsvFormat.DEFAULT);
    try (NumberRows stream = new NumberRows(source.file(), format, inputs, source.label())) {
      while (stream.next()) {
        reservoir.add(stream.numbers());
      }
    }
    return of(source, reservoir, normalizer);
  }

  private static NetworkProbe of(
      ProbeSource source, Reservoir reservoir, Consumer<double[][]> normalizer) {
    if (reservoir.seen == 0) {
      throw InputException.of(source.file().toString(), "rows to measure the network on", "none");
    }
    double[][] rows = reservoir.rows.toArray(double[][]::new);
    normalizer.accept(rows);
    return new NetworkProbe(
        (reservoir.seen > rows.length ? rows.length + " of " : "")
            + reservoir.seen
            + " rows of "
            + source.file(),
        rows);
  }

  /** Uniform within ranges, or standard normal; the same for every network of that many inputs. */
  static NetworkProbe random(int inputs, double[][] ranges, int most) {
    int count = Math.min(RANDOM_ROWS, most);
    RandomGenerator random = Streams.of(SEED);
    double[][] rows = new double[count][inputs];
    for (double[] row : rows) {
      for (int i = 0; i < inputs; i++) {
        row[i] =
            ranges == null
                ? random.nextGaussian()
                : ranges[i][0] + random.nextDouble() * (ranges[i][1] - ranges[i][0]);
      }
    }
    return new NetworkProbe(
        count
            + (ranges == null
                ? " standard normal inputs"
                : " random inputs within the training ranges"),
        rows);
  }

  /** A uniform sample of rows of unknown number (algorithm R of Vitter, ACM TOMS 11, 1985). */
  private static final class Reservoir {
    private final RandomGenerator random = Streams.of(SEED);
    private final List<double[]> rows = new ArrayList<>();
    private final int most;
    private long seen;

    Reservoir(int most) {
      this.most = most;
    }

    void add(double[] row) {
      seen++;
      if (rows.size() < most) {
        rows.add(row.clone());
      } else {
        long slot = random.nextLong(seen);
        if (slot < most) {
          rows.set((int) slot, row.clone());
        }
      }
    }
  }
}

package org.symbreak.report;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.symbreak.film.History;

/**
 * A row that was not trained on, and what the model says of it.
 *
 * @param line of the file, from 1
 * @param label 0 or 1
 * @param probability of class 1
 */
record HeldOutRow(long line, int label, double probability) {
  /** Rows on the wrong side of 0.5, farthest first. */
  static List<HeldOutRow> mostWrong(History.Predictions held, int limit) {
    ByteBuffer probabilities = ByteBuffer.wrap(held.probabilities()).order(ByteOrder.LITTLE_ENDIAN);
    return IntStream.range(0, held.labels().length)
        .mapToObj(
            i ->
                new HeldOutRow(
                    held.lines().get(i), held.labels()[i], probabilities.getFloat(4 * i)))
        .filter(row -> (row.probability() >= 0.5 ? 1 : 0) != row.label())
        .sorted(
            Comparator.comparingDouble(HeldOutRow::error)
                .reversed()
                .thenComparingLong(HeldOutRow::line))
        .limit(limit)
        .toList();
  }

  private double error() {
    return Math.abs(label - probability);
  }
}

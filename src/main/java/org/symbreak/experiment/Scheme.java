package org.symbreak.experiment;

import java.util.List;
import org.symbreak.statistics.ResampledT;

/**
 * How rows were kept for testing.
 *
 * @param words such as {@code 30 random splits}
 * @param testToTrain rows of a test part over those given to the method, or groups of rows; of
 *     folds the number that their correction takes
 * @param trainRows given to the method, those that early stopping holds out included, in the mean
 * @param testRows of a test part, in the mean
 * @param whyNoTest why nothing is tested; null where it is
 */
record Scheme(
    String words, double testToTrain, double trainRows, double testRows, String whyNoTest) {
  /**
   * @param rows of runs that all kept test rows in the same way, of one or more settings
   */
  static Scheme of(List<LedgerRow> rows) {
    double test = mean(rows, Column.TEST_ROWS);
    double train = mean(rows, Column.TRAIN_ROWS) + mean(rows, Column.VALIDATION_ROWS);
    double ratio = testToTrain(rows, test / train);
    String fold = rows.get(0).text(Column.FOLD);
    int folds = fold.isEmpty() ? 0 : Integer.parseInt(fold.substring(fold.lastIndexOf('/') + 1));
    int seeds = (int) rows.stream().map(row -> row.text(Column.SEED)).distinct().count();
    if (!rows.get(0).text(Column.TEST_FILE).isEmpty()) {
      return new Scheme(
          "one test file and " + Words.plural(seeds, "seed", "seeds"),
          ratio,
          train,
          test,
          "There is one test part, a file of its own: how much new rows would differ from it cannot"
              + " be told, so nothing is tested.");
    }
    if (!rows.get(0).text(Column.ORDER).isEmpty()) {
      return new Scheme(
          folds == 0 ? "the latest rows" : folds + " windows of time",
          ratio,
          train,
          test,
          "Later rows may be of another kind than earlier ones, and windows are few: differences"
              + " are shown one by one, and nothing is tested.");
    }
    return folds == 0
        ? new Scheme(Words.plural(seeds, "random split", "random splits"), ratio, train, test, null)
        : new Scheme(
            (seeds == 1 ? "" : seeds + " times ") + folds + " folds",
            ResampledT.ofFolds(folds),
            train,
            test,
            null);
  }

  /** Whether a test part is one of many that could have been drawn as well. */
  boolean isResampled() {
    return whyNoTest == null;
  }

  ResampledT mean(double[] values, double confidence) {
    return ResampledT.of(values, testToTrain, confidence);
  }

  /** In groups where rows come in groups, in what weights are worth where they have weights. */
  private static double testToTrain(List<LedgerRow> rows, double ofRows) {
    return rows.stream().anyMatch(row -> row.text(Column.TEST_EFFECTIVE).isEmpty())
        ? ofRows
        : mean(rows, Column.TEST_EFFECTIVE) / mean(rows, Column.TRAIN_EFFECTIVE);
  }

  private static double mean(List<LedgerRow> rows, Column column) {
    return rows.stream().mapToDouble(row -> row.number(column)).average().orElseThrow();
  }
}

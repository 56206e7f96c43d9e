package org.symbreak.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.symbreak.model.Evaluation;
import org.symbreak.model.Importance;
import org.symbreak.model.RowCounts;
import org.symbreak.model.SavedModel;

/** What a model foretold of rows, and what their labels are, as they come in. */
final class ForetoldRows {
  private double[] probabilities = new double[1024];
  private int[] labels = new int[1024];

  /** Null where all rows count the same. */
  private double[] weights;

  /** Null where each row is its own group. */
  private int[] groups;

  private final Map<String, Integer> groupNumbers = new HashMap<>();
  private RowCounts counts;
  private int rows;

  /** Null where they are not needed. */
  private final List<double[]> features;

  /**
   * @param keepsFeatures whether {@link #importance} is to be asked for
   */
  ForetoldRows(boolean keepsFeatures) {
    this.features = keepsFeatures ? new ArrayList<>() : null;
  }

  /**
   * @param encoded features of the row; copied where they are kept
   */
  void add(double[] encoded, double probability, int label) {
    if (features != null) {
      features.add(encoded.clone());
    }
    add(rows + 1L, probability, label);
  }

  /** A row whose features are not needed. */
  void add(long row, double probability, int label) {
    if (rows == labels.length) {
      probabilities = Arrays.copyOf(probabilities, rows * 2);
      labels = Arrays.copyOf(labels, rows * 2);
    }
    probabilities[rows] = probability;
    labels[rows] = label;
    rows++;
  }

  /** The weight of the row that was added last; of every row, or of none. */
  void weigh(double weight) {
    if (weights == null) {
      weights = new double[1024];
    } else if (rows > weights.length) {
      weights = Arrays.copyOf(weights, rows * 2);
    }
    weights[rows - 1] = weight;
  }

  /** The group of the row that was added last; of every row, or of none. */
  void group(String name) {
    if (groups == null) {
      groups = new int[1024];
    } else if (rows > groups.length) {
      groups = Arrays.copyOf(groups, rows * 2);
    }
    groups[rows - 1] = groupNumbers.computeIfAbsent(name, first -> groupNumbers.size());
  }

  /** How the rows count, all of them. */
  void count(RowCounts all) {
    counts = all;
  }

  private RowCounts counts() {
    return counts != null
        ? counts
        : new RowCounts(
            weights == null ? null : Arrays.copyOf(weights, rows),
            groups == null ? null : Arrays.copyOf(groups, rows));
  }

  /** What each of the model's columns contributes. */
  List<Importance> importance(SavedModel model) {
    return Importance.of(
        model.predictor(),
        model.pipeline().spans(),
        features.toArray(double[][]::new),
        Arrays.copyOf(labels, rows),
        counts(),
        Importance.SEED);
  }

  int rows() {
    return rows;
  }

  /**
   * @param threshold from which probability on a row is called positive
   */
  Evaluation evaluation(double threshold) {
    return Evaluation.of(
        Arrays.copyOf(probabilities, rows), Arrays.copyOf(labels, rows), counts(), threshold);
  }
}

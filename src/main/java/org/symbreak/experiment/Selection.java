package org.symbreak.experiment;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.symbreak.setting.RunSpec;
import org.symbreak.statistics.ResampledT;

/**
 * What a search chooses from losses on its own folds: the lowest mean; but the usual network where
 * that lies within one corrected standard error of the lowest; else logistic regression, the
 * simplest, where it lies within one, too, and within the margin.
 *
 * @param losses of each setting on the same folds
 * @param folds how many
 */
record Selection(Map<RunSpec, double[]> losses, int folds) {
  Selection {
    losses = new LinkedHashMap<>(losses);
  }

  double mean(RunSpec setting) {
    double sum = 0;
    for (double loss : losses.get(setting)) {
      sum += loss;
    }
    return sum / losses.get(setting).length;
  }

  /** Those with the lowest means, the lowest first; of equal ones the first. */
  List<RunSpec> ranked() {
    return losses.keySet().stream().sorted(Comparator.comparingDouble(this::mean)).toList();
  }

  /**
   * @param usual one of those that have losses
   * @param logistic the same; the usual one where no other is to be looked at
   */
  RunSpec of(RunSpec usual, RunSpec logistic, double margin) {
    RunSpec lowest = ranked().get(0);
    if (isWithinError(usual, lowest)) {
      return usual;
    }
    return isWithinError(logistic, lowest) && mean(logistic) - mean(lowest) <= margin
        ? logistic
        : lowest;
  }

  private boolean isWithinError(RunSpec setting, RunSpec lowest) {
    double[] differences = losses.get(setting).clone();
    for (int i = 0; i < differences.length; i++) {
      differences[i] -= losses.get(lowest)[i];
    }
    if (setting.equals(lowest)) {
      return true;
    }
    for (double difference : differences) {
      if (!Double.isFinite(difference)) {
        return false;
      }
    }
    ResampledT above = ResampledT.of(differences, ResampledT.ofFolds(folds), Comparison.CONFIDENCE);
    return above.mean() <= above.error();
  }
}

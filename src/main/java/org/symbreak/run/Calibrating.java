package org.symbreak.run;

import java.util.Locale;
import org.symbreak.data.Dataset;
import org.symbreak.data.EncodedRows;
import org.symbreak.model.LogitLine;
import org.symbreak.model.RowNetwork;
import org.symbreak.model.RowPredictions;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.problem.InputException;
import org.symbreak.setting.RunSpec;

/**
 * Rows that a network was not trained on, for what is settled once it is: a line that makes its
 * probabilities right, and after that the threshold. Those that were set aside for it, else those
 * that early stopping looked at, too.
 */
final class Calibrating {
  private final RunSpec spec;
  private final EncodedRows rows;

  /** How the rows are called, and what else they served. */
  private final String name;

  /**
   * @throws InputException where the run asks for what it has no rows for
   */
  Calibrating(RunSpec spec, Dataset data) {
    this.spec = spec;
    boolean isAside = data.calibration().rows() > 0;
    boolean isEarly = spec.budget().earlyStopping();
    this.rows = isAside ? data.calibration() : data.validation();
    this.name =
        isAside
            ? "calibration rows"
            : isEarly ? "validation rows, which early stopping looked at, too," : "validation rows";
    if (spec.calibrate()) {
      requireBothClasses();
    }
  }

  private void requireBothClasses() {
    if (rows.rows() == 0) {
      throw InputException.of(
          "--calibrate",
          "rows that the network is not trained on",
          "none",
          "--calibration-fraction 0.2");
    }
    double[] weights = new double[2];
    for (int row = 0; row < rows.rows(); row++) {
      weights[rows.label(row)] += rows.weight(row);
    }
    if (weights[0] == 0 || weights[1] == 0) {
      throw InputException.of(
          "--calibrate",
          "rows of both classes that the network is not trained on",
          rows.rows() + " of one class");
    }
  }

  /** Whether there are rows aside that nothing else looks at. */
  static boolean isAside(Dataset data) {
    return data.calibration().rows() > 0;
  }

  /** What was found; null where the run asks for none. */
  Calibration of(NetworkSpec network, double[] parameters) {
    if (!spec.calibrate()) {
      return null;
    }
    LogitLine line =
        LogitLine.of(RowPredictions.of(new RowNetwork(network, rows.oneHot(), parameters), rows));
    return new Calibration(line.slope(), line.intercept(), rows.rows(), name);
  }

  /** The network with a calibration in its output's weights, as its precision holds them. */
  static double[] folded(
      Calibration calibration, NetworkSpec network, DenseShape shape, double[] parameters) {
    if (calibration == null) {
      return parameters;
    }
    double[] folded =
        new LogitLine(calibration.slope(), calibration.intercept()).folded(shape, parameters);
    for (int i = 0; network.precision() == Precision.FLOAT && i < folded.length; i++) {
      folded[i] = (float) folded[i];
    }
    return folded;
  }

  /**
   * Probability from which a row counts as positive.
   *
   * @param train rows that are looked at where no others are
   */
  double threshold(RowNetwork network, EncodedRows train) {
    return spec.threshold().equals("f1")
        ? RowPredictions.of(network, rows.rows() > 0 ? rows : train).bestF1Threshold()
        : Double.parseDouble(spec.threshold());
  }

  /** A sentence on it. */
  static String sentence(Calibration calibration) {
    boolean isHeld = new LogitLine(calibration.slope(), calibration.intercept()).isHeld();
    return String.format(
        Locale.ROOT,
        "calibrated on %d %s: log odds times %.4g%s plus %.4g, folded into the output's weights and"
            + " bias",
        calibration.rows(),
        calibration.of(),
        calibration.slope(),
        isHeld ? " (held at the end of what is allowed)" : "",
        calibration.intercept());
  }
}

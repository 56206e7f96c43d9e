package org.symbreak.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.data.FittedPipeline;
import org.symbreak.init.Initializations;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.network.SigmoidCrossEntropy;

/**
 * Models as training leaves them, without training: a pipeline fitted on a few rows, parameters and
 * optimizer's state from a formula.
 */
public final class SavedModels {
  private SavedModels() {}

  public static SavedModel model(
      Path scratch, Precision precision, List<Integer> hidden, Activation... activations)
      throws IOException {
    return model(scratch, precision, new Adam(0.01), 2, hidden, activations);
  }

  /**
   * @param stateOfParameter numbers that the updater keeps for a parameter
   */
  public static SavedModel model(
      Path scratch,
      Precision precision,
      IUpdater updater,
      int stateOfParameter,
      List<Integer> hidden,
      Activation... activations)
      throws IOException {
    FittedPipeline pipeline = pipeline(scratch);
    NetworkSpec network =
        new NetworkSpec(
            hidden,
            List.of(activations),
            Initializations.parseLayers("gaussian:0.01/zeros"),
            Initializations.parseLayers("zeros"),
            1e-4,
            precision);
    double[] parameters =
        numbers(network.shape(pipeline.featureNames().size()).parameters(), precision);
    TrainingState state =
        new TrainingState(
            updater,
            new SigmoidCrossEntropy(1, 2.5),
            7,
            120,
            3,
            numbers(stateOfParameter * parameters.length, precision));
    return SavedModel.of(
        network,
        state,
        parameters,
        pipeline,
        0.375,
        "{\"command\": \"symbreak train rows.csv\", \"note\": \"größer\"}");
  }

  /** The same model with other weights. */
  public static SavedModel withParameters(SavedModel model, double[] parameters) {
    return new SavedModel(
        model.network(),
        model.loss(),
        model.stockConfiguration(),
        parameters,
        model.updaterState(),
        model.pipeline(),
        model.threshold(),
        model.provenance());
  }

  /** Two numbers and a category with three values, as four or more features. */
  static FittedPipeline pipeline(Path scratch) throws IOException {
    StringBuilder csv = new StringBuilder("age,height,color,label\n");
    String[] colors = {"red", "green", "blue"};
    for (int row = 0; row < 40; row++) {
      csv.append(
          "%s,%s,%s,%s\n"
              .formatted(
                  20 + (row * 37 % 41),
                  150.25 + (row * 17 % 29),
                  colors[row % 3],
                  row * 7 % 5 < 2 ? "yes" : "no"));
    }
    Path file = scratch.resolve("rows.csv");
    Files.writeString(file, csv);
    try (Dataset data = Dataset.open(DataSpec.of(file.toString(), "label", "yes"), 1)) {
      return data.pipeline();
    }
  }

  private static double[] numbers(int count, Precision precision) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      double number = 0.9 * StrictMath.sin(1.7 * i + 0.3);
      numbers[i] = precision == Precision.FLOAT ? (float) number : number;
    }
    return numbers;
  }
}

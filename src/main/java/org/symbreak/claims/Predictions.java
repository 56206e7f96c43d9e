package org.symbreak.claims;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.symbreak.data.LabelUse;
import org.symbreak.data.RowStream;
import org.symbreak.model.Predictor;
import org.symbreak.model.SavedModel;
import org.symbreak.network.DenseNetwork;
import org.symbreak.run.Recording;
import org.symbreak.run.RunDirectory;
import org.symbreak.run.TrainedRun;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.RunSpec;

/**
 * C16.
 *
 * @param epochs of training, from 1
 */
record Predictions(int epochs) implements Claim {
  @Override
  public String id() {
    return "C16";
  }

  @Override
  public String lecture() {
    return "And the trained network makes predictions.";
  }

  @Override
  public String statement() {
    return "From a saved model and the raw CSV file come the very probabilities of the network in"
        + " memory, and they are right more often than the larger class.";
  }

  @Override
  public SeedResult check(ClaimData data) {
    try {
      Path directory = Files.createTempDirectory("symbreak-claim");
      try {
        return check(data, directory);
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SeedResult check(ClaimData data, Path directory) throws IOException {
    BudgetSpec budget = new BudgetSpec(epochs, BudgetSpec.AUTO, false, BudgetSpec.AUTO, false);
    RunSpec spec = Defaults.run(data.source()).withBudget(budget).withSeed(data.seed());
    RunDirectory saved = RunDirectory.create(directory.resolve("run"), true);
    TrainedRun trained = saved.train(spec, data.dataset(), List.of(), Recording.DEFAULT);
    DenseNetwork inMemory =
        new DenseNetwork(trained.shape(), spec.network().activations(), trained.bestParameters());
    SavedModel model = SavedModel.load(saved.model());
    Predictor predictor = model.predictor();
    long rows = 0;
    long different = 0;
    long outside = 0;
    long right = 0;
    long ones = 0;
    try (RowStream stream =
        model
            .pipeline()
            .open(Path.of(data.source().file()), model.pipeline().format(), LabelUse.OPTIONAL)) {
      while (stream.next()) {
        double probability = predictor.probability(stream.features());
        rows++;
        different += probability == inMemory.probability(stream.features()) ? 0 : 1;
        outside += probability >= 0 && probability <= 1 ? 0 : 1;
        right += (probability >= model.threshold() ? 1 : 0) == stream.label() ? 1 : 0;
        ones += stream.label() == 1 ? 1 : 0;
      }
    }
    String of = " of " + rows + " rows of the raw file";
    return SeedResult.of(
        List.of(
            Measurement.equal(
                "predictions from the saved model that are not those in memory," + of,
                different,
                0),
            Measurement.equal("probabilities outside [0, 1]," + of, outside, 0),
            Measurement.above(
                "right predictions," + of + ", against the larger class",
                right,
                Math.max(ones, rows - ones))));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

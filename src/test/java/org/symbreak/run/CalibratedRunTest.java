package org.symbreak.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.data.EncodedRows;
import org.symbreak.guard.ModelGuard;
import org.symbreak.model.Evaluation;
import org.symbreak.model.OpenedModel;
import org.symbreak.model.RowNetwork;
import org.symbreak.model.RowPredictions;
import org.symbreak.model.SavedModel;
import org.symbreak.random.Streams;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Setting;
import org.symbreak.setting.Settings;

/** A line that is folded into the output once a network is trained. */
class CalibratedRunTest {
  @TempDir private Path directory;

  /** Few rows and many columns: a network that is trained for long is far too sure of itself. */
  private String file(int rows, long seed) throws IOException {
    RandomGenerator random = Streams.of(seed, 1);
    StringBuilder text = new StringBuilder("a,b,c,d,e,f,label\n");
    for (int i = 0; i < rows; i++) {
      double sum = 0;
      for (int j = 0; j < 6; j++) {
        double x = random.nextGaussian();
        sum += j < 3 ? x : 0;
        text.append(x).append(',');
      }
      text.append(random.nextDouble() < 1 / (1 + Math.exp(-sum)) ? 1 : 0).append('\n');
    }
    return Files.writeString(directory.resolve("rows-" + seed + ".csv"), text).toString();
  }

  private RunSpec sure(Map<? extends Setting<?>, ?> settings) throws IOException {
    DataSpec data = DataSpec.of(file(800, 1), "label", "1").withFiles(file(800, 1), file(2000, 2));
    RunSpec run =
        Settings.with(
            Defaults.run(data),
            Map.of(
                Settings.HIDDEN,
                List.of(16),
                Settings.L2,
                0.0,
                Settings.EPOCHS,
                400L,
                Settings.EARLY_STOPPING,
                false,
                Settings.VALIDATION_FRACTION,
                0.0));
    return Settings.with(run, settings);
  }

  private static TrainedRun trained(RunSpec spec) {
    try (Dataset data = Dataset.open(spec.data(), spec.seed())) {
      return Trainer.run(spec, data, List.of());
    }
  }

  @Test
  void aNetworkThatIsTooSureIsMendedOnNewRows() throws IOException {
    RunResult bare = trained(sure(Map.of(Settings.CALIBRATION_FRACTION, 0.5))).result();
    TrainedRun mended =
        trained(sure(Map.of(Settings.CALIBRATION_FRACTION, 0.5, Settings.CALIBRATE, true)));
    Evaluation before = bare.test();
    Evaluation after = mended.result().test();
    assertThat(bare.calibration()).isNull();
    assertThat(before.calibrationLine().slopeHigh()).isLessThan(0.5);
    assertThat(after.calibrationLine().slopeLow()).isLessThan(1.1);
    assertThat(after.calibrationLine().slopeHigh()).isGreaterThan(0.9);
    assertThat(after.logLoss()).isLessThan(before.logLoss() - 0.2);
    assertThat(after.auc()).isCloseTo(before.auc(), within(1e-4));
    assertThat(mended.result().calibration().rows()).isEqualTo(400);
    assertThat(mended.result().notices())
        .anyMatch(
            notice -> notice.startsWith("calibrated on 400 calibration rows: log odds times"));
    assertThat(after.logLoss()).isEqualTo(ofParameters(mended).logLoss());
  }

  /** The kept weights alone foretell so: nothing is done to what comes out of them. */
  private static Evaluation ofParameters(TrainedRun run) {
    try (Dataset data = Dataset.open(run.spec().data(), run.spec().seed())) {
      EncodedRows test = data.test();
      RowNetwork network =
          new RowNetwork(run.spec().network(), test.oneHot(), run.bestParameters());
      return RowPredictions.of(network, test).evaluation(0.5);
    }
  }

  @Test
  void aStockNetworkOpensItAndTheThresholdComesAfter() throws IOException {
    RunSpec spec =
        sure(
            Map.of(
                Settings.CALIBRATION_FRACTION,
                0.5,
                Settings.CALIBRATE,
                true,
                Settings.THRESHOLD,
                "f1"));
    Path path = directory.resolve("run");
    try (Dataset data = Dataset.open(spec.data(), spec.seed())) {
      RunDirectory run = RunDirectory.create(path, false);
      TrainedRun trained = run.train(spec, data, List.of(), Recording.DEFAULT);
      RowNetwork kept =
          new RowNetwork(spec.network(), data.test().oneHot(), trained.bestParameters());
      assertThat(trained.result().threshold())
          .isEqualTo(RowPredictions.of(kept, data.calibration()).bestF1Threshold());
      assertThat(run.read().result().calibration()).isEqualTo(trained.result().calibration());
      SavedModel saved = SavedModel.load(run.model());
      OpenedModel stock =
          OpenedModel.of(run.model(), ModelGuard.STRICT.withoutUpdater().check(run.model()));
      double[] features = new double[data.test().features()];
      for (int row = 0; row < 20; row++) {
        data.test().features(row, features, 0);
        assertThat(stock.network().output(Nd4j.create(new double[][] {features})).getDouble(0))
            .isCloseTo(saved.predictor().probability(features), within(1e-6));
      }
      RunDirectory again = RunDirectory.create(directory.resolve("again"), false);
      again.train(run.read().spec(), data, List.of(), Recording.DEFAULT);
      assertThat(SavedModel.load(again.model()).parameters()).isEqualTo(saved.parameters());
    }
  }

  @Test
  void rowsThatServedStoppingTooAreCalledSo() throws IOException {
    Map<Setting<?>, Object> early =
        Map.of(
            Settings.CALIBRATE,
            true,
            Settings.VALIDATION_FRACTION,
            0.2,
            Settings.EARLY_STOPPING,
            true);
    assertThat(trained(sure(early)).result().notices())
        .anyMatch(
            notice -> notice.contains("160 validation rows, which early stopping looked at, too,"));
    assertThatThrownBy(() -> trained(sure(Map.of(Settings.CALIBRATE, true))))
        .hasMessage(
            "--calibrate: expected rows that the network is not trained on, found none (choices:"
                + " --calibration-fraction 0.2)");
  }

  @Test
  void rowsAreSetAsideFromTrainingAlone() throws IOException {
    RunSpec plain = Defaults.run(DataSpec.of(file(200, 3), "label", "1"));
    try (Dataset without = Dataset.open(plain.data(), 1);
        Dataset with = Dataset.open(plain.with(Settings.CALIBRATION_FRACTION, 0.25).data(), 1)) {
      assertThat(with.test().line(3)).isEqualTo(without.test().line(3));
      assertThat(with.validation().rows()).isEqualTo(without.validation().rows());
      assertThat(with.calibration().rows()).isEqualTo(without.train().rows() / 4);
      assertThat(with.calibration().rows() + with.train().rows()).isEqualTo(without.train().rows());
      assertThat(without.calibration().rows()).isZero();
    }
  }

  @Test
  void membersAreCalibratedOnceTheyAreOne() throws IOException {
    Map<Setting<?>, Object> members = Map.of(Settings.MEMBERS, 3L);
    Map<Setting<?>, Object> aside =
        Map.of(
            Settings.MEMBERS,
            3L,
            Settings.CALIBRATION_FRACTION,
            0.5,
            Settings.CALIBRATE,
            true,
            Settings.THRESHOLD,
            "f1");
    RunSpec refused =
        Settings.with(sure(members), Map.of(Settings.CALIBRATE, true, Settings.THRESHOLD, "f1"));
    assertThatThrownBy(() -> trained(refused))
        .hasMessageContaining("--calibrate: expected rows that no member is trained on")
        .hasMessageContaining("--threshold f1: expected rows that no member is trained on")
        .hasMessageContaining("--calibration-fraction 0.2");
    TrainedRun mended = trained(sure(aside));
    assertThat(mended.result().calibration().slope()).isLessThan(0.8);
    assertThat(mended.result().test().logLoss()).isEqualTo(ofMembers(mended).logLoss());
    assertThat(mended.result().test().calibrationLine().slopeHigh()).isGreaterThan(0.9);
    assertThat(mended.result().threshold()).isNotEqualTo(0.5);
  }

  private static Evaluation ofMembers(TrainedRun run) {
    RunSpec wide = run.spec().with(Settings.HIDDEN, List.of(48));
    try (Dataset data = Dataset.open(run.spec().data(), run.spec().seed())) {
      RowNetwork network =
          new RowNetwork(wide.network(), data.test().oneHot(), run.bestParameters());
      return RowPredictions.of(network, data.test()).evaluation(run.result().threshold());
    }
  }
}

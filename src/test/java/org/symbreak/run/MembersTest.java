package org.symbreak.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.data.EncodedRows;
import org.symbreak.guard.ModelGuard;
import org.symbreak.model.OpenedModel;
import org.symbreak.model.SavedModel;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseNetwork;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.optimizer.StopReason;
import org.symbreak.problem.InputException;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Settings;

class MembersTest {
  private static final int MEMBERS = 3;

  @TempDir private Path directory;

  private static RunSpec spec(List<Integer> hidden, Precision precision) {
    NetworkSpec usual = Defaults.network();
    NetworkSpec network =
        new NetworkSpec(
            hidden,
            List.of(Activation.TANH),
            usual.weights(),
            usual.biases(),
            usual.l2(),
            precision);
    BudgetSpec budget =
        new BudgetSpec(30, BudgetSpec.FULL_BATCH, true, 20, false).withMembers(MEMBERS);
    return Defaults.run(DataSpec.of("data/sonar.csv", "Class", null))
        .withNetwork(network)
        .withBudget(budget)
        .withEngine("fused");
  }

  private static double logit(double p) {
    return Math.log(p / (1 - p));
  }

  @ParameterizedTest
  @CsvSource({
    "'', DOUBLE",
    "5, DOUBLE",
    "5/4, DOUBLE",
    "4/3/3/2, DOUBLE",
    "'', FLOAT",
    "5, FLOAT",
    "5/4, FLOAT",
    "4/3/3/2, FLOAT"
  })
  void itsLogOddsAreTheMeanOfTheMembers(String sizes, Precision precision) throws IOException {
    List<Integer> hidden =
        sizes.isEmpty()
            ? List.of()
            : List.of(sizes.split("/")).stream().map(Integer::valueOf).toList();
    RunSpec spec = spec(hidden, precision);
    Path path = directory.resolve("run");
    try (Dataset data = Dataset.open(spec.data(), spec.seed())) {
      assertThat(data.validation().rows()).isZero();
      RunDirectory run = RunDirectory.create(path, false);
      TrainedRun trained = run.train(spec, data, List.of(), Recording.DEFAULT);
      List<DenseNetwork> members = new ArrayList<>();
      assertThat(run.members()).hasSize(MEMBERS);
      for (RunDirectory member : run.members()) {
        SavedModel one = SavedModel.load(member.model());
        members.add(new DenseNetwork(one.shape(), one.network().activations(), one.parameters()));
        assertThat(member.metrics()).exists();
        assertThat(member.read().isDone()).isTrue();
      }
      SavedModel saved = SavedModel.load(run.model());
      OpenedModel stock =
          OpenedModel.of(run.model(), ModelGuard.STRICT.withoutUpdater().check(run.model()));
      double[] features = new double[data.test().features()];
      double error = precision == Precision.DOUBLE ? 1e-12 : 1e-5;
      for (int row = 0; row < data.test().rows(); row++) {
        data.test().features(row, features, 0);
        double mean = 0;
        for (DenseNetwork member : members) {
          mean += logit(member.probability(features)) / MEMBERS;
        }
        double merged = saved.predictor().probability(features);
        assertThat(logit(merged)).isCloseTo(mean, within(error * (1 + Math.abs(mean))));
        assertThat(
                stock
                    .network()
                    .output(Nd4j.create(new double[][] {features}).castTo(precision.dl4j()))
                    .getDouble(0))
            .isCloseTo(merged, within(1e-5));
      }
      assertThat(trained.result().test().rows()).isEqualTo(data.test().rows());
      assertThat(trained.result().validation().rows()).isEqualTo(data.train().rows());
      assertThat(trained.result().notices())
          .anyMatch(notice -> notice.contains("foretold by it alone"));
      assertThat(run.read().result().symmetry() == null).isEqualTo(hidden.isEmpty());
      assertThat(run.read().spec().budget().members()).isEqualTo(MEMBERS);
    }
  }

  @Test
  void everyRowIsHeldOutOnceAndMembersDiffer() {
    RunSpec spec = spec(List.of(3), Precision.FLOAT);
    try (Dataset data = Dataset.open(spec.data(), 1)) {
      List<Long> heldOut = new ArrayList<>();
      List<Integer> positives = new ArrayList<>();
      List<Integer> trained = new ArrayList<>();
      for (Dataset part : new Members(ResolvedRun.of(spec, data)).parts()) {
        EncodedRows rows = part.validation();
        int ones = 0;
        for (int row = 0; row < rows.rows(); row++) {
          heldOut.add(rows.line(row));
          ones += rows.label(row);
        }
        positives.add(ones);
        trained.add(part.train().rows());
        assertThat(part.train().rows() + rows.rows()).isEqualTo(data.train().rows());
      }
      List<Long> all = new ArrayList<>();
      for (int row = 0; row < data.train().rows(); row++) {
        all.add(data.train().line(row));
      }
      assertThat(heldOut).containsExactlyInAnyOrderElementsOf(all);
      assertThat(Collections.max(positives) - Collections.min(positives)).isLessThan(2);
      assertThat(Collections.max(trained) - Collections.min(trained)).isLessThan(3);
    }
  }

  @Test
  void whatIsRepeatedAndWhatGoesOnEndsTheSame() throws IOException {
    RunSpec spec = spec(List.of(4), Precision.FLOAT);
    try (Dataset data = Dataset.open(spec.data(), spec.seed())) {
      RunDirectory whole = RunDirectory.create(directory.resolve("whole"), false);
      TrainedRun expected = whole.train(spec, data, List.of(), Recording.DEFAULT);
      assertThat(Trainer.run(spec, data, List.of()).bestParameters())
          .isEqualTo(expected.bestParameters());
      RunDirectory again = RunDirectory.create(directory.resolve("again"), false);
      again.train(whole.read().spec(), data, List.of(), Recording.DEFAULT);
      assertThat(SavedModel.load(again.model()).parameters()).isEqualTo(expected.bestParameters());

      Interruption interruption = new Interruption();
      interruption.request();
      RunDirectory cut = RunDirectory.create(directory.resolve("cut"), false);
      TrainedRun begun =
          cut.train(ResolvedRun.of(spec, data), List.of(), Recording.DEFAULT, interruption);
      assertThat(begun.result().stopped()).isEqualTo(StopReason.INTERRUPTED);
      assertThat(cut.members()).hasSize(1);
      TrainedRun ended = cut.resume(data, List.of());
      assertThat(ended.bestParameters()).isEqualTo(expected.bestParameters());
      assertThat(cut.read().isDone()).isTrue();
      assertThatThrownBy(() -> cut.resume(data, List.of()))
          .hasMessageContaining("expected a run that was interrupted");
    }
  }

  @Test
  void aRunThatReplacesAnotherLeavesNoneOfItsMembers() throws IOException {
    RunSpec spec = spec(List.of(2), Precision.FLOAT);
    Path path = directory.resolve("replaced");
    try (Dataset data = Dataset.open(spec.data(), spec.seed())) {
      RunDirectory.create(path, false).train(spec, data, List.of(), Recording.DEFAULT);
      RunSpec two = spec.withBudget(spec.budget().withMembers(2));
      RunDirectory run = RunDirectory.create(path, true);
      run.train(two, data, List.of(), Recording.DEFAULT);
      assertThat(run.members()).hasSize(2);
      assertThat(path.resolve("member-3/model.zip")).doesNotExist();
    }
  }

  @Test
  void wholeGroupsAreHeldOut() throws IOException {
    Path file = directory.resolve("groups.csv");
    StringBuilder text = new StringBuilder("a,b,who,label\n");
    for (int i = 0; i < 120; i++) {
      text.append("%s,%s,p%d,%d%n".formatted(i * 7 % 31 / 8.0, i * 5 % 17, i / 4, i * 7 % 31 / 16));
    }
    Files.writeString(file, text);
    RunSpec run = spec(List.of(2), Precision.FLOAT);
    RunSpec grouped =
        run.withData(DataSpec.of(file.toString(), "label", "1")).with(Settings.GROUP, "who");
    try (Dataset data = Dataset.open(grouped.data(), 1)) {
      for (Dataset part : new Members(ResolvedRun.of(grouped, data)).parts()) {
        List<Integer> held = groups(part.validation());
        assertThat(held).isNotEmpty().doesNotContainAnyElementsOf(groups(part.train()));
      }
      assertThat(Trainer.run(grouped, data, List.of()).result().test().effectiveRows())
          .isEqualTo((double) groups(data.test()).stream().distinct().count());
    }
    RunSpec many = grouped.withBudget(grouped.budget().withMembers(40));
    try (Dataset data = Dataset.open(many.data(), 1)) {
      assertThatThrownBy(() -> new Members(ResolvedRun.of(many, data)))
          .hasMessageContaining("--members: expected at least as many groups as members");
    }
  }

  private static List<Integer> groups(EncodedRows rows) {
    return IntStream.range(0, rows.rows()).mapToObj(rows::group).toList();
  }

  @Test
  void tooFewRowsOfAClassAndAThresholdToBeChosenAreRefused() throws IOException {
    Path file = directory.resolve("few.csv");
    StringBuilder text = new StringBuilder("a,label\n");
    for (int i = 0; i < 30; i++) {
      text.append(i * 7 % 11 + "." + i + "," + (i < 3 ? 1 : 0) + "\n");
    }
    Files.writeString(file, text);
    RunSpec few = spec(List.of(2), Precision.FLOAT);
    RunSpec spec = few.withData(DataSpec.of(file.toString(), "label", null));
    try (Dataset data = Dataset.open(spec.data(), 1)) {
      assertThatThrownBy(() -> Trainer.run(spec, data, List.of()))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(
              "--members: expected at least as many rows of each class as members, those for the"
                  + " test aside, found 2 rows of class 1 for 3 members");
    }
    RunSpec chosen =
        RunSpec.fromJson(
            "run.json",
            few.toJson().replaceFirst("\"threshold\" : \"?0\\.5\"?", "\"threshold\" : \"f1\""));
    assertThat(chosen.threshold()).isEqualTo("f1");
    try (Dataset data = Dataset.open(chosen.data(), 1)) {
      assertThatThrownBy(() -> Trainer.run(chosen, data, List.of()))
          .hasMessageContaining(
              "--threshold f1: expected rows that no member is trained on, found none");
    }
  }
}

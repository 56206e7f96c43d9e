package org.symbreak.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Fold;
import org.symbreak.network.Activation;
import org.symbreak.problem.InputException;
import org.symbreak.random.Streams;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Setting;
import org.symbreak.setting.Settings;

/** With workers that make the losses up, so that what must be recommended is known. */
class AdvisorTest {
  @TempDir private Path directory;
  private RunSpec base;
  private final List<RunTask> done = new ArrayList<>();

  @BeforeEach
  void data() throws IOException {
    base =
        Defaults.run(
            DataSpec.of(Moons.write(directory.resolve("moons.csv"), 60).toString(), null, null));
  }

  @Test
  void findsTheSettingThatIsBestAndSpendsNoMoreThanAllowed() throws IOException {
    Advisor advisor = advisor(300);
    Advice advice = advise(advisor, spec -> isWideAndFlat(spec) ? 0.1 : 0.4);
    assertThat(advice.recommended()).startsWith("hidden 64, activation relu, init he");
    assertThat(advice.usual()).isFalse();
    assertThat(advice.command())
        .startsWith("symbreak train ")
        .contains("--hidden 64")
        .contains("--test-fraction 0");
    assertThat(done.stream().mapToInt(task -> task.spec().budget().members()).sum())
        .isLessThanOrEqualTo(advisor.plannedRuns())
        .isGreaterThan(280);
    assertThat(advisor.plannedRuns()).isLessThanOrEqualTo(300);
    assertThat(advice.gain().mean()).isGreaterThan(0.25);
    assertThat(advice.sentences()).anyMatch(text -> text.endsWith("better beyond chance."));
  }

  /** The mean of members is no worse than their losses' mean, whatever they are. */
  @Test
  void aNetworkIsHandedOutAsMembersAndJudgedSo() throws IOException {
    Advice advice =
        advise(
            advisor(300),
            spec ->
                !spec.network().equals(base.network())
                    ? 0.4
                    : spec.budget().members() == 5 ? 0.2 : 0.3);
    assertThat(advice.recommended()).isEqualTo("the usual network");
    assertThat(advice.members()).isEqualTo(5);
    assertThat(advice.command()).contains("--members 5");
    assertThat(advice.loss().mean()).isBetween(0.19, 0.21);
    assertThat(advice.usualLoss().mean()).isBetween(0.29, 0.31);
    assertThat(advice.sentences())
        .anyMatch(text -> text.contains("5 members made one network"))
        .anyMatch(text -> text.startsWith("Gain over the usual network alone"));
  }

  /** What loses on rows that it had not seen is not recommended, whatever the search says. */
  @Test
  void whatDidWorseThanTheUsualNetworkBeyondChanceIsNotRecommended() throws IOException {
    Advice members =
        advise(
            advisor(300),
            spec ->
                !spec.network().equals(base.network())
                    ? 0.4
                    : spec.budget().members() == 5 ? 0.35 : 0.3);
    directory = directory.resolve("other");
    Advice setting =
        advise(
            advisor(300),
            spec -> isWideAndFlat(spec) ? spec.budget().members() == 5 ? 0.5 : 0.1 : 0.3);
    for (Advice advice : List.of(members, setting)) {
      assertThat(advice.gain().high()).isNegative();
      assertThat(advice.recommended()).isEqualTo("the usual network");
      assertThat(advice.usual()).isTrue();
      assertThat(advice.members()).isEqualTo(1);
      assertThat(advice.command()).doesNotContain("--members").doesNotContain("64");
      assertThat(advice.loss().mean()).isBetween(0.29, 0.31);
      assertThat(advice.sentences())
          .contains("Recommended: the usual network.")
          .anyMatch(text -> text.contains("did worse than the usual network alone beyond chance"))
          .anyMatch(text -> text.contains("worse beyond chance: so that is recommended"))
          .anyMatch(text -> text.contains("may be somewhat too low"))
          .noneMatch(text -> text.contains("is what it chose from all rows"))
          .noneMatch(text -> text.contains("no reason to leave it"));
    }
    assertThat(members.chosen()).containsOnlyKeys("the usual network");
    assertThat(setting.chosen()).doesNotContainKey("the usual network");
    assertThat(members.folds().get(0).loss()).isBetween(0.34, 0.36);
  }

  @Test
  void logisticRegressionIsHandedOutAlone() throws IOException {
    Advice advice = advise(advisor(300), spec -> spec.network().hidden().isEmpty() ? 0.2 : 0.3);
    assertThat(advice.recommended()).startsWith("logistic regression");
    assertThat(advice.members()).isEqualTo(1);
    assertThat(advice.command()).doesNotContain("--members");
    assertThat(advice.sentences()).noneMatch(text -> text.contains("members made one"));
  }

  @Test
  void membersNeedRowsOfEachClassAndNobodyWhoSaidHowMany() throws IOException {
    assertThat(Advisor.of(base, Set.of(), 150, 1, 0.01, null).members()).isEqualTo(5);
    assertThat(Advisor.of(base, Set.of(Settings.MEMBERS), 150, 1, 0.01, null).members())
        .isEqualTo(1);
    Path few = Moons.write(directory.resolve("few.csv"), 18);
    assertThat(
            Advisor.of(
                    base.withData(DataSpec.of(few.toString(), null, null)),
                    Set.of(),
                    150,
                    1,
                    0.01,
                    null)
                .members())
        .isEqualTo(1);
  }

  private static boolean isWideAndFlat(RunSpec spec) {
    return spec.network().hidden().equals(List.of(64))
        && spec.network().activations().toString().contains("relu");
  }

  @Test
  void theUsualNetworkIsKeptWhereNothingIsBetterBeyondOneStandardError() throws IOException {
    Selection selection =
        new Selection(
            new LinkedHashMap<>(
                Map.of(
                    base,
                    new double[] {0.300, 0.310, 0.290, 0.300},
                    base.withSeed(7),
                    new double[] {0.299, 0.312, 0.287, 0.300})),
            4);
    // 0.0005 above the lowest, with an error of 0.0016
    assertThat(selection.ranked().get(0)).isEqualTo(base.withSeed(7));
    assertThat(selection.of(base, base, 0.01)).isEqualTo(base);
    Advice advice =
        advise(
            advisor(200),
            spec -> spec.network().equals(base.network()) && !isWideAndFlat(spec) ? 0.3 : 0.32);
    assertThat(advice.recommended()).isEqualTo("the usual network");
    assertThat(advice.usual()).isTrue();
    assertThat(advice.sentences())
        .anyMatch(text -> text.contains("no reason to leave it"))
        .noneMatch(text -> text.contains("better beyond chance"));
  }

  @Test
  void logisticRegressionIsChosenWithinTheMarginAlone() {
    Selection selection =
        new Selection(
            new LinkedHashMap<>(
                Map.of(
                    base,
                    new double[] {0.6, 0.6, 0.6, 0.6},
                    base.withSeed(7),
                    new double[] {0.3, 0.3, 0.3, 0.3},
                    base.withSeed(8),
                    new double[] {0.30, 0.40, 0.26, 0.30})),
            4);
    RunSpec lowest = base.withSeed(7);
    RunSpec simple = base.withSeed(8);
    // 0.315 against 0.3, with an error of 0.045
    assertThat(selection.of(base, simple, 0.01)).isEqualTo(lowest);
    assertThat(selection.of(base, simple, 0.02)).isEqualTo(simple);
    assertThat(selection.of(simple, simple, 0.01)).isEqualTo(simple);
  }

  /** What judges a choice must not have been seen by it: told by folds of every run. */
  @Test
  void noChoiceSeesTheRowsThatJudgeIt() throws IOException {
    advise(advisor(300), spec -> 0.3);
    for (RunTask task : done) {
      List<Fold> folds = task.spec().data().rulings().folds();
      assertThat(folds).isNotEmpty();
      Fold last = folds.get(folds.size() - 1);
      boolean isJudging = folds.size() == 1 && last.parts() == Advisor.OUTER;
      boolean isSearching = last.parts() == Advisor.INNER;
      assertThat(isJudging || isSearching).isTrue();
      if (isSearching && folds.size() == 2) {
        assertThat(folds.get(0).parts()).isEqualTo(Advisor.OUTER);
      }
    }
  }

  /** A setting that is best without a fold, and bad on it, is what the promise is about. */
  @Test
  void thePromiseIsOfTheRowsThatJudge() throws IOException {
    Advice advice =
        advise(
            advisor(300),
            spec ->
                spec.data().rulings().folds().size() == 1
                        && spec.data().rulings().folds().get(0).parts() == Advisor.OUTER
                    ? 0.9
                    : isWideAndFlat(spec) ? 0.1 : 0.4);
    assertThat(advice.loss().mean()).isBetween(0.85, 0.95);
    assertThat(advice.candidates().get(0).loss()).isBetween(0.05, 0.15);
    assertThat(advice.newRows().low()).isLessThan(advice.loss().mean());
    assertThat(advice.newRows().newRows()).isEqualTo(12);
    assertThat(advice.sentences()).anyMatch(text -> text.startsWith("Expected log loss on new"));
  }

  @Test
  void whatIsGivenStaysAsItIs() throws IOException {
    RunSpec given = Settings.L2.with(Settings.HIDDEN.with(base, List.of(5)), 0.5);
    advise(
        new Advisor(
            given,
            Set.<Setting<?>>of(Settings.HIDDEN, Settings.L2),
            60,
            150,
            1,
            0.01,
            10,
            5,
            Map.of()),
        spec -> 0.3);
    assertThat(done)
        .allMatch(task -> task.spec().network().hidden().equals(List.of(5)))
        .allMatch(task -> task.spec().network().l2() == 0.5);
  }

  /** Weights of a hundredth carry nothing through sixteen layers; other beginnings do. */
  @Test
  void noRunIsSpentOnWhatStaysWhereItBegins() throws IOException {
    RunSpec deep =
        Settings.ACTIVATION.with(
            Settings.LEARNING_RATE.with(
                Settings.OPTIMIZER.with(
                    Settings.HIDDEN.with(base, Collections.nCopies(16, 8)), OptimizerSpec.Kind.SGD),
                0.1),
            List.of(Activation.TANH));
    Set<Setting<?>> given = Set.of(Settings.HIDDEN, Settings.OPTIMIZER, Settings.ACTIVATION);
    Advisor advisor = Advisor.of(deep, given, 400, 1, 0.01, null);
    Advice advice = advise(advisor, spec -> 0.3);
    assertThat(advice.leftOut()).isNotEmpty();
    assertThat(advice.leftOut())
        .allSatisfy(
            left -> {
              assertThat(left.name()).contains("init gaussian:0.01");
              assertThat(left.why()).contains("so small that 2000 steps");
            });
    assertThat(done)
        .isNotEmpty()
        .noneMatch(task -> task.spec().network().weights().toString().contains("gaussian:0.01"));
    assertThat(advice.sentences())
        .anyMatch(text -> text.startsWith("No run was spent on " + count(advice)));
    assertThat(advisor.description()).contains("; none on " + advice.leftOut().size());
    // others have taken their place
    assertThat(advice.settings()).isGreaterThan(15);
  }

  private static String count(Advice advice) {
    return advice.leftOut().size() == 1 ? "one" : Integer.toString(advice.leftOut().size());
  }

  @Test
  void whereAllCanBeginNothingIsLeftOut() throws IOException {
    Advisor advisor = Advisor.of(base, Set.of(), 300, 1, 0.01, null);
    Advice advice = advise(advisor, spec -> 0.3);
    assertThat(advisor.hopeless()).isEmpty();
    assertThat(advice.leftOut()).isEmpty();
    assertThat(advice.sentences()).noneMatch(text -> text.startsWith("No run was spent"));
    assertThat(advisor.description()).doesNotContain("none on");
  }

  @Test
  void goesOnWhereItStopped() throws IOException {
    Advice first = advise(advisor(120), spec -> 0.3);
    int runs = done.size();
    assertThat(advise(advisor(120), spec -> 0.3)).isEqualTo(first);
    assertThat(done).hasSize(runs);
  }

  @Test
  void tooFewRunsAndATestFileAreRefused() {
    assertThatThrownBy(() -> advisor(10))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--runs: expected at least 120, found 10");
    RunSpec tested = Settings.TEST.with(base, "other.csv");
    assertThatThrownBy(() -> new Advisor(tested, Set.of(), 60, 120, 1, 0.01, 10, 5, Map.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--test: expected nothing");
  }

  private Advisor advisor(int runs) {
    return new Advisor(base, Set.of(), 60, runs, 1, 0.01, 12, 5, Map.of());
  }

  private Advice advise(Advisor advisor, ToDoubleFunction<RunSpec> loss) throws IOException {
    return advisor.advise(
        new Experiment(directory.resolve("advise"), true), madeUp(loss), round -> {}, far -> {});
  }

  private Workers madeUp(ToDoubleFunction<RunSpec> loss) {
    return new Workers() {
      @Override
      public String description() {
        return "nobody";
      }

      @Override
      public int parallelism() {
        return 1;
      }

      @Override
      public void run(List<RunTask> tasks, Consumer<List<LedgerRow>> rows) {
        done.addAll(tasks);
        if (!tasks.isEmpty()) {
          rows.accept(
              tasks.stream().map(task -> row(task, loss.applyAsDouble(task.spec()))).toList());
        }
      }

      @Override
      public void close() {}
    };
  }

  private static LedgerRow row(RunTask task, double loss) {
    double noise = 0.001 * Streams.of(task.key().hashCode()).nextGaussian();
    Map<Column, String> cells = new HashMap<>();
    cells.put(Column.RUN, task.key());
    cells.put(Column.SEED, Long.toString(task.spec().seed()));
    cells.put(Column.FOLD, Column.FOLD.of(task.spec()).orElseThrow());
    cells.put(Column.TEST_LOG_LOSS, Double.toString(loss + noise));
    cells.put(Column.TRAIN_ROWS, "40");
    cells.put(Column.VALIDATION_ROWS, "8");
    cells.put(Column.TEST_ROWS, "12");
    cells.put(Column.TEST_LOSS_VARIANCE, "0.2");
    return LedgerRow.of(cells);
  }
}

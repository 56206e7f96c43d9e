package org.symbreak.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.data.DataSpec;
import org.symbreak.problem.InputException;
import org.symbreak.random.Streams;
import org.symbreak.training.Defaults;
import org.symbreak.training.RunSpec;

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
    // two layers of 32 from glorot are far better than anything else, plus noise by seed
    Advisor advisor = new Advisor(base, false, 1200, 3);
    Advice advice =
        advise(
            advisor,
            spec ->
                spec.network().hidden().equals(List.of(32, 32))
                        && spec.network().weights().toString().equals("glorot")
                    ? 0.1
                    : spec.network().hidden().isEmpty() ? 0.6 : 0.4);
    assertThat(advice.recommended()).startsWith("glorot, hidden 32/32, learning rate ");
    assertThat(advice.command()).startsWith("symbreak train ").contains("--hidden 32/32");
    assertThat(done)
        .hasSize(advisor.plannedRuns())
        .hasSizeLessThanOrEqualTo(1200)
        .hasSizeGreaterThan(1100);
    assertThat(advice.runs()).isEqualTo(done.size());
    assertThat(advice.rounds().get(0).seeds()).isEqualTo(1);
    assertThat(advice.rounds()).isSortedAccordingTo((a, b) -> b.settings() - a.settings());
    assertThat(advice.sentences())
        .anyMatch(
            sentence ->
                sentence.startsWith("Worse than the best beyond chance: ")
                    && sentence.contains("logistic regression"));
  }

  @Test
  void whatIsNoBetterThanSomethingSimplerIsNotRecommended() throws IOException {
    Advice advice = advise(new Advisor(base, false, 200, 1), spec -> 0.3);
    assertThat(advice.recommended()).startsWith("logistic regression");
    assertThat(advice.command()).contains("--hidden none");
    assertThat(advice.sentences())
        .anyMatch(
            sentence ->
                sentence.startsWith(
                    "Not shown to be better than what is recommended, and no simpler: "));
  }

  @Test
  void theLastRoundHasSeedsThatTheSearchHasNotSeen() throws IOException {
    Advice advice = advise(new Advisor(base, true, 100, 1), spec -> 0.3);
    int searched =
        done.size() - advice.comparison().seeds() * advice.comparison().initializations().size();
    assertThat(done.subList(0, searched)).allMatch(task -> task.spec().seed() <= 64);
    assertThat(done.subList(searched, done.size())).allMatch(task -> task.spec().seed() > 1000);
    assertThat(done)
        .filteredOn(task -> !task.spec().network().hidden().isEmpty())
        .allMatch(task -> task.spec().network().hidden().equals(List.of(16)));
  }

  @Test
  void goesOnWhereItStopped() throws IOException {
    Advisor advisor = new Advisor(base, false, 100, 1);
    Advice first = advise(advisor, spec -> 0.3);
    int runs = done.size();
    assertThat(advise(advisor, spec -> 0.3)).isEqualTo(first);
    assertThat(done).hasSize(runs);
  }

  @Test
  void tooFewRunsAreRefused() {
    assertThatThrownBy(() -> new Advisor(base, false, 10, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--runs: expected at least 80, found 10");
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
        rows.accept(
            tasks.stream().map(task -> row(task, loss.applyAsDouble(task.spec()))).toList());
      }

      @Override
      public void close() {}
    };
  }

  private static LedgerRow row(RunTask task, double loss) {
    RunSpec spec = task.spec();
    double noise = 0.01 * Streams.of(spec.seed(), task.key().hashCode()).nextGaussian();
    Map<Column, String> cells = new EnumMap<>(Column.class);
    cells.put(Column.RUN, task.key());
    cells.put(Column.INITIALIZATION, spec.network().weights().toString());
    cells.put(
        Column.HIDDEN,
        String.join("/", spec.network().hidden().stream().map(Object::toString).toList()));
    cells.put(Column.LEARNING_RATE, Double.toString(spec.optimizer().learningRate()));
    cells.put(Column.BUDGET, "1");
    cells.put(Column.SEED, Long.toString(spec.seed()));
    cells.put(Column.TARGET_LOSS, "0.3");
    cells.put(Column.VALIDATION_LOG_LOSS, Double.toString(loss + noise));
    return LedgerRow.of(cells);
  }
}

package org.symbreak.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.data.EncodedRows;
import org.symbreak.engine.TestRows;
import org.symbreak.init.Initializations;
import org.symbreak.model.SavedModel;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.optimizer.StopReason;
import org.symbreak.problem.InputException;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.setting.OptimizerSpec.Decay;
import org.symbreak.setting.OptimizerSpec.Kind;
import org.symbreak.setting.RunSpec;
import org.symbreak.watch.LookSchedule;
import org.symbreak.watch.RunLook;
import org.symbreak.watch.RunObserver;
import org.symbreak.watch.RunProgress;

class RunDirectoryTest {
  @TempDir private Path directory;
  private Path csv;

  @BeforeEach
  void writeData() throws IOException {
    csv = directory.resolve("disc.csv");
    Files.write(csv, lines(TestRows.disc(120, 1)));
  }

  private static List<String> lines(TestRows rows) {
    StringBuilder text = new StringBuilder("x1,x2,label\n");
    for (int i = 0; i < rows.rows(); i++) {
      text.append(rows.x()[i][0])
          .append(',')
          .append(rows.x()[i][1])
          .append(',')
          .append(rows.y()[i])
          .append('\n');
    }
    return text.toString().lines().toList();
  }

  private RunSpec spec(Kind kind, int batchSize, String engine) {
    NetworkSpec usual = Defaults.network();
    NetworkSpec network =
        new NetworkSpec(
            List.of(5),
            usual.activations(),
            Initializations.parseLayers("gaussian:0.3"),
            usual.biases(),
            0.001,
            Precision.FLOAT);
    return new RunSpec(
        DataSpec.of(csv.toString(), "label", "1"),
        network,
        new OptimizerSpec(kind, 0.05, 0.9, Decay.NONE),
        new BudgetSpec(40, batchSize, true, 20, true),
        "f1",
        7,
        engine,
        1);
  }

  private static final Recording THIRD_STEPS = new Recording(new LookSchedule(3), 30);

  @Test
  void aRunIsSavedReadBackAndPredictsTheSame() throws IOException {
    RunSpec spec = spec(Kind.ADAM, BudgetSpec.FULL_BATCH, "auto");
    RunDirectory run = RunDirectory.create(directory.resolve("models"), spec);
    assertThat(run.path().getFileName()).hasToString("disc-gaussian-0.3-7");
    try (Dataset data = Dataset.open(spec.data(), spec.seed())) {
      TrainedRun trained =
          run.train(spec, data, List.of(), new Recording(new LookSchedule(10), 30));
      RunRecord record = RunDirectory.open(run.path()).read();
      assertThat(record.spec()).isEqualTo(trained.spec());
      assertThat(record.result()).isEqualTo(trained.result());
      assertThat(record.dataHash()).isEqualTo(data.sha256());
      assertThat(record.result().model()).isEqualTo(run.model().toString());
      assertThat(run.checkpoint()).doesNotExist();
      assertThat(Files.readAllLines(run.metrics())).hasSize(1 + 5);
      SavedModel model = SavedModel.load(run.model());
      assertThat(model.parameters()).isEqualTo(trained.bestParameters());
      assertThat(model.threshold()).isEqualTo(trained.result().threshold());
      assertThat(accuracy(model, data.test())).isEqualTo(trained.result().test().accuracy());
    }
    assertThat(RunDirectory.create(directory.resolve("models"), spec).path().getFileName())
        .hasToString("disc-gaussian-0.3-7-2");
  }

  private static double accuracy(SavedModel model, EncodedRows rows) {
    int right = 0;
    double[] features = new double[rows.features()];
    for (int row = 0; row < rows.rows(); row++) {
      rows.features(row, features, 0);
      right +=
          (model.predictor().probability(features) >= model.threshold() ? 1 : 0) == rows.label(row)
              ? 1
              : 0;
    }
    return (double) right / rows.rows();
  }

  static Stream<Arguments> ways() {
    return Stream.of("dl4j", "fused")
        .flatMap(
            engine ->
                Stream.of(
                    Arguments.of(Kind.ADAM, 16, engine),
                    Arguments.of(Kind.NESTEROV, BudgetSpec.FULL_BATCH, engine),
                    Arguments.of(Kind.SGD, 7, engine),
                    Arguments.of(Kind.LBFGS, BudgetSpec.FULL_BATCH, engine),
                    Arguments.of(Kind.CG, BudgetSpec.FULL_BATCH, engine)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anInterruptedRunEndsAsIfItHadNotBeen(Kind kind, int batchSize, String engine)
      throws IOException {
    RunSpec spec = spec(kind, batchSize, engine);
    RunDirectory whole = RunDirectory.create(directory.resolve("whole"), false);
    RunDirectory parts = RunDirectory.create(directory.resolve("parts"), false);
    try (Dataset data = Dataset.open(spec.data(), spec.seed())) {
      TrainedRun undisturbed = whole.train(spec, data, List.of(), THIRD_STEPS);
      InterruptedAt first = new InterruptedAt(4);
      TrainedRun run =
          parts.train(ResolvedRun.of(spec, data), List.of(first), THIRD_STEPS, first.interruption);
      int parted = 0;
      while (run.result().stopped() == StopReason.INTERRUPTED) {
        parted++;
        assertThat(parts.checkpoint()).exists();
        assertThat(SavedModel.load(parts.model()).parameters()).isEqualTo(run.bestParameters());
        // what a killed process may leave: rows after its checkpoint, the last one not to its end
        Files.writeString(
            parts.metrics(), "100000,9,0.5,,8\n100001,9,0.", StandardOpenOption.APPEND);
        InterruptedAt next =
            new InterruptedAt(
                run.result().iterations() + (batchSize == BudgetSpec.FULL_BATCH ? 7 : 29));
        run =
            parts.resume(
                ResolvedRun.of(parts.read().spec(), data), List.of(next), next.interruption);
      }
      assertThat(parted).isGreaterThan(1);
      assertThat(run.lastParameters()).isEqualTo(undisturbed.lastParameters());
      assertThat(run.bestParameters()).isEqualTo(undisturbed.bestParameters());
      assertThat(run.bestUpdaterState()).isEqualTo(undisturbed.bestUpdaterState());
      assertThat(run.result())
          .usingRecursiveComparison()
          .ignoringFields("seconds", "model")
          .isEqualTo(undisturbed.result());
      assertThat(Files.readAllLines(parts.metrics()))
          .isEqualTo(Files.readAllLines(whole.metrics()));
    }
  }

  /** Ends a run at its first pause from an iteration on. */
  private static final class InterruptedAt implements RunObserver {
    private final Interruption interruption = new Interruption();
    private final long iteration;

    InterruptedAt(long iteration) {
      this.iteration = iteration;
    }

    @Override
    public boolean looksAt(long looked) {
      return false;
    }

    @Override
    public void observe(RunLook look) {}

    @Override
    public void progress(RunProgress progress) {
      if (progress.iteration() >= iteration) {
        interruption.request();
      }
    }
  }

  @Test
  void aRunGoesOnOnlyWithItsOwnDataAndDescription() throws IOException {
    RunSpec spec = spec(Kind.ADAM, 16, "fused");
    RunDirectory run = RunDirectory.create(directory.resolve("run"), false);
    try (Dataset data = Dataset.open(spec.data(), spec.seed())) {
      InterruptedAt early = new InterruptedAt(1);
      run.train(ResolvedRun.of(spec, data), List.of(early), THIRD_STEPS, early.interruption);
    }
    Files.write(csv, lines(TestRows.disc(120, 2)));
    try (Dataset other = Dataset.open(spec.data(), spec.seed())) {
      assertThatThrownBy(() -> run.resume(other, List.of()))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("the data have SHA-256 " + other.sha256());
    }
    Files.write(csv, lines(TestRows.disc(120, 1)));
    Files.writeString(
        run.runJson(),
        Files.readString(run.runJson())
            .replace("\"learningRate\" : 0.05", "\"learningRate\" : 0.5"));
    try (Dataset data = Dataset.open(spec.data(), spec.seed())) {
      assertThatThrownBy(() -> run.resume(data, List.of()))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("optimizer.learningRate is 0.5 instead of 0.05");
    }
  }

  @Test
  void aRunThatIsDoneIsNotGoneOnWith() {
    RunSpec spec = spec(Kind.SGD, BudgetSpec.FULL_BATCH, "fused");
    RunDirectory run = RunDirectory.create(directory.resolve("run"), false);
    try (Dataset data = Dataset.open(spec.data(), spec.seed())) {
      run.train(spec, data, List.of(), Recording.DEFAULT);
      assertThatThrownBy(() -> run.resume(data, List.of()))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("one that has ended: all");
    }
  }

  @Test
  void aRunIsReplacedOnlyByForce() throws IOException {
    RunDirectory run = new RunDirectory(Files.createDirectory(directory.resolve("run")));
    Files.writeString(run.runJson(), "{}");
    Files.writeString(run.path().resolve("notes.txt"), "mine");
    assertThatThrownBy(() -> RunDirectory.create(run.path(), false))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--force");
    RunDirectory.create(run.path(), true);
    assertThat(run.runJson()).doesNotExist();
    assertThat(run.path().resolve("notes.txt")).exists();
  }

  @Test
  void aThousandThreadsMakeAThousandDirectories() throws Exception {
    RunSpec spec = spec(Kind.ADAM, BudgetSpec.FULL_BATCH, "auto");
    Path models = directory.resolve("models");
    Set<Path> made = new HashSet<>();

    for (Optional<Path> one : race(1000, () -> RunDirectory.create(models, spec).path())) {
      made.add(one.orElseThrow());
    }

    assertThat(made).hasSize(1000).allSatisfy(path -> assertThat(path).isDirectory());
  }

  @Test
  void aDirectoryOfAChosenNameIsHadByOne() throws Exception {
    for (int round = 0; round < 20; round++) {
      Path path = directory.resolve("run-" + round);

      List<Optional<Path>> made = race(8, () -> RunDirectory.create(path, false).path());

      assertThat(made.stream().filter(Optional::isPresent)).hasSize(1);
    }
  }

  /** What each of many threads at once gets; nothing where it is refused. */
  private static List<Optional<Path>> race(int threads, Callable<Path> step) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(16);
    try {
      List<Callable<Optional<Path>>> steps =
          Collections.nCopies(
              threads,
              () -> {
                try {
                  return Optional.of(step.call());
                } catch (InputException e) {
                  return Optional.empty();
                }
              });
      List<Optional<Path>> results = new ArrayList<>();
      for (Future<Optional<Path>> result : pool.invokeAll(steps)) {
        results.add(result.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void whileARunIsTrainedNobodyElseTouchesIt() throws IOException {
    RunSpec spec = spec(Kind.ADAM, 16, "fused");
    RunDirectory run = RunDirectory.create(directory.resolve("run"), false);
    List<String> refusals = new ArrayList<>();
    try (Dataset data = Dataset.open(spec.data(), spec.seed());
        Dataset again = Dataset.open(spec.data(), spec.seed())) {
      RunObserver meddler =
          new RunObserver() {
            @Override
            public boolean looksAt(long iteration) {
              return iteration == 5;
            }

            @Override
            public void observe(RunLook look) {
              if (look.iteration() != 5) {
                return;
              }
              for (Runnable step :
                  List.<Runnable>of(
                      () -> RunDirectory.open(run.path()).resume(again, List.of()),
                      () -> RunDirectory.create(run.path(), true),
                      () -> new RunDirectory(run.path()).train(spec, again, List.of(), null))) {
                try {
                  step.run();
                  refusals.add("none");
                } catch (InputException e) {
                  refusals.add(e.getMessage());
                }
              }
            }
          };
      run.train(spec, data, List.of(meddler), THIRD_STEPS);
    }
    assertThat(refusals)
        .hasSize(3)
        .allSatisfy(refusal -> assertThat(refusal).contains("is trained by this process"));
    assertThat(SavedModel.load(run.model())).isNotNull();
    assertThat(run.read().isDone()).isTrue();
    RunDirectory.create(run.path(), true); // afterwards it may be replaced
  }

  @Test
  void filesOfNoRunAreNeverLost() throws IOException {
    Path sweep = Files.createDirectory(directory.resolve("sweep"));
    Files.writeString(sweep.resolve("report.html"), "a sweep's");
    Files.writeString(sweep.resolve("metrics.csv"), "somebody's");
    for (boolean force : new boolean[] {false, true}) {
      assertThatThrownBy(() -> RunDirectory.create(sweep, force))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("metrics.csv, report.html");
    }
    assertThat(sweep.resolve("report.html")).hasContent("a sweep's");
    assertThat(sweep.resolve("metrics.csv")).hasContent("somebody's");
  }

  @ParameterizedTest
  @ValueSource(strings = {"de-DE", "ar-EG", "th-TH-u-nu-thai"})
  void aRunIsNamedTheSameInEveryCountry(String country) {
    RunSpec spec = spec(Kind.ADAM, 16, "auto");
    Locale usual = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(country));
      assertThat(RunDirectory.usual(directory, spec).getFileName())
          .hasToString("disc-gaussian-0.3-7");
    } finally {
      Locale.setDefault(usual);
    }
  }

  @Test
  void whatIsNoRunIsRefused() {
    assertThatThrownBy(() -> RunDirectory.open(directory))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("run.json");
    assertThatThrownBy(() -> RunDirectory.open(directory.resolve("nowhere")))
        .isInstanceOf(InputException.class);
  }
}

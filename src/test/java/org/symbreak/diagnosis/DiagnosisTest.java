package org.symbreak.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.diagnosis.RunFinding.Kind;
import org.symbreak.engine.TestRows;
import org.symbreak.init.Initializations;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.random.Streams;
import org.symbreak.run.RunResult;
import org.symbreak.run.Trainer;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.setting.OptimizerSpec.Decay;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Settings;

/** Each finding from a run that causes it, and not from one that is the same but for the cause. */
class DiagnosisTest {
  private static final TestRows DISC = TestRows.disc(120, 1);
  private static final TestRows OTHER_DISC = TestRows.disc(120, 2);
  private static final TestRows LINEAR = TestRows.linear(120, 2, 3);
  private static final TestRows OTHER_LINEAR = TestRows.linear(120, 2, 4);

  /** A run, and others that are the same but for a few settings. */
  private static final class Run implements Cloneable {
    private TestRows train = DISC;
    private TestRows validation = new TestRows(new double[0][], new int[0]);
    private TestRows test = OTHER_DISC;
    private String hidden = "8";
    private Activation activation = Activation.TANH;
    private String weights = "glorot";
    private String biases = "zeros";
    private OptimizerSpec.Kind kind = OptimizerSpec.Kind.ADAM;
    private double rate = 0.05;
    private int epochs = 1200;
    private boolean early;
    private boolean balanced;
    private double l2 = 1e-4;

    static Run usual() {
      return new Run();
    }

    private Run but(Consumer<Run> change) {
      try {
        Run other = (Run) clone();
        change.accept(other);
        return other;
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }

    Run rows(TestRows toTrain, TestRows toTest) {
      return but(
          run -> {
            run.train = toTrain;
            run.test = toTest;
          });
    }

    Run validation(TestRows rows) {
      return but(
          run -> {
            run.validation = rows;
            run.early = true;
          });
    }

    Run hidden(String layers) {
      return but(run -> run.hidden = layers);
    }

    Run start(Activation with, String from, String biasesFrom) {
      return but(
          run -> {
            run.activation = with;
            run.weights = from;
            run.biases = biasesFrom;
          });
    }

    Run by(OptimizerSpec.Kind optimizer, double at, int steps) {
      return but(
          run -> {
            run.kind = optimizer;
            run.rate = at;
            run.epochs = steps;
          });
    }

    Run balancedClasses() {
      return but(run -> run.balanced = true);
    }

    RunResult result() {
      List<Integer> layers =
          hidden.isEmpty()
              ? List.of()
              : Stream.of(hidden.split("/")).map(Integer::valueOf).toList();
      NetworkSpec network =
          new NetworkSpec(
              layers,
              List.of(activation),
              Initializations.parseLayers(weights),
              Initializations.parseLayers(biases),
              l2,
              Precision.DOUBLE);
      RunSpec spec =
          new RunSpec(
              DataSpec.of("rows.csv", "label", null),
              network,
              new OptimizerSpec(kind, rate, 0.9, Decay.NONE),
              new BudgetSpec(epochs, BudgetSpec.FULL_BATCH, early, early ? 50 : 1, balanced),
              "0.5",
              1,
              "fused",
              1);
      try (Dataset data =
          Dataset.ofArrays(
              train.x(), train.y(), validation.x(), validation.y(), test.x(), test.y())) {
        return Trainer.run(spec, data, List.of()).result();
      }
    }

    List<RunFinding> findings() {
      return result().findings();
    }
  }

  private record Case(Kind kind, Run causing, Run sparing) {
    @Override
    public String toString() {
      return kind.toString();
    }
  }

  private static Stream<Case> cases() {
    Run usual = Run.usual();
    Run linear = usual.rows(LINEAR, OTHER_LINEAR).hidden("");
    TestRows rare = rare(1000, 5);
    Run onRare = usual.rows(rare, rare(1000, 6)).hidden("").by(OptimizerSpec.Kind.ADAM, 0.05, 600);
    Run noise =
        usual.rows(shuffled(TestRows.linear(60, 8, 5)), shuffled(TestRows.linear(60, 8, 6)));
    Run signal = usual.rows(TestRows.linear(60, 8, 5), TestRows.linear(60, 8, 6));
    return Stream.of(
        new Case(
            Kind.NOT_FINITE,
            usual.by(OptimizerSpec.Kind.SGD, 1e300, 400),
            usual.by(OptimizerSpec.Kind.SGD, 0.1, 400)),
        new Case(
            Kind.LOSS_ROSE,
            usual.by(OptimizerSpec.Kind.SGD, 1e4, 400),
            usual.by(OptimizerSpec.Kind.SGD, 0.1, 400)),
        new Case(Kind.SAME_UNITS, usual.start(Activation.TANH, "zeros", "zeros"), usual),
        new Case(
            Kind.DEAD_UNITS,
            usual.start(Activation.RELU, "glorot", "constant:-100"),
            usual.start(Activation.RELU, "he", "zeros").by(OptimizerSpec.Kind.ADAM, 0.005, 400)),
        // units that are as flat, and have learned all the same, are no fault
        new Case(
            Kind.SATURATED_UNITS,
            usual
                .start(Activation.TANH, "gaussian:1000/glorot", "zeros")
                .by(OptimizerSpec.Kind.SGD, 1e-4, 20),
            usual
                .rows(LINEAR, OTHER_LINEAR)
                .start(Activation.TANH, "gaussian:1000/glorot", "zeros")),
        new Case(
            Kind.LARGE_START,
            usual
                .start(Activation.RELU, "gaussian:100", "zeros")
                .by(OptimizerSpec.Kind.SGD, 1e-9, 20),
            usual.start(Activation.RELU, "glorot", "zeros").by(OptimizerSpec.Kind.SGD, 1e-9, 20)),
        new Case(
            Kind.FADED_SIGNALS,
            usual
                .hidden("8/8/8/8")
                .start(Activation.TANH, "gaussian:0.01", "zeros")
                .by(OptimizerSpec.Kind.SGD, 0.1, 100),
            usual.hidden("8/8/8/8").by(OptimizerSpec.Kind.SGD, 0.1, 100)),
        new Case(
            Kind.STILL_FALLING,
            linear.by(OptimizerSpec.Kind.SGD, 0.01, 100),
            linear.by(OptimizerSpec.Kind.SGD, 0.5, 1000)),
        new Case(
            Kind.NOTHING_LEARNED,
            usual.hidden("").by(OptimizerSpec.Kind.LBFGS, 1, 100),
            usual.by(OptimizerSpec.Kind.LBFGS, 1, 100)),
        new Case(
            Kind.FIRST_WEIGHTS,
            linear.validation(turned(OTHER_LINEAR)),
            linear.validation(OTHER_LINEAR)),
        new Case(Kind.ONE_CLASS, linear.rows(LINEAR, ofClass(OTHER_LINEAR, 0)), linear),
        new Case(Kind.ONE_CALL, onRare, onRare.balancedClasses()),
        new Case(Kind.NOTHING_CARRIES_OVER, noise, signal),
        new Case(Kind.PROBABILITIES_OFF, onRare.balancedClasses(), onRare));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isFoundWhereItIsAndNowhereElse(Case tried) {
    List<RunFinding> found = tried.causing.findings();
    assertThat(found).extracting(RunFinding::kind).contains(tried.kind);
    assertThat(found).hasSizeLessThanOrEqualTo(3);
    assertThat(found)
        .allSatisfy(
            finding -> {
              assertThat(finding.evidence()).containsPattern("\\d");
              assertThat(finding.sentence()).doesNotEndWith(".").contains(". Try ");
            });
    assertThat(tried.sparing.findings()).extracting(RunFinding::kind).doesNotContain(tried.kind);
  }

  @Test
  void everyFindingIsTried() {
    assertThat(cases().map(Case::kind)).containsExactlyInAnyOrder(Kind.values());
  }

  @Test
  void ofARunThatWentWellNothingIsSaid() {
    assertThat(Run.usual().findings()).isEmpty();
  }

  @Test
  void whatItsFirstGradientForetoldIsSaidOfAStuckRun() {
    Run zeros = Run.usual().start(Activation.TANH, "zeros", "zeros");
    assertThat(zeros.findings().get(0).evidence())
        .contains(
            ", as was to be foretold from the first weights: every weight's gradient is exactly 0,"
                + " so that the first layer keeps its 1 distinct unit of 8");
    Run deep =
        Run.usual()
            .hidden("8/8/8/8")
            .start(Activation.TANH, "gaussian:0.01", "zeros")
            .by(OptimizerSpec.Kind.SGD, 0.1, 100);
    assertThat(deep.findings().get(0).evidence())
        .contains("so small that 100 steps do not move the weights of any layer by 1 %");
  }

  /** The law names a step; until then the run is stuck, and behind it no more. */
  @Test
  void whereTheEscapeLawForetellsALongerPlateauTheStepIsSaid() {
    Run small =
        Run.usual().rows(LINEAR, OTHER_LINEAR).start(Activation.TANH, "gaussian:0.0001", "zeros");
    List<RunFinding> early = small.by(OptimizerSpec.Kind.SGD, 0.1, 20).findings();
    assertThat(early.get(0).evidence()).contains("by the escape law of small weights");
    Matcher step = Pattern.compile("at about step (\\d+)").matcher(early.get(0).evidence());
    assertThat(step.find()).isTrue();
    int end = Integer.parseInt(step.group(1));
    assertThat(end).isBetween(21, 1000);
    assertThat(small.by(OptimizerSpec.Kind.SGD, 0.1, 2 * end).findings())
        .noneMatch(finding -> finding.evidence().contains("foretold"));
  }

  /** On the plateau after three steps, which no law says: its weights are not small. */
  @Test
  void whatNoLawForetoldIsNotSaidToHaveBeen() {
    List<RunFinding> found = Run.usual().by(OptimizerSpec.Kind.SGD, 0.1, 3).findings();
    assertThat(found).extracting(RunFinding::kind).contains(Kind.NOTHING_LEARNED);
    assertThat(found).noneMatch(finding -> finding.evidence().contains("foretold"));
  }

  /** Too few steps of logistic regression: neither units nor a smaller start are spoken of. */
  @Test
  void namesNoCauseThatWasNotMeasured() {
    String found =
        Run.usual()
            .rows(LINEAR, OTHER_LINEAR)
            .hidden("")
            .by(OptimizerSpec.Kind.SGD, 0.01, 100)
            .findings()
            .stream()
            .map(RunFinding::sentence)
            .collect(Collectors.joining(" "));
    assertThat(found)
        .contains("more --epochs or a larger --learning-rate")
        .doesNotContain("units")
        .doesNotContain("--init");
  }

  /** What dies on the way is the rate's doing, what is dead from the start the start's. */
  @Test
  void tellsWhatBeganFromWhatCameOfTraining() {
    Run relu = Run.usual().start(Activation.RELU, "he", "zeros");
    RunFinding began =
        only(Kind.DEAD_UNITS, relu.start(Activation.RELU, "glorot", "constant:-100"));
    assertThat(began.remedy()).startsWith("--bias-init zeros");
    assertThat(began.evidence())
        .contains("100.0 % of the units of layer 1", "(100.0 % at the first");
    RunFinding died = only(Kind.DEAD_UNITS, relu.by(OptimizerSpec.Kind.SGD, 100, 50));
    assertThat(died.remedy()).startsWith("a smaller --learning-rate (now 100.0)");
    assertThat(died.evidence()).contains("(0.0 % at the first weights)");
  }

  /**
   * Two units of this run are alike where it ends, and differ where its weights are kept: what is
   * said of units is said of the kept ones, as the table beside it.
   */
  @Test
  void speaksOfTheUnitsThatAreKept() {
    RunSpec spec =
        Defaults.run(DataSpec.of("data/breast-cancer.csv", "diagnosis", "malignant"))
            .with(Settings.INIT, Initializations.parseLayers("gaussian:0.01"));
    try (Dataset data = Dataset.open(spec.data(), spec.seed())) {
      RunResult result = Trainer.run(spec, data, List.of()).result();
      assertThat(result.bestIteration()).isLessThan(result.iterations());
      assertThat(result.symmetry().layers())
          .allSatisfy(
              layer ->
                  assertThat(layer.distinctUnitsWithinTolerance()).isEqualTo(layer.hiddenUnits()));
      assertThat(result.findings()).noneMatch(found -> found.kind() == Kind.SAME_UNITS);
    }
  }

  private static RunFinding only(Kind kind, Run run) {
    return run.findings().stream()
        .filter(finding -> finding.kind() == kind)
        .findFirst()
        .orElseThrow();
  }

  /** One row in thirty is positive, and lies higher by two standard deviations. */
  private static TestRows rare(int rows, long seed) {
    RandomGenerator random = Streams.of(seed, 79);
    double[][] x = new double[rows][1];
    int[] y = new int[rows];
    for (int row = 0; row < rows; row++) {
      y[row] = row % 30 == 0 ? 1 : 0;
      x[row][0] = random.nextGaussian() + 1.7 * y[row];
    }
    return new TestRows(x, y);
  }

  private static TestRows shuffled(TestRows rows) {
    RandomGenerator random = Streams.of(1, 80);
    return new TestRows(
        rows.x(), IntStream.range(0, rows.rows()).map(row -> random.nextInt(2)).toArray());
  }

  private static TestRows turned(TestRows rows) {
    return new TestRows(rows.x(), Arrays.stream(rows.y()).map(label -> 1 - label).toArray());
  }

  private static TestRows ofClass(TestRows rows, int label) {
    int[] kept = IntStream.range(0, rows.rows()).filter(i -> rows.y()[i] == label).toArray();
    return new TestRows(
        Arrays.stream(kept).mapToObj(i -> rows.x()[i]).toArray(double[][]::new),
        Arrays.stream(kept).map(i -> label).toArray());
  }
}

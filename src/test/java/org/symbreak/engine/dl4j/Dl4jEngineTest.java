package org.symbreak.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.symbreak.engine.BatchOrder;
import org.symbreak.engine.GradientNorms;
import org.symbreak.engine.TestRows;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.TrainingSession;
import org.symbreak.init.Initializations;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseNetwork;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.network.SigmoidCrossEntropy;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.setting.OptimizerSpec.Decay;
import org.symbreak.setting.OptimizerSpec.Kind;

/**
 * Deeplearning4j's steps are the steps of the textbook: compared with plain arithmetic on arrays.
 */
class Dl4jEngineTest {
  private static final TestRows ROWS = TestRows.linear(37, 5, 1);
  private static final NetworkSpec NETWORK =
      new NetworkSpec(
          List.of(4, 3),
          List.of(Activation.TANH),
          Initializations.parseLayers("glorot"),
          Initializations.parseLayers("uniform:0.1"),
          0.01,
          Precision.DOUBLE);

  private static TrainingProblem problem(
      NetworkSpec network, OptimizerSpec optimizer, int batchSize) {
    return new TrainingProblem(network, optimizer, ROWS, 0.7, 1.6, batchSize, 5, 1);
  }

  private static OptimizerSpec optimizer(Kind kind) {
    return new OptimizerSpec(kind, 0.1, 0.9, new Decay(Decay.Kind.INVERSE, 0.1, 0.75));
  }

  private static double[] start(NetworkSpec network) {
    return network.initialParameters(ROWS.features(), 3);
  }

  /** Loss and gradient of some rows by the plain network. */
  private static double plain(double[] parameters, int[] rows, double[] gradient) {
    double[][] x = new double[rows.length][];
    int[] y = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      x[i] = ROWS.x()[rows[i]];
      y[i] = ROWS.y()[rows[i]];
    }
    return new DenseNetwork(NETWORK.shape(ROWS.features()), NETWORK.activations(), parameters)
        .lossAndGradient(x, y, new SigmoidCrossEntropy(0.7, 1.6), NETWORK.l2(), gradient);
  }

  @ParameterizedTest
  @EnumSource(names = {"SGD", "NESTEROV", "ADAM"})
  void stepsOnMiniBatchesAreThoseOfTheTextbook(Kind kind) {
    OptimizerSpec optimizer = optimizer(kind);
    TrainingProblem problem = problem(NETWORK, optimizer, 10);
    double[] parameters = start(NETWORK);
    double[] first = new double[parameters.length];
    double[] second = new double[parameters.length];
    double[] gradient = new double[parameters.length];
    BatchOrder order = new BatchOrder(37, 10, 5);
    try (TrainingSession session = new Dl4jEngine().open(problem, parameters)) {
      for (int iteration = 0; iteration < 9; iteration++) {
        int[] rows = new int[order.size(iteration)];
        order.take(iteration, rows);
        double loss = plain(parameters, rows, gradient);
        assertThat(session.advance(1)).isCloseTo(loss, within(1e-12));
        double[] norms = session.gradientNorms();
        for (int layer = 0; layer < norms.length; layer++) {
          assertThat(norms[layer])
              .isCloseTo(GradientNorms.perLayer(NETWORK.shape(5), gradient)[layer], within(1e-12));
        }
        step(optimizer, iteration, parameters, gradient, first, second);
        assertThat(session.parameters()).containsExactly(parameters, within(1e-12));
      }
    }
  }

  /**
   * By hand: gradient descent, Nesterov momentum in Deeplearning4j's form, Adam (Kingma and Ba,
   * algorithm 1).
   */
  private static void step(
      OptimizerSpec optimizer, int iteration, double[] x, double[] g, double[] m, double[] v) {
    double rate = optimizer.learningRate() / Math.pow(1 + 0.1 * iteration, 0.75);
    for (int i = 0; i < x.length; i++) {
      switch (optimizer.kind()) {
        case SGD -> x[i] -= rate * g[i];
        case NESTEROV -> {
          double before = m[i];
          m[i] = 0.9 * m[i] - rate * g[i];
          x[i] += -0.9 * before + 1.9 * m[i];
        }
        default -> {
          m[i] = 0.9 * m[i] + 0.1 * g[i];
          v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
          double correction =
              Math.sqrt(1 - Math.pow(0.999, iteration + 1)) / (1 - Math.pow(0.9, iteration + 1));
          x[i] -= rate * correction * m[i] / (Math.sqrt(v[i]) + 1e-8);
        }
      }
    }
  }

  @Test
  void computesTheObjectiveElsewhereAndStaysWhereItIs() {
    TrainingProblem problem = problem(NETWORK, optimizer(Kind.SGD), BudgetSpec.FULL_BATCH);
    double[] elsewhere = NETWORK.initialParameters(5, 99);
    double[] expected = new double[elsewhere.length];
    double[] gradient = new double[elsewhere.length];
    int[] all = IntStream.range(0, 37).toArray();
    try (TrainingSession session = new Dl4jEngine().open(problem, start(NETWORK))) {
      session.advance(3);
      double[] before = session.parameters();
      assertThat(session.objective(elsewhere, gradient))
          .isCloseTo(plain(elsewhere, all, expected), within(1e-13));
      assertThat(gradient).containsExactly(expected, within(1e-13));
      assertThat(session.parameters()).isEqualTo(before);
    }
  }

  @Test
  void measuresLossWithClassWeightsButWithoutPenalty() {
    double[] parameters = start(NETWORK);
    DenseNetwork network = new DenseNetwork(NETWORK.shape(5), NETWORK.activations(), parameters);
    try (TrainingSession session =
        new Dl4jEngine().open(problem(NETWORK, optimizer(Kind.ADAM), 10), parameters)) {
      double[] probabilities = session.probabilities(ROWS);
      for (int row = 0; row < 37; row++) {
        assertThat(probabilities[row]).isCloseTo(network.probability(ROWS.x()[row]), within(1e-14));
      }
      assertThat(session.loss(ROWS))
          .isCloseTo(
              network.loss(ROWS.x(), ROWS.y(), new SigmoidCrossEntropy(0.7, 1.6), 0),
              within(1e-14));
      session.advance(1);
      assertThat(session.parameters()).isNotEqualTo(parameters);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SGD", "NESTEROV", "ADAM"})
  void goesOnBitForBitWhereAnotherSessionStopped(Kind kind) {
    NetworkSpec network =
        new NetworkSpec(
            List.of(6),
            List.of(Activation.SIGMOID),
            NETWORK.weights(),
            NETWORK.biases(),
            0.01,
            Precision.FLOAT);
    TrainingProblem problem = problem(network, optimizer(kind), 10);
    try (TrainingSession whole = new Dl4jEngine().open(problem, start(network));
        TrainingSession first = new Dl4jEngine().open(problem, start(network));
        TrainingSession second = new Dl4jEngine().open(problem, start(network))) {
      whole.advance(20);
      first.advance(7);
      second.restore(first.iteration(), first.parameters(), first.updaterState());
      second.advance(13);
      assertThat(second.iteration()).isEqualTo(20);
      assertThat(second.parameters()).isEqualTo(whole.parameters());
      assertThat(second.updaterState())
          .isEqualTo(whole.updaterState())
          .hasSize(kind == Kind.SGD ? 0 : kind == Kind.NESTEROV ? 43 : 86);
    }
  }

  @Test
  void stepsTogetherAreStepsOneByOne() {
    TrainingProblem problem = problem(NETWORK, optimizer(Kind.ADAM), 10);
    try (TrainingSession together = new Dl4jEngine().open(problem, start(NETWORK));
        TrainingSession oneByOne = new Dl4jEngine().open(problem, start(NETWORK))) {
      double loss = together.advance(11);
      double last = 0;
      for (int i = 0; i < 11; i++) {
        last = oneByOne.advance(1);
      }
      assertThat(last).isEqualTo(loss);
      assertThat(oneByOne.parameters()).isEqualTo(together.parameters());
    }
  }

  @Test
  void callsAnybodysListenerAtEveryIteration() {
    List<String> calls = new ArrayList<>();
    BaseTrainingListener listener =
        new BaseTrainingListener() {
          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            calls.add(iteration + "/" + epoch);
          }
        };
    try (TrainingSession session =
        new Dl4jEngine(List.of(listener))
            .open(problem(NETWORK, optimizer(Kind.SGD), 20), start(NETWORK))) {
      session.advance(5);
    }
    assertThat(calls).containsExactly("0/0", "1/0", "2/1", "3/1", "4/2");
  }
}

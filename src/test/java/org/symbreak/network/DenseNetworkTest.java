package org.symbreak.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.symbreak.init.Initializations;
import org.symbreak.init.LayerInits;
import org.symbreak.random.Streams;

class DenseNetworkTest {
  private static final int INPUTS = 3;
  private static final int ROWS = 17;

  private record Case(
      List<Integer> hidden, List<Activation> activations, double l2, SigmoidCrossEntropy loss) {
    NetworkSpec spec() {
      LayerInits inits = Initializations.parseLayers("gaussian:0.7");
      return new NetworkSpec(hidden, activations, inits, inits, l2, Precision.DOUBLE);
    }
  }

  private static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Activation activation : Activation.values()) {
      cases.add(new Case(List.of(5, 4), List.of(activation), 0, new SigmoidCrossEntropy()));
    }
    cases.add(new Case(List.of(), List.of(), 0.1, new SigmoidCrossEntropy()));
    cases.add(
        new Case(
            List.of(5, 4, 2),
            List.of(Activation.RELU, Activation.TANH),
            0.3,
            new SigmoidCrossEntropy(0.5, 3)));
    return cases.stream();
  }

  private static double[][] rows() {
    RandomGenerator random = Streams.of(5);
    double[][] rows = new double[ROWS][INPUTS];
    for (double[] row : rows) {
      for (int i = 0; i < INPUTS; i++) {
        row[i] = 2 * random.nextGaussian();
      }
    }
    return rows;
  }

  private static int[] labels() {
    int[] labels = new int[ROWS];
    for (int row = 0; row < ROWS; row++) {
      labels[row] = row % 3 == 0 ? 1 : 0;
    }
    return labels;
  }

  @Test
  void whateverIsAskedForFirstIsComputedForItsRow() {
    NetworkSpec spec = cases().findFirst().orElseThrow().spec();
    double[] parameters = spec.initialParameters(INPUTS, 9);
    Supplier<DenseNetwork> fresh =
        () -> new DenseNetwork(spec.shape(INPUTS), spec.activations(), parameters);
    double[] x = rows()[1];
    DenseNetwork used = fresh.get();
    used.probability(x);
    int last = spec.shape(INPUTS).layers() - 1;
    assertThat(fresh.get().preActivations(x)).isDeepEqualTo(used.preActivations(x));
    assertThat(fresh.get().preActivations(x)[last][0]).isNotZero();
    for (int layer = 0; layer < last; layer++) {
      assertThat(fresh.get().hiddenActivations(x)[layer]).isEqualTo(used.activations(layer, x));
      assertThat(fresh.get().hiddenActivations(x)[layer])
          .isNotEqualTo(new double[layer == 0 ? 5 : 4]);
    }
    assertThat(fresh.get().activations(last, x)).isEqualTo(used.activations(last, x));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void computesWhatDeeplearning4jComputes(Case given) {
    NetworkSpec spec = given.spec();
    double[] parameters = spec.initialParameters(INPUTS, 8);
    DenseNetwork ours = new DenseNetwork(spec.shape(INPUTS), spec.activations(), parameters);
    MultiLayerConfiguration configuration = spec.configuration(INPUTS, new Sgd(1), 8, given.loss);
    MultiLayerNetwork theirs = new MultiLayerNetwork(configuration);
    theirs.init(Nd4j.createFromArray(parameters).reshape(1, parameters.length), false);
    INDArray x = Nd4j.createFromArray(rows());
    INDArray y = Nd4j.create(ROWS, 1).castTo(x.dataType());
    for (int row = 0; row < ROWS; row++) {
      y.putScalar(row, 0, labels()[row]);
    }

    List<INDArray> activations = theirs.feedForward(x);
    for (int layer = 0; layer < given.hidden.size() + 1; layer++) {
      for (int row = 0; row < ROWS; row++) {
        assertThat(ours.activations(layer, rows()[row]))
            .containsExactly(
                activations.get(layer + 1).getRow(row).toDoubleVector(), within(1e-13));
      }
    }
    for (int row = 0; row < ROWS; row++) {
      assertThat(ours.probability(rows()[row]))
          .isCloseTo(theirs.output(x).getDouble(row, 0), within(1e-13));
    }

    double[] gradient = new double[parameters.length];
    double loss = ours.lossAndGradient(rows(), labels(), given.loss, given.l2, gradient);
    // what one step of plain gradient descent with the rate 1 takes away is the gradient, penalty
    // included
    theirs.setInput(x);
    theirs.setLabels(y);
    theirs.computeGradientAndScore();
    assertThat(loss).isCloseTo(theirs.score(), within(1e-12));
    assertThat(ours.loss(rows(), labels(), given.loss, given.l2)).isEqualTo(loss);
    theirs.fit(x, y);
    // Deeplearning4j's backward pass of leaky ReLU takes its slope 0.01 in single precision,
    // 2.2e-10 less
    double tolerance = given.activations.contains(Activation.LEAKYRELU) ? 1e-9 : 1e-13;
    double[] moved = theirs.params().toDoubleVector();
    for (int i = 0; i < gradient.length; i++) {
      assertThat(gradient[i]).isCloseTo(parameters[i] - moved[i], within(tolerance));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void itsGradientIsTheSlopeOfItsLoss(Case given) {
    NetworkSpec spec = given.spec();
    double[] parameters = spec.initialParameters(INPUTS, 9);
    DenseNetwork network = new DenseNetwork(spec.shape(INPUTS), spec.activations(), parameters);
    double[] gradient = new double[parameters.length];
    network.lossAndGradient(rows(), labels(), given.loss, given.l2, gradient);
    double step = 1e-5;
    for (int i = 0; i < parameters.length; i++) {
      double at = parameters[i];
      parameters[i] = at + step;
      double above = network.loss(rows(), labels(), given.loss, given.l2);
      parameters[i] = at - step;
      double below = network.loss(rows(), labels(), given.loss, given.l2);
      parameters[i] = at;
      assertThat((above - below) / (2 * step)).isCloseTo(gradient[i], within(1e-8));
    }
  }

  @Test
  void preActivationsAreWhatTheActivationIsAppliedTo() {
    double[] parameters = {1, 2, 3, -4, 0.5, -0.25, 1, 1, 0};
    DenseNetwork network =
        new DenseNetwork(new DenseShape(List.of(2, 2, 1)), List.of(Activation.RELU), parameters);
    double[] x = {10, 100};
    assertThat(network.preActivations(0, x)).containsExactly(210.5, -370.25);
    assertThat(network.activations(0, x)).containsExactly(210.5, 0);
    assertThat(network.preActivations(1, x)).containsExactly(210.5);
  }

  @Test
  void everyLayerInOnePassIsWhatEachLayerIs() {
    NetworkSpec spec = new Case(List.of(5, 4), List.of(Activation.ELU), 0, null).spec();
    double[] parameters = spec.initialParameters(INPUTS, 3);
    DenseNetwork network = new DenseNetwork(spec.shape(INPUTS), spec.activations(), parameters);
    double[] x = rows()[0];
    assertThat(network.preActivations(x)).hasNumberOfRows(3);
    assertThat(network.hiddenActivations(x)).hasNumberOfRows(2);
    for (int layer = 0; layer < 3; layer++) {
      assertThat(network.preActivations(x)[layer]).isEqualTo(network.preActivations(layer, x));
    }
    for (int layer = 0; layer < 2; layer++) {
      assertThat(network.hiddenActivations(x)[layer]).isEqualTo(network.activations(layer, x));
    }
  }

  /** What it hands out stays as it is, whatever is computed next. */
  @Test
  void handsOutNumbersOfTheirOwn() {
    NetworkSpec spec = new Case(List.of(5), List.of(Activation.TANH), 0, null).spec();
    double[] parameters = spec.initialParameters(INPUTS, 3);
    DenseNetwork network = new DenseNetwork(spec.shape(INPUTS), spec.activations(), parameters);
    double[][] handed = {
      network.preActivations(0, rows()[0]),
      network.preActivations(rows()[0])[0],
      network.activations(0, rows()[0]),
      network.hiddenActivations(rows()[0])[0]
    };
    double[][] kept = Arrays.stream(handed).map(double[]::clone).toArray(double[][]::new);
    network.probability(rows()[1]);
    assertThat(handed).isDeepEqualTo(kept);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void itsGradientIsThatOfTheseRowsAloneWhateverStoodThere(Case given) {
    NetworkSpec spec = given.spec();
    double[] parameters = spec.initialParameters(INPUTS, 9);
    DenseNetwork network = new DenseNetwork(spec.shape(INPUTS), spec.activations(), parameters);
    double[] gradient = new double[parameters.length];
    network.lossAndGradient(rows(), labels(), given.loss, given.l2, gradient);
    double[] used = new double[parameters.length];
    Arrays.fill(used, Double.NaN);
    network.lossAndGradient(rows(), labels(), given.loss, given.l2, used);
    assertThat(used).isEqualTo(gradient);
    network.lossAndGradient(rows(), labels(), given.loss, given.l2, used);
    assertThat(used).isEqualTo(gradient);
  }

  @Test
  void equalUnitsHaveEqualGradientsAtAnyWidth() {
    for (int width : new int[] {2, 3, 7, 17, 33, 100}) {
      LayerInits constant = Initializations.parseLayers("constant:0.1");
      NetworkSpec spec =
          new NetworkSpec(
              List.of(width), List.of(Activation.TANH), constant, constant, 0, Precision.DOUBLE);
      double[] parameters = spec.initialParameters(INPUTS, 1);
      DenseShape shape = spec.shape(INPUTS);
      double[] gradient = new double[parameters.length];
      new DenseNetwork(shape, spec.activations(), parameters)
          .lossAndGradient(rows(), labels(), new SigmoidCrossEntropy(), 0, gradient);
      for (int i = 0; i < INPUTS * width; i++) {
        assertThat(gradient[i]).isEqualTo(gradient[i % INPUTS]);
      }
    }
  }

  @Test
  void changedParametersShow() {
    double[] parameters = {0, 0};
    DenseNetwork network = new DenseNetwork(new DenseShape(List.of(1, 1)), List.of(), parameters);
    assertThat(network.probability(new double[] {1})).isEqualTo(0.5);
    parameters[1] = 1000;
    assertThat(network.probability(new double[] {1})).isEqualTo(1);
  }

  @Test
  void refusesParametersOfAnotherShape() {
    assertThatThrownBy(
            () -> new DenseNetwork(new DenseShape(List.of(2, 1)), List.of(), new double[2]))
        .hasMessageContaining("need 3 parameters, found 2");
    assertThatThrownBy(
            () -> new DenseNetwork(new DenseShape(List.of(2, 2)), List.of(), new double[6]))
        .hasMessageContaining("one output");
    assertThatThrownBy(
            () -> new DenseNetwork(new DenseShape(List.of(2, 1, 1)), List.of(), new double[5]))
        .hasMessageContaining("activation");
  }
}

package org.symbreak.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.symbreak.init.Initializations;
import org.symbreak.problem.InputException;
import org.symbreak.random.Streams;
import org.symbreak.theory.MeanField;

class RowsFitTest {
  private static final int INPUTS = 5;

  private static double[][] rows(int count) {
    RandomGenerator random = Streams.of(3);
    double[][] rows = new double[count][INPUTS];
    for (double[] row : rows) {
      double shared = random.nextGaussian();
      for (int i = 0; i < INPUTS; i++) {
        row[i] = shared + 0.5 * random.nextGaussian();
      }
    }
    return rows;
  }

  private static NetworkSpec spec(String init, Activation activation, int depth, String biases) {
    return new NetworkSpec(
        Collections.nCopies(depth, 8),
        List.of(activation),
        Initializations.parseLayers(init),
        Initializations.parseLayers(biases),
        0,
        Precision.FLOAT);
  }

  private static double[] parameters(NetworkSpec spec, double[][] rows) {
    return spec.initialParameters(
        INPUTS, 4, most -> Arrays.copyOf(rows, Math.min(most, rows.length)));
  }

  private static double variance(
      NetworkSpec spec, double[] parameters, double[][] rows, int layer) {
    DenseNetwork network = new DenseNetwork(spec.shape(INPUTS), spec.activations(), parameters);
    double[] all =
        Arrays.stream(rows)
            .flatMapToDouble(x -> Arrays.stream(network.preActivations(layer, x)))
            .toArray();
    double mean = Arrays.stream(all).average().orElseThrow();
    return Arrays.stream(all).map(z -> (z - mean) * (z - mean)).average().orElseThrow();
  }

  @Test
  void lsuvGivesEveryLayerTheVarianceOne() {
    double[][] rows = rows(60);
    for (Activation activation : Activation.values()) {
      for (String biases : List.of("zeros", "gaussian:0.3")) {
        NetworkSpec spec = spec("lsuv", activation, 4, biases);
        double[] parameters = parameters(spec, rows);
        for (int layer = 0; layer < 5; layer++) {
          // the output has one bias, which every row shares
          assertThat(variance(spec, parameters, rows, layer))
              .as(activation + " " + biases + " " + layer)
              .isCloseTo(1, within(1e-3));
        }
      }
    }
  }

  @Test
  void looksAtTheFirst1024Rows() {
    double[][] rows = rows(1500);
    NetworkSpec spec = spec("lsuv", Activation.TANH, 2, "zeros");
    double[] parameters = parameters(spec, rows);
    assertThat(parameters(spec, Arrays.copyOf(rows, 1024))).isEqualTo(parameters);
    assertThat(parameters(spec, Arrays.copyOf(rows, 1023))).isNotEqualTo(parameters);
    assertThat(variance(spec, parameters, Arrays.copyOf(rows, 1024), 1)).isCloseTo(1, within(1e-3));
  }

  @Test
  void repeatsBitForBitAndDependsOnTheSeed() {
    double[][] rows = rows(40);
    for (String init : List.of("lsuv", "data", "critical")) {
      NetworkSpec spec = spec(init, Activation.RELU, 3, "zeros");
      assertThat(parameters(spec, rows)).isEqualTo(parameters(spec, rows));
      assertThat(spec.initialParameters(INPUTS, 5, most -> rows))
          .isNotEqualTo(parameters(spec, rows));
    }
  }

  @Test
  void aLayerWithoutVarianceKeepsItsWeightsAndIsNamed() {
    double[][] same = new double[20][INPUTS];
    Beginning beginning = spec("lsuv", Activation.TANH, 1, "zeros").begin(INPUTS, 4, most -> same);
    assertThat(beginning.notices()).hasSize(2);
    assertThat(beginning.notices().get(0)).contains("hidden layer 1", "stay as drawn");
    assertThat(beginning.notices().get(1)).contains("the output layer");
    assertThat(beginning.parameters()).doesNotContain(Double.NaN);
  }

  @Test
  void theOtherLayersStayAsTheyWere() {
    double[][] rows = rows(40);
    double[] plain = parameters(spec("gaussian:0.5", Activation.TANH, 2, "zeros"), rows);
    double[] mixed = parameters(spec("gaussian:0.5/lsuv", Activation.TANH, 2, "zeros"), rows);
    assertThat(Arrays.copyOf(mixed, 48)).isEqualTo(Arrays.copyOf(plain, 48));
    assertThat(mixed[48]).isNotEqualTo(plain[48]);
  }

  @Test
  void dataStandardizesEveryUnit() {
    double[][] rows = rows(50);
    NetworkSpec spec = spec("data", Activation.TANH, 3, "zeros");
    Beginning beginning = spec.begin(INPUTS, 4, most -> rows);
    DenseNetwork network =
        new DenseNetwork(spec.shape(INPUTS), spec.activations(), beginning.parameters());
    for (int layer = 0; layer < 4; layer++) {
      for (int unit = 0; unit < spec.shape(INPUTS).units(layer); unit++) {
        int l = layer;
        int u = unit;
        double[] z =
            Arrays.stream(rows).mapToDouble(x -> network.preActivations(l, x)[u]).toArray();
        double mean = Arrays.stream(z).average().orElseThrow();
        assertThat(mean).isCloseTo(0, within(1e-5));
        assertThat(Arrays.stream(z).map(v -> v * v).average().orElseThrow())
            .isCloseTo(1, within(1e-4));
      }
    }
    assertThat(beginning.notices()).singleElement().asString().contains("tanh is not linear");
  }

  @Test
  void scalingLayersAgainstEachOtherLeavesTheOutputAsItIs() {
    double[][] rows = rows(50);
    NetworkSpec both = spec("data", Activation.RELU, 3, "zeros");
    Beginning beginning = both.begin(INPUTS, 4, most -> rows);
    assertThat(beginning.notices()).isEmpty();
    double[] z =
        Arrays.stream(rows)
            .mapToDouble(
                x ->
                    new DenseNetwork(both.shape(INPUTS), both.activations(), beginning.parameters())
                        .preActivations(3, x)[0])
            .toArray();
    assertThat(Arrays.stream(z).average().orElseThrow()).isCloseTo(0, within(1e-4));
    assertThat(Arrays.stream(z).map(v -> v * v).average().orElseThrow()).isCloseTo(1, within(1e-3));
    assertThat(variance(both, beginning.parameters(), rows, 0)).isNotCloseTo(1, within(1e-3));
  }

  /** A weight's rate of change is its gradient over its size; here by differences. */
  private static double[] rates(NetworkSpec spec, double[] parameters, double[][] rows) {
    DenseShape shape = spec.shape(INPUTS);
    int last = shape.layers() - 1;
    double[] moved = parameters.clone();
    DenseNetwork network = new DenseNetwork(shape, spec.activations(), moved);
    double[] rates = new double[shape.layers()];
    for (int layer = 0; layer < rates.length; layer++) {
      double gradients = 0;
      double squares = 0;
      for (int i = shape.weights(layer); i < shape.biases(layer); i++) {
        squares += parameters[i] * parameters[i];
        for (double[] row : rows) {
          moved[i] = parameters[i] + 1e-6;
          double above = network.preActivations(last, row)[0];
          moved[i] = parameters[i] - 1e-6;
          double slope = (above - network.preActivations(last, row)[0]) / 2e-6;
          gradients += slope * slope;
        }
        moved[i] = parameters[i];
      }
      int weights = shape.biases(layer) - shape.weights(layer);
      rates[layer] = Math.sqrt(gradients / rows.length / weights / squares);
    }
    return rates;
  }

  @Test
  void scalingLayersAgainstEachOtherLetsAllOfThemChangeAtOneRate() {
    double[][] rows = rows(12);
    for (Activation activation :
        List.of(Activation.RELU, Activation.LEAKYRELU, Activation.IDENTITY)) {
      NetworkSpec spec = spec("data", activation, 3, "zeros");
      double[] rates = rates(spec, parameters(spec, rows), rows);
      for (double rate : rates) {
        assertThat(rate / rates[0]).as(activation.toString()).isCloseTo(1, within(0.08));
      }
    }
  }

  @Test
  void unitsThatDoNotVaryStayAsDrawnAndAreCounted() {
    double[][] rows = rows(30);
    for (double[] row : rows) {
      Arrays.fill(row, 0);
    }
    NetworkSpec spec = spec("data", Activation.TANH, 1, "zeros");
    Beginning beginning = spec.begin(INPUTS, 4, most -> rows);
    assertThat(beginning.notices())
        .anySatisfy(
            notice -> assertThat(notice).contains("8 of the 8 units of hidden layer 1 stay"));
    assertThat(beginning.parameters()).doesNotContain(Double.NaN);
    assertThat(beginning.parameters()[0]).isNotZero();
  }

  @Test
  void criticalCountsTheVarianceOfTheBiases() {
    double[][] rows = rows(400);
    NetworkSpec spec = spec("critical", Activation.TANH, 2, "gaussian:0.5");
    double[] parameters = parameters(spec, rows);
    DenseShape shape = spec.shape(INPUTS);
    for (int layer = 0; layer < 2; layer++) {
      double biases = 0;
      for (int unit = 0; unit < 8; unit++) {
        double bias = parameters[shape.biases(layer) + unit];
        biases += bias * bias / 8;
      }
      double critical =
          MeanField.criticalVariance(Activation.TANH::value, Activation.TANH::slope, biases);
      if (layer == 0) {
        assertThat(variance(spec, parameters, rows, 0)).isCloseTo(critical, within(1e-3));
        continue;
      }
      double squares = 0;
      for (int i = shape.weights(1); i < shape.biases(1); i++) {
        squares += parameters[i] * parameters[i] / 8;
      }
      // of the layer before, whose biases they follow
      double before =
          MeanField.keeping(
              Activation.TANH::slope,
              MeanField.criticalVariance(Activation.TANH::value, Activation.TANH::slope, biases));
      assertThat(squares).isCloseTo(before, within(1e-4));
      assertThat(squares).isGreaterThan(1.05);
    }
  }

  @Test
  void criticalIsHesSizeForReluAndLeCunsForTanh() {
    double[][] rows = rows(200);
    for (Activation activation : List.of(Activation.TANH, Activation.RELU)) {
      NetworkSpec spec = spec("critical", activation, 3, "zeros");
      double[] parameters = parameters(spec, rows);
      DenseShape shape = spec.shape(INPUTS);
      double squares = 0;
      for (int i = shape.weights(1); i < shape.biases(1); i++) {
        squares += parameters[i] * parameters[i];
      }
      assertThat(squares / 8).isCloseTo(activation == Activation.RELU ? 2 : 1, within(1e-5));
      assertThat(variance(spec, parameters, rows, 0)).isCloseTo(1, within(1e-3));
    }
  }

  @Test
  void biasesLookAtNoRows() {
    assertThatThrownBy(() -> spec("lsuv", Activation.TANH, 1, "lsuv"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--bias-init");
  }
}

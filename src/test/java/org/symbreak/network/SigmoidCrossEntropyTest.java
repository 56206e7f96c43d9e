package org.symbreak.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;

class SigmoidCrossEntropyTest {
  private static final ActivationSigmoid SIGMOID = new ActivationSigmoid();

  private static INDArray column(double... values) {
    return Nd4j.createFromArray(values).reshape(values.length, 1);
  }

  @Test
  void agreesWithDeeplearning4jWhereThatIsStable() {
    INDArray z = column(-3, -0.5, 0, 0.25, 4);
    INDArray y = column(0, 1, 1, 0, 1);
    LossBinaryXENT stock = new LossBinaryXENT(0.0);
    SigmoidCrossEntropy ours = new SigmoidCrossEntropy();
    assertThat(ours.computeScore(y, z, SIGMOID, null, true))
        .isCloseTo(stock.computeScore(y, z, SIGMOID, null, true), within(1e-14));
    assertThat(ours.computeScore(y, z, SIGMOID, null, false))
        .isCloseTo(stock.computeScore(y, z, SIGMOID, null, false), within(1e-14));
    assertThat(ours.computeScoreArray(y, z, SIGMOID, null).toDoubleVector())
        .containsExactly(
            stock.computeScoreArray(y, z, SIGMOID, null).toDoubleVector(), within(1e-14));
    assertThat(ours.computeGradient(y, z, SIGMOID, null).toDoubleVector())
        .containsExactly(
            stock.computeGradient(y, z, SIGMOID, null).toDoubleVector(), within(1e-14));
  }

  @Test
  void aSaturatedWrongOutputKeepsItsGradientAndAFiniteLoss() {
    INDArray z = column(800, -800, 800);
    INDArray y = column(0, 1, 1);
    SigmoidCrossEntropy loss = new SigmoidCrossEntropy();
    assertThat(loss.computeScoreArray(y, z, SIGMOID, null).toDoubleVector())
        .containsExactly(800, 800, 0);
    assertThat(loss.computeGradient(y, z, SIGMOID, null).toDoubleVector())
        .containsExactly(1, -1, 0);
  }

  @Test
  void weighsTheClasses() {
    INDArray z = column(0, 0);
    INDArray y = column(0, 1);
    SigmoidCrossEntropy loss = new SigmoidCrossEntropy(2, 5);
    assertThat(loss.computeScoreArray(y, z, SIGMOID, null).toDoubleVector())
        .containsExactly(new double[] {2 * Math.log(2), 5 * Math.log(2)}, within(1e-15));
    assertThat(loss.computeGradient(y, z, SIGMOID, null).toDoubleVector()).containsExactly(1, -2.5);
  }

  @Test
  void leavesOutRowsThatAreMasked() {
    SigmoidCrossEntropy loss = new SigmoidCrossEntropy();
    INDArray mask = column(1, 0);
    assertThat(loss.computeScore(column(0, 1), column(0, 3), SIGMOID, mask, false))
        .isCloseTo(Math.log(2), within(1e-15));
    assertThat(loss.computeGradient(column(0, 1), column(0, 3), SIGMOID, mask).toDoubleVector())
        .containsExactly(new double[] {0.5, 0}, within(0.0));
  }

  /** A row counts with all of its outputs, or with none of them. */
  @Test
  void masksRowsOfSeveralOutputs() {
    INDArray z = Nd4j.createFromArray(new double[][] {{0, 1}, {3, -2}, {0.5, -0.5}});
    INDArray y = Nd4j.createFromArray(new double[][] {{0, 1}, {1, 1}, {1, 0}});
    INDArray mask = column(1, 0, 1);
    SigmoidCrossEntropy loss = new SigmoidCrossEntropy(2, 3);
    INDArray all = loss.computeScoreArray(y, z, SIGMOID, null);
    assertThat(all.shape()).containsExactly(3, 1);
    double first = 2 * Math.log(2) + 3 * Math.log1p(Math.exp(-1));
    double third = 3 * Math.log1p(Math.exp(-0.5)) + 2 * Math.log1p(Math.exp(-0.5));
    assertThat(all.getDouble(0)).isCloseTo(first, within(1e-14));
    assertThat(all.getDouble(2)).isCloseTo(third, within(1e-14));
    assertThat(loss.computeScoreArray(y, z, SIGMOID, mask).toDoubleVector())
        .containsExactly(all.getDouble(0), 0, all.getDouble(2));
    assertThat(loss.computeScore(y, z, SIGMOID, mask, false))
        .isCloseTo(first + third, within(1e-14));
    assertThat(loss.computeScore(y, z, SIGMOID, mask, true))
        .isCloseTo((first + third) / 3, within(1e-14));
    INDArray gradient = loss.computeGradient(y, z, SIGMOID, null);
    assertThat(loss.computeGradient(y, z, SIGMOID, mask).toDoubleMatrix())
        .isDeepEqualTo(
            new double[][] {
              gradient.getRow(0).toDoubleVector(), {0, 0}, gradient.getRow(2).toDoubleVector()
            });
  }

  @Test
  void givesScoreAndGradientAtOnce() {
    INDArray z = column(-3, 2, 0.5);
    INDArray y = column(0, 1, 0);
    INDArray mask = column(1, 1, 0);
    SigmoidCrossEntropy loss = new SigmoidCrossEntropy(2, 3);
    for (boolean average : new boolean[] {true, false}) {
      Pair<Double, INDArray> both = loss.computeGradientAndScore(y, z, SIGMOID, mask, average);
      assertThat(both.getFirst()).isEqualTo(loss.computeScore(y, z, SIGMOID, mask, average));
      assertThat(both.getSecond()).isEqualTo(loss.computeGradient(y, z, SIGMOID, mask));
    }
  }

  @Test
  void leavesItsInputsAlone() {
    INDArray z = column(-3, 2);
    INDArray y = column(0, 1);
    new SigmoidCrossEntropy(2, 3).computeGradientAndScore(y, z, SIGMOID, null, true);
    assertThat(z.toDoubleVector()).containsExactly(-3, 2);
    assertThat(y.toDoubleVector()).containsExactly(0, 1);
  }

  @Test
  void refusesOtherOutputsAndImpossibleWeights() {
    SigmoidCrossEntropy loss = new SigmoidCrossEntropy();
    assertThatThrownBy(
            () -> loss.computeScore(column(0), column(0), new ActivationTanH(), null, true))
        .hasMessageContaining("sigmoid output");
    assertThatThrownBy(() -> loss.computeGradient(column(0), column(0, 1), SIGMOID, null))
        .hasMessageContaining("same shape");
    assertThatThrownBy(() -> new SigmoidCrossEntropy(Double.NaN, 1))
        .hasMessageContaining("weightOfZero");
    assertThatThrownBy(() -> new SigmoidCrossEntropy(1, -1)).hasMessageContaining("weightOfOne");
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void servesInAnyProgramOfDeeplearning4jAndSurvivesItsJson(Precision precision) {
    DataType type = precision.dl4j();
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .dataType(type)
            .list(
                new OutputLayer.Builder(new SigmoidCrossEntropy(1, 3))
                    .nIn(2)
                    .nOut(1)
                    .activation(new ActivationSigmoid())
                    .build())
            .build();
    MultiLayerConfiguration restored = MultiLayerConfiguration.fromJson(configuration.toJson());
    assertThat(restored).isEqualTo(configuration);
    assertThat(((OutputLayer) restored.getConf(0).getLayer()).getLossFn())
        .isEqualTo(new SigmoidCrossEntropy(1, 3));
    MultiLayerNetwork network = new MultiLayerNetwork(restored);
    network.init();
    network.setParams(Nd4j.createFromArray(0.0, 0, 0).castTo(type).reshape(1, 3));
    network.fit(
        Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}}).castTo(type),
        column(0, 1).castTo(type));
    assertThat(network.score()).isCloseTo(2 * Math.log(2), within(1e-7));
  }
}

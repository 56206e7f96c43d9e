package org.symbreak.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.symbreak.random.Streams;

/** What every initialization promises. A new one adds a row. */
class InitializationContractTest {
  private static final int FAN_IN = 120;
  private static final int FAN_OUT = 300;

  /**
   * @param text as the catalogue reads and writes it
   * @param mean of each weight
   * @param variance of each weight, for {@link #FAN_IN} and {@link #FAN_OUT}
   * @param kurtosis of each weight, from which the scatter of the sample's variance follows; an
   *     upper bound will do
   * @param support no weight is larger than this, in absolute value
   * @param random whether seeds matter
   */
  private record Row(
      String text, double mean, double variance, double kurtosis, double support, boolean random) {
    Initialization initialization() {
      return Initializations.parse(text);
    }

    static Row normal(String text, double variance) {
      return new Row(text, 0, variance, 3, 6 * Math.sqrt(variance), true);
    }

    static Row uniform(String text, double bound) {
      return new Row(text, 0, bound * bound / 3, 1.8, bound, true);
    }

    /**
     * Truncated at two deviations of the parent: φ(2) = 0.0539909665, 2 Φ(2) − 1 = 0.9544997361, so
     * the rest has the deviation 0.8796256610.
     */
    static Row truncated(String text, double variance) {
      return new Row(text, 0, variance, 3, 2 * Math.sqrt(variance) / 0.8796256610, true);
    }
  }

  private static final double NGUYEN_WIDROW_LENGTH = 0.7 * Math.pow(FAN_OUT, 1.0 / FAN_IN);

  private static Stream<Row> rows() {
    return Stream.of(
        new Row("zeros", 0, 0, 1, 0, false),
        new Row("constant:-0.5", -0.5, 0, 1, 0.5, false),
        Row.normal("gaussian:0.01", 1e-4),
        Row.normal("gaussian:1000", 1e6),
        Row.uniform("uniform:0.12", 0.12),
        Row.uniform("uniform:auto", Math.sqrt(6) / Math.sqrt(FAN_IN + FAN_OUT)),
        Row.normal("glorot", 2.0 / (FAN_IN + FAN_OUT)),
        Row.uniform("glorot-uniform", Math.sqrt(6.0 / (FAN_IN + FAN_OUT))),
        Row.truncated("glorot-truncated", 2.0 / (FAN_IN + FAN_OUT)),
        Row.normal("he", 2.0 / FAN_IN),
        Row.uniform("he-uniform", Math.sqrt(6.0 / FAN_IN)),
        Row.truncated("he-truncated", 2.0 / FAN_IN),
        Row.normal("lecun", 1.0 / FAN_IN),
        Row.uniform("lecun-uniform", Math.sqrt(3.0 / FAN_IN)),
        Row.truncated("lecun-truncated", 1.0 / FAN_IN),
        new Row("orthogonal:1", 0, 1.0 / FAN_OUT, 3, 1, true),
        new Row("orthogonal:2.5", 0, 6.25 / FAN_OUT, 3, 2.5, true),
        new Row(
            "nguyen-widrow",
            0,
            NGUYEN_WIDROW_LENGTH * NGUYEN_WIDROW_LENGTH / FAN_IN,
            3,
            NGUYEN_WIDROW_LENGTH,
            true),
        new Row("lsuv", 0, 1.0 / FAN_OUT, 3, 1, true),
        Row.normal("data", 1.0 / FAN_IN),
        new Row("critical", 0, 1.0 / FAN_OUT, 3, 1, true),
        new Row("identity", 1.0 / FAN_OUT, 1.0 / FAN_OUT * (1 - 1.0 / FAN_OUT), FAN_OUT, 1, false),
        new Row("sparse:15", 0, 15.0 / FAN_IN, 3.0 * FAN_IN / 15, 6, true),
        new Row("numpy:3:10", 0, 100, 3, 60, false),
        new Row("numpy:3:he:77", 0, 2.0 / FAN_IN, 3, 6 * Math.sqrt(2.0 / FAN_IN), false),
        new Row("numpy:4294967295:xavier", 0, 1.0 / FAN_IN, 3, 6 * Math.sqrt(1.0 / FAN_IN), false),
        Row.normal("glorot:1.67", 1.67 * 1.67 * 2 / (FAN_IN + FAN_OUT)),
        Row.uniform("he-uniform:2", 2 * Math.sqrt(6.0 / FAN_IN)),
        Row.uniform("pytorch", 1 / Math.sqrt(FAN_IN)),
        Row.uniform("keras", Math.sqrt(6.0 / (FAN_IN + FAN_OUT))),
        Row.uniform("sklearn", Math.sqrt(6.0 / (FAN_IN + FAN_OUT))),
        Row.uniform("sklearn:logistic", Math.sqrt(2.0 / (FAN_IN + FAN_OUT))),
        Row.truncated("flax", 1.0 / FAN_IN),
        Row.uniform("spark", 2.4 / Math.sqrt(FAN_IN)),
        Row.uniform("tf-playground", 0.5),
        Row.uniform("weka", 0.05));
  }

  private static Stream<DynamicTest> forEach(Consumer<Row> test) {
    return rows().map(row -> DynamicTest.dynamicTest(row.text, () -> test.accept(row)));
  }

  @TestFactory
  Stream<DynamicTest> hasTheMeanTheVarianceAndTheSupportOfItsFormula() {
    return forEach(
        row -> {
          double[] weights = row.initialization().draw(Streams.of(11), FAN_IN, FAN_OUT);
          assertThat(weights).hasSize(FAN_IN * FAN_OUT);
          double mean = Arrays.stream(weights).average().orElseThrow();
          double variance =
              Arrays.stream(weights).map(w -> (w - mean) * (w - mean)).average().orElseThrow();
          // five standard deviations of the sample's mean and of its variance, and room for
          // rounding
          double deviation = Math.sqrt(row.variance);
          assertThat(mean)
              .isCloseTo(row.mean, within(5 * deviation / Math.sqrt(weights.length) + 1e-15));
          assertThat(variance)
              .isCloseTo(
                  row.variance,
                  within(
                      5 * row.variance * Math.sqrt((row.kurtosis - 1) / weights.length) + 1e-15));
          assertThat(Arrays.stream(weights)).allMatch(w -> Math.abs(w) <= row.support);
        });
  }

  @TestFactory
  Stream<DynamicTest> fillsEveryShape() {
    return forEach(
        row -> {
          int[][] shapes = {{1, 1}, {1, 7}, {7, 1}, {5, 5}};
          for (int[] shape : shapes) {
            double[] weights = row.initialization().draw(Streams.of(1), shape[0], shape[1]);
            assertThat(weights).hasSize(shape[0] * shape[1]);
            assertThat(Arrays.stream(weights)).allMatch(Double::isFinite);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> drawsTheSameFromTheSameSeedAndOthersFromAnother() {
    return forEach(
        row -> {
          double[] weights = row.initialization().draw(Streams.of(11), 6, 5);
          assertThat(row.initialization().draw(Streams.of(11), 6, 5)).isEqualTo(weights);
          if (row.random) {
            assertThat(row.initialization().draw(Streams.of(12), 6, 5)).isNotEqualTo(weights);
          } else {
            assertThat(row.initialization().draw(null, 6, 5)).isEqualTo(weights);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> isWrittenAsTheCatalogueReadsIt() {
    return forEach(row -> assertThat(row.initialization().toString()).isEqualTo(row.text));
  }

  @TestFactory
  Stream<DynamicTest> survivesTheJsonOfDeeplearning4j() {
    return forEach(
        row -> {
          MultiLayerConfiguration configuration = program(row.initialization(), 5);
          MultiLayerConfiguration restored =
              MultiLayerConfiguration.fromJson(configuration.toJson());
          assertThat(restored).isEqualTo(configuration);
          assertThat(weightInit(restored))
              .isEqualTo(row.initialization())
              .hasSameHashCodeAs(row.initialization());
        });
  }

  @TestFactory
  Stream<DynamicTest> servesInAnyProgramOfDeeplearning4j() {
    return forEach(
        row -> {
          double[] first = parameters(program(row.initialization(), 5));
          assertThat(parameters(program(row.initialization(), 5))).isEqualTo(first);
          double[] layer1 = Arrays.copyOfRange(first, 0, 36);
          double[] layer2 = Arrays.copyOfRange(first, 42, 78);
          if (row.random) {
            assertThat(parameters(program(row.initialization(), 6))).isNotEqualTo(first);
            assertThat(layer2).isNotEqualTo(layer1);
          } else {
            assertThat(layer1).isEqualTo(row.initialization().draw(null, 6, 6));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> hasASpreadLikeItsStockCousin() {
    return forEach(
        row -> {
          IWeightInit stock = row.initialization().stock(6, 6);
          assertThat(stock.getClass().getName()).startsWith("org.deeplearning4j.");
          double[] ours = parameters(program(row.initialization(), 5));
          double[] theirs = parameters(program(stock, row.initialization().stock(6, 1), 5));
          assertThat(theirs).hasSameSizeAs(ours);
          // 72 weights: their scatter is known to a third or so
          assertThat(scatter(theirs)).isBetween(scatter(ours) / 2, scatter(ours) * 2);
        });
  }

  private static double scatter(double[] parameters) {
    return Math.sqrt(Arrays.stream(parameters).map(p -> p * p).sum());
  }

  private static IWeightInit weightInit(MultiLayerConfiguration configuration) {
    return ((DenseLayer) configuration.getConf(0).getLayer()).getWeightInitFn();
  }

  private static double[] parameters(MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network.params().toDoubleVector();
  }

  /** What somebody writes who knows nothing of Symbreak but the initialization: 6-6-6-1. */
  private static MultiLayerConfiguration program(IWeightInit init, long seed) {
    return program(init, init, seed);
  }

  private static MultiLayerConfiguration program(
      IWeightInit init, IWeightInit outputInit, long seed) {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .dataType(DataType.DOUBLE)
        .weightInit(init)
        .activation(Activation.TANH)
        .list()
        .layer(new DenseLayer.Builder().nIn(6).nOut(6).build())
        .layer(new DenseLayer.Builder().nIn(6).nOut(6).build())
        .layer(
            new OutputLayer.Builder(LossFunction.XENT)
                .weightInit(outputInit)
                .nIn(6)
                .nOut(1)
                .activation(Activation.SIGMOID)
                .build())
        .build();
  }
}

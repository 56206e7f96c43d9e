package org.symbreak.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.symbreak.init.Initializations;
import org.symbreak.init.NumPyGaussian;
import org.symbreak.init.ScaledGaussian;
import org.symbreak.init.VarianceScaling.Family;
import org.symbreak.init.Zeros;

class NetworkSpecTest {
  private static NetworkSpec spec(String weights, String biases, Precision precision) {
    return new NetworkSpec(
        List.of(4, 3),
        List.of(Activation.TANH),
        Initializations.parseLayers(weights),
        Initializations.parseLayers(biases),
        0.01,
        precision);
  }

  @Test
  void drawsEachLayerFromItsOwnStream() {
    double[] gaussian = spec("gaussian:0.5", "zeros", Precision.DOUBLE).initialParameters(2, 0);
    assertThat(spec("gaussian:0.5", "zeros", Precision.DOUBLE).initialParameters(2, 0))
        .isEqualTo(gaussian);
    assertThat(spec("gaussian:0.5", "zeros", Precision.DOUBLE).initialParameters(2, 1))
        .isNotEqualTo(gaussian);
    // what the first layer begins with changes nothing in the second: 2-4-3-1 has its weights at 12
    double[] mixed =
        spec("zeros/gaussian:0.5", "gaussian", Precision.DOUBLE).initialParameters(2, 0);
    for (int i = 12; i < 24; i++) {
      assertThat(mixed[i]).isEqualTo(gaussian[i]).isNotZero();
    }
    for (int i = 8; i < 12; i++) {
      assertThat(gaussian[i]).isZero();
      assertThat(mixed[i]).isNotZero();
    }
  }

  @Test
  void floatNetworksBeginAtTheRoundedWeights() {
    double[] exact = spec("he", "zeros", Precision.DOUBLE).initialParameters(2, 3);
    double[] rounded = spec("he", "zeros", Precision.FLOAT).initialParameters(2, 3);
    for (int i = 0; i < exact.length; i++) {
      assertThat(rounded[i]).isEqualTo((float) exact[i]);
    }
  }

  @Test
  void numPysSequenceGoesOnFromLayerToLayer() {
    double[] parameters = spec("numpy:3:he", "zeros", Precision.DOUBLE).initialParameters(2, 99);
    double[] sequence = NumPyGaussian.scaled(3, 1).draw(null, 1, 8 + 12 + 3);
    for (int i = 0; i < 12; i++) {
      assertThat(parameters[12 + i]).isEqualTo(sequence[8 + i] * Math.sqrt(2.0 / 4));
    }
    MultiLayerConfiguration configuration =
        spec("numpy:3:he", "zeros", Precision.DOUBLE).configuration(2, new Adam(), 1);
    assertThat(((DenseLayer) configuration.getConf(1).getLayer()).getWeightInitFn())
        .isEqualTo(new NumPyGaussian(3, Family.HE, 1, 8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gaussian:0.01",
        "identity/zeros",
        "numpy:3:he",
        "sparse:2/orthogonal/uniform:auto"
      })
  void itsConfigurationSurvivesJson(String weights) {
    MultiLayerConfiguration configuration =
        spec(weights, "zeros", Precision.DOUBLE).configuration(2, new Adam(0.1), 0);
    assertThat(configuration.getDataType()).isEqualTo(DataType.DOUBLE);
    MultiLayerConfiguration restored = MultiLayerConfiguration.fromJson(configuration.toJson());
    assertThat(restored).isEqualTo(configuration);
    assertThat(((OutputLayer) restored.getConf(2).getLayer()).getLossFn())
        .isEqualTo(new SigmoidCrossEntropy());
  }

  /**
   * The configuration is put together without Deeplearning4j's list builder; this is what that one
   * makes of the same layers.
   */
  @Test
  void isWhatTheListBuilderBuilds() {
    MultiLayerConfiguration ours =
        spec("he/gaussian:0.5/zeros", "zeros", Precision.DOUBLE).configuration(2, new Adam(0.1), 7);
    MultiLayerConfiguration theirs =
        new NeuralNetConfiguration.Builder()
            .seed(ours.getConf(0).getSeed())
            .dataType(DataType.DOUBLE)
            .updater(new Adam(0.1))
            .l2(0.01)
            .list()
            .layer(
                new DenseLayer.Builder()
                    .nIn(2)
                    .nOut(4)
                    .activation(new ActivationTanH())
                    .weightInit(Initializations.parse("he"))
                    .build())
            .layer(
                new DenseLayer.Builder()
                    .nIn(4)
                    .nOut(3)
                    .activation(new ActivationTanH())
                    .weightInit(new ScaledGaussian(0.5))
                    .build())
            .layer(
                new OutputLayer.Builder(new SigmoidCrossEntropy())
                    .nIn(3)
                    .nOut(1)
                    .activation(new ActivationSigmoid())
                    .weightInit(new Zeros())
                    .build())
            .build();
    assertThat(ours).isEqualTo(theirs);
    assertThat(ours.toJson()).isEqualTo(theirs.toJson());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zeros",
        "constant:0.5",
        "gaussian",
        "uniform",
        "he-truncated",
        "orthogonal",
        "nguyen-widrow",
        "identity",
        "sparse",
        "numpy:3:he"
      })
  void itsStockConfigurationNamesNothingOfOurs(String weights) {
    NetworkSpec spec = spec(weights, "zeros", Precision.FLOAT);
    MultiLayerConfiguration stock = spec.stockConfiguration(2, new Adam(0.1), 0);
    assertThat(stock.toJson()).doesNotContain("symbreak").contains(LossBinaryXENT.class.getName());

    MultiLayerNetwork restored =
        new MultiLayerNetwork(MultiLayerConfiguration.fromJson(stock.toJson()));
    restored.init();
    double[] parameters = spec.initialParameters(2, 5);
    restored.setParams(
        Nd4j.createFromArray(parameters).castTo(DataType.FLOAT).reshape(1, parameters.length));
    double[] x = {0.5, -2};
    double theirs =
        restored
            .output(Nd4j.createFromArray(new double[][] {x}).castTo(DataType.FLOAT))
            .getDouble(0);
    assertThat(new DenseNetwork(spec.shape(2), spec.activations(), parameters).probability(x))
        .isCloseTo(theirs, within(1e-6));
  }

  /** Describing a network must not cost the second that loading ND4J's native library takes. */
  @Test
  void describesWithoutLoadingNativeLibraries() throws Exception {
    String loaded = childJvm(Describe.class);
    assertThat(loaded.lines().toList())
        .anyMatch(line -> line.contains(MultiLayerConfiguration.class.getName()))
        .anyMatch(line -> line.equals("described"))
        .noneMatch(
            line ->
                line.contains("org.nd4j.nativeblas.NativeOpsHolder")
                    || line.contains("org.bytedeco.javacpp.Loader"));
  }

  /** What the child JVM does. */
  static final class Describe {
    public static void main(String[] args) {
      NetworkSpec spec = spec("he/gaussian", "zeros", Precision.FLOAT);
      spec.initialParameters(2, 1);
      String exact = spec.configuration(2, new Adam(), 1).toJson();
      String stock = spec.stockConfiguration(2, new Adam(), 1).toJson();
      MultiLayerConfiguration.fromJson(exact);
      MultiLayerConfiguration.fromJson(stock);
      System.out.println("described");
    }
  }

  private static String childJvm(Class<?> main) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-verbose:class",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}

package org.symbreak.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
import org.symbreak.init.LayerInits;
import org.symbreak.init.NumPyGaussian;
import org.symbreak.init.ScaledGaussian;
import org.symbreak.init.VarianceScaling.Family;
import org.symbreak.init.Zeros;
import org.symbreak.problem.InputException;

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

  /** Streams are told apart by layer, and weights from biases. */
  @Test
  void drawsBiasesFromStreamsOfTheirOwn() {
    double[] parameters =
        spec("gaussian:1", "gaussian:1", Precision.DOUBLE).initialParameters(4, 0);
    assertThat(parameters).hasSize(4 * 4 + 4 + 4 * 3 + 3 + 3 + 1).doesNotHaveDuplicates();
  }

  @Test
  void refusesWhatIsNoNetwork() {
    NetworkSpec fine = spec("zeros", "zeros", Precision.DOUBLE);
    for (double l2 : new double[] {-0.5, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> fine.withL2(l2)).hasMessageContaining("found " + l2);
    }
    assertThat(fine.withL2(0).l2()).isZero();
    assertThat(fine.withL2(NetworkSpec.AUTO_L2).l2()).isEqualTo(NetworkSpec.AUTO_L2);
    assertThatThrownBy(() -> of(List.of(3, 0), List.of(Activation.TANH)))
        .hasMessageContaining("at least one unit, found [3, 0]");
    assertThatThrownBy(() -> of(List.of(3), List.of()))
        .hasMessageContaining("hidden layers need an activation");
    assertThat(of(List.of(), List.of()).shape(5).sizes()).containsExactly(5, 1);
  }

  private static NetworkSpec of(List<Integer> hidden, List<Activation> activations) {
    LayerInits zeros = Initializations.parseLayers("zeros");
    return new NetworkSpec(hidden, activations, zeros, zeros, 0, Precision.DOUBLE);
  }

  @Test
  void theLastActivationRepeats() {
    NetworkSpec spec = of(List.of(4, 3, 2), List.of(Activation.RELU, Activation.ELU));
    assertThat(spec.activation(0)).isEqualTo(Activation.RELU);
    assertThat(spec.activation(1)).isEqualTo(Activation.ELU);
    assertThat(spec.activation(2)).isEqualTo(Activation.ELU);
    MultiLayerConfiguration configuration = spec.configuration(2, new Adam(), 1);
    for (int layer = 0; layer < 3; layer++) {
      assertThat(((DenseLayer) configuration.getConf(layer).getLayer()).getActivationFn())
          .isEqualTo(spec.activation(layer).dl4j());
    }
  }

  @Test
  void refusesMoreThanAnArrayHolds() {
    NetworkSpec wide = of(List.of(50_000, 50_000), List.of(Activation.TANH));
    assertThatThrownBy(() -> wide.shape(7))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("at most 2147483647 weights and biases")
        .hasMessageContaining("[50000, 50000] hidden units and 7 inputs");
  }

  /** Float's largest is 3.4028e38, double's 1.7977e308. */
  @Test
  void refusesNumbersBeyondItsPrecision() {
    assertThat(spec("constant:3e38", "zeros", Precision.FLOAT).initialParameters(1, 1))
        .contains(3e38f);
    assertThat(spec("constant:4e38", "zeros", Precision.DOUBLE).initialParameters(1, 1))
        .contains(4e38);
    assertThatThrownBy(
            () -> spec("constant:4e38", "zeros", Precision.FLOAT).initialParameters(1, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("at most 3.403e+38, found 4.0E38");
    assertThatThrownBy(
            () -> spec("zeros", "constant:4e38", Precision.FLOAT).initialParameters(1, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--init zeros --bias-init constant:4");
  }

  @Test
  void mustKnowItsPenaltyBeforeItIsConfigured() {
    NetworkSpec open = spec("zeros", "zeros", Precision.DOUBLE).withL2(NetworkSpec.AUTO_L2);
    assertThatThrownBy(() -> open.configuration(2, new Adam(), 1))
        .isInstanceOf(IllegalStateException.class);
  }

  /** To Deeplearning4j 0 is no seed at all. */
  @Test
  void givesDeeplearning4jASeedOfItsOwn() {
    NetworkSpec spec = spec("zeros", "zeros", Precision.DOUBLE);
    Set<Long> seeds = new HashSet<>();
    for (long seed = -5; seed < 5; seed++) {
      long given = spec.configuration(2, new Adam(), seed).getConf(0).getSeed();
      assertThat(given).isNotZero();
      assertThat(spec.configuration(2, new Adam(), seed).getConf(0).getSeed()).isEqualTo(given);
      seeds.add(given);
    }
    assertThat(seeds).hasSize(10);
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
        "numpy:3:he",
        "lsuv",
        "data",
        "critical"
      })
  void itsStockConfigurationNamesNothingOfOurs(String weights) {
    NetworkSpec spec = spec(weights, "zeros", Precision.FLOAT);
    MultiLayerConfiguration stock = spec.stockConfiguration(2, new Adam(0.1), 0);
    assertThat(stock.toJson()).doesNotContain("symbreak").contains(LossBinaryXENT.class.getName());

    MultiLayerNetwork restored =
        new MultiLayerNetwork(MultiLayerConfiguration.fromJson(stock.toJson()));
    restored.init();
    double[] parameters =
        spec.initialParameters(2, 5, most -> new double[][] {{1, 2}, {-1, 0.5}, {0.3, -2}});
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

package org.symbreak.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.symbreak.model.SavedModel;
import org.symbreak.model.SavedModels;
import org.symbreak.network.Activation;
import org.symbreak.network.Precision;

/** Saved models in JVMs that lack something: this library, or ND4J's native library. */
class OtherJvmTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Precision.class)
  void opensInDeeplearning4jWithoutThisLibrary(Precision precision) throws Exception {
    Path file = directory.resolve("model.zip");
    SavedModel model =
        SavedModels.model(directory, precision, List.of(5, 3), Activation.TANH, Activation.RELU);
    model.save(file);
    String jars = classPath(path -> path.endsWith(".jar"));
    Path program = Path.of(OtherJvmTest.class.getResource("/stock/StockOutput.java").toURI());
    ChildJvm stock = ChildJvm.run(jars, List.of(), program.toString(), file.toString());
    assertThat(stock.exitCode()).isZero();
    assertThat(stock.output())
        .contains("output " + output(file), "state " + hex(model.updaterState()))
        .anyMatch(line -> line.startsWith("iteration 121 "));
  }

  private static String output(Path file) {
    MultiLayerNetwork network = GuardedModels.restoreMultiLayerNetwork(file);
    int inputs = network.layerInputSize(0);
    DataType type = network.getLayerWiseConfigurations().getDataType();
    return hex(
        network
            .output(
                Nd4j.linspace(-2, 2, 10L * inputs, DataType.DOUBLE)
                    .reshape(10, inputs)
                    .castTo(type))
            .dup()
            .data()
            .asDouble());
  }

  @Test
  void isWrittenAndReadWithoutNd4jsNativeLibrary() throws Exception {
    SavedModels.model(directory, Precision.FLOAT, List.of(5), Activation.ELU)
        .save(directory.resolve("here.zip"));
    String withoutNatives =
        classPath(path -> !path.matches(".*(nd4j-native|openblas|javacpp)[^/\\\\]*\\.jar"));
    ChildJvm child =
        ChildJvm.run(
            withoutNatives, List.of(), SavingAndPredicting.class.getName(), directory.toString());
    assertThat(child.exitCode()).isZero();
    double expected =
        SavedModel.load(directory.resolve("here.zip"))
            .predictor()
            .probability(SavingAndPredicting.FEATURES);
    assertThat(SavedModel.load(directory.resolve("here.zip")).shape().inputs(0))
        .isEqualTo(SavingAndPredicting.FEATURES.length);
    assertThat(child.output()).containsExactly(Double.toHexString(expected));
    assertThat(directory.resolve("there.zip"))
        .hasSameBinaryContentAs(directory.resolve("here.zip"));
  }

  /** A program to be run in a JVM of its own: makes a model, saves it, reads it and predicts. */
  static final class SavingAndPredicting {
    static final double[] FEATURES = {0.5, -1, 1, 0, 0, 0};

    public static void main(String[] args) throws IOException {
      Path directory = Path.of(args[0]);
      Path file = directory.resolve("there.zip");
      SavedModels.model(directory, Precision.FLOAT, List.of(5), Activation.ELU).save(file);
      System.out.println(
          Double.toHexString(SavedModel.load(file).predictor().probability(FEATURES)));
    }
  }

  private static String classPath(Predicate<String> kept) {
    return Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
        .filter(kept)
        .collect(Collectors.joining(java.io.File.pathSeparator));
  }

  private static String hex(double[] values) {
    return Arrays.stream(values).mapToObj(Double::toHexString).collect(Collectors.joining(" "));
  }
}

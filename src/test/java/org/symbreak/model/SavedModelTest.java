package org.symbreak.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.symbreak.guard.GenuineModels;
import org.symbreak.guard.GuardedModels;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseNetwork;
import org.symbreak.network.Precision;
import org.symbreak.problem.InputException;

/**
 * A saved model comes back as it was, predicts the same bits, and opens in Deeplearning4j with or
 * without this library.
 */
class SavedModelTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Precision.class)
  void comesBackAsItWas(Precision precision) throws IOException {
    SavedModel saved =
        SavedModels.model(directory, precision, List.of(5, 3), Activation.TANH, Activation.RELU);
    saved.save(directory.resolve("model.zip"));
    SavedModel loaded = SavedModel.load(directory.resolve("model.zip"));
    assertThat(loaded.network()).isEqualTo(saved.network());
    assertThat(loaded.stockConfiguration()).isEqualTo(saved.stockConfiguration());
    assertThat(loaded.exactConfiguration()).isEqualTo(saved.exactConfiguration());
    assertThat(loaded.parameters()).isEqualTo(saved.parameters());
    assertThat(loaded.updaterState()).isEqualTo(saved.updaterState());
    assertThat(loaded.threshold()).isEqualTo(0.375);
    assertThat(loaded.provenance()).isEqualTo(saved.provenance());
    assertThat(loaded.pipeline().toJson()).isEqualTo(saved.pipeline().toJson());
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void predictsTheSameBits(Activation activation) throws IOException {
    SavedModel saved = SavedModels.model(directory, Precision.DOUBLE, List.of(6), activation);
    saved.save(directory.resolve("model.zip"));
    Predictor predictor = SavedModel.load(directory.resolve("model.zip")).predictor();
    DenseNetwork inMemory =
        new DenseNetwork(saved.shape(), List.of(activation), saved.parameters());
    for (int row = 0; row < 50; row++) {
      double[] features = features(saved.shape().inputs(0), row);
      assertThat(predictor.probability(features))
          .isEqualTo(inMemory.probability(features))
          .isBetween(0.0, 1.0);
    }
  }

  @Test
  void isTheSameFileEachTime() throws IOException {
    SavedModel model = SavedModels.model(directory, Precision.FLOAT, List.of(4), Activation.TANH);
    model.save(directory.resolve("a.zip"));
    model.save(directory.resolve("b.zip"));
    assertThat(directory.resolve("a.zip")).hasSameBinaryContentAs(directory.resolve("b.zip"));
  }

  @Test
  void keepsNoStateOfAnOptimizerThatHasNone() throws IOException {
    SavedModel model = SavedModels.model(directory, Precision.FLOAT, new Sgd(0.1), 0, List.of());
    model.save(directory.resolve("model.zip"));
    try (ZipFile zip = new ZipFile(directory.resolve("model.zip").toFile())) {
      assertThat(zip.getEntry("updaterState.bin")).isNull();
    }
    assertThat(SavedModel.load(directory.resolve("model.zip")).updaterState()).isEmpty();
  }

  @Test
  void namesStockClassesOnlyForStockDeeplearning4j() throws IOException {
    SavedModel model = SavedModels.model(directory, Precision.FLOAT, List.of(4), Activation.TANH);
    assertThat(model.stockConfiguration()).doesNotContain("symbreak").isASCII();
    assertThat(model.exactConfiguration())
        .contains("org.symbreak.init.ScaledGaussian", "org.symbreak.network.SigmoidCrossEntropy");
    MultiLayerConfiguration exact = MultiLayerConfiguration.fromJson(model.exactConfiguration());
    assertThat(exact.getIterationCount()).isEqualTo(120);
    assertThat(exact.getEpochCount()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void givesTheSameOutputInDeeplearning4j(Precision precision) throws IOException {
    SavedModel model =
        SavedModels.model(directory, precision, List.of(5, 3), Activation.TANH, Activation.SIGMOID);
    model.save(directory.resolve("model.zip"));
    MultiLayerNetwork network =
        GuardedModels.restoreMultiLayerNetwork(directory.resolve("model.zip"));
    assertThat(network.getIterationCount()).isEqualTo(120);
    assertThat(network.getUpdater().getStateViewArray().dup().data().asDouble())
        .isEqualTo(model.updaterState());
    Predictor predictor = model.predictor();
    for (int row = 0; row < 20; row++) {
      double[] features = features(model.shape().inputs(0), row);
      DataType type = precision == Precision.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
      double output =
          network.output(Nd4j.createFromArray(new double[][] {features}).castTo(type)).getDouble(0);
      assertThat(output)
          .isCloseTo(
              predictor.probability(features),
              org.assertj.core.api.Assertions.within(precision == Precision.FLOAT ? 1e-6 : 1e-14));
    }
  }

  @Test
  void refusesAModelOfDeeplearning4jAlone() throws IOException {
    Path file = directory.resolve("stock.zip");
    Files.write(file, GenuineModels.zip(GenuineModels.plain()));
    assertThatThrownBy(() -> SavedModel.load(file))
        .isInstanceOf(InputException.class)
        .hasMessage(
            file
                + ": expected a model that symbreak train wrote, found a zip of Deeplearning4j"
                + " without the entry symbreak/model.json");
  }

  private static double[] features(int count, int row) {
    double[] features = new double[count];
    for (int i = 0; i < count; i++) {
      features[i] = 2 * StrictMath.cos(row * 1.1 + i * 2.3);
    }
    return features;
  }
}

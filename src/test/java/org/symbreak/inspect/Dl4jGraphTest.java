package org.symbreak.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;
import org.symbreak.guard.GuardedModels;
import org.symbreak.guard.ModelGuard;
import org.symbreak.guard.OtherNetworks;
import org.symbreak.symmetry.LayerProbe;

/** Dense layers within a graph, and between layers of other kinds. */
class Dl4jGraphTest {
  @TempDir private Path directory;

  @Test
  void findsAndMendsPlantedFaultsBehindConvolutions() throws IOException {
    MultiLayerNetwork network = OtherNetworks.convolutional();
    copyUnit(network.getLayer(3), 1, 4);
    // behind ReLU, but what lies between scales each unit in its own way
    copyUnit(network.getLayer(5), 0, 3);
    for (String parameter : List.of("gamma", "beta", "mean", "log10stdev")) {
      INDArray values = network.getLayer(6).getParam(parameter);
      values.putScalar(3, values.getDouble(0));
    }
    Path file = directory.resolve("cnn.zip");
    ModelSerializer.writeModel(network, file.toFile(), true);
    ModelInspection inspection = inspection(file);
    assertThat(inspection.format()).isEqualTo("deeplearning4j zip");
    assertThat(inspection.layers().stream().map(LayerDescription::name))
        .containsExactly("first", "second", "out");
    assertThat(inspection.unread())
        .anyMatch(line -> line.startsWith("ConvolutionLayer"))
        .anyMatch(line -> line.startsWith("SubsamplingLayer"));
    assertThat(inspection.findings().stream().filter(Finding::alarm).map(Finding::text))
        .anyMatch(text -> text.contains("Units 2 and 5 of hidden layer 1 (first) are identical"))
        .anyMatch(text -> text.contains("Units 1 and 4 of hidden layer 2 (second) are identical"));
    Path mended = directory.resolve("mended.zip");
    MendReport report = Mending.open(file, ProbeSource.RANDOM, Set.of()).merge(mended, false);
    assertThat(report.unitsAfter()).containsExactly(9, 5);
    MultiLayerNetwork stock = ModelSerializer.restoreMultiLayerNetwork(mended.toFile(), true);
    INDArray pictures = OtherNetworks.pictures();
    assertThat(largestDifference(stock.output(pictures), network.output(pictures)))
        .isLessThan(1e-12);
    assertThat(stock.getLayer(0).params()).isEqualTo(network.getLayer(0).params());
    assertThat(inspection(mended).alarm()).isFalse();
    GuardedModels.restoreMultiLayerNetwork(mended).fit(pictures, stock.output(pictures));
  }

  @Test
  void findsAndMendsPlantedFaultsInABranchOfAGraph() throws IOException {
    ComputationGraph graph = OtherNetworks.branched();
    copyUnit(graph.getLayer("left 1"), 2, 6);
    copyUnit(graph.getLayer("joint 2"), 0, 1);
    // what is merged, or added to another branch, cannot be cut here
    copyUnit(graph.getLayer("left 2"), 0, 1);
    Path file = directory.resolve("graph.zip");
    ModelSerializer.writeModel(graph, file.toFile(), true);
    ModelInspection inspection = inspection(file);
    assertThat(inspection.format()).isEqualTo("deeplearning4j zip, computation graph");
    assertThat(inspection.chains().stream().map(ChainDescription::name))
        .containsExactly("left 1 to left 2", "right 1", "joint 1", "joint 2 to out");
    assertThat(inspection.unread())
        .anyMatch(line -> line.startsWith("MergeVertex"))
        .anyMatch(line -> line.startsWith("ElementWiseVertex"));
    assertThat(inspection.alarm()).isTrue();
    Path mended = directory.resolve("mended.zip");
    MendReport report = Mending.open(file, ProbeSource.RANDOM, Set.of()).merge(mended, false);
    assertThat(report.unitsBefore()).containsExactly(8, 5);
    assertThat(report.unitsAfter()).containsExactly(7, 4);
    ComputationGraph stock = ModelSerializer.restoreComputationGraph(mended.toFile(), true);
    assertThat(
            largestDifference(
                stock.output(OtherNetworks.inputs())[0], graph.output(OtherNetworks.inputs())[0]))
        .isLessThan(1e-12);
    assertThat(stock.getLayer("joint 1").params()).isEqualTo(graph.getLayer("joint 1").params());
  }

  /** As stock Deeplearning4j added it: no byte of it is another after mending. */
  @Test
  void mendingKeepsTheNormalizer() throws Exception {
    MultiLayerNetwork network = OtherNetworks.convolutional();
    copyUnit(network.getLayer(3), 1, 4);
    ComputationGraph graph = OtherNetworks.branched();
    copyUnit(graph.getLayer("joint 2"), 0, 1);
    for (Normalizer<?> normalizer : OtherNetworks.normalizersOfPictures().values()) {
      requireKept(network, normalizer);
    }
    for (Normalizer<?> normalizer : OtherNetworks.normalizersOfBranches().values()) {
      requireKept(graph, normalizer);
    }
  }

  private void requireKept(Model network, Normalizer<?> normalizer) throws Exception {
    Path file = directory.resolve("normalized.zip");
    ModelSerializer.writeModel(network, file.toFile(), true);
    ModelSerializer.addNormalizerToModel(file.toFile(), normalizer);
    Path mended = Files.createTempDirectory(directory, "mended").resolve("mended.zip");
    MendReport report = Mending.open(file, ProbeSource.RANDOM, Set.of()).merge(mended, false);
    assertThat(report.unitsAfter()).isNotEqualTo(report.unitsBefore());
    assertThat(normalizer(mended)).isEqualTo(normalizer(file));
    Normalizer<?> stock = ModelSerializer.restoreNormalizerFromFile(mended.toFile());
    assertThat(stock).isEqualTo(normalizer);
  }

  private static byte[] normalizer(Path zip) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      return file.getInputStream(file.getEntry(ModelGuard.NORMALIZER)).readAllBytes();
    }
  }

  /** A network of layers that are not looked into has nothing that could be symmetric. */
  @Test
  void aNetworkWithoutDenseLayersIsRefusedInWords() throws IOException {
    Path file = directory.resolve("lstm.zip");
    ModelSerializer.writeModel(OtherNetworks.recurrent(), file.toFile(), true);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> inspection(file))
        .isInstanceOf(org.symbreak.problem.InputException.class)
        .hasMessageContaining("expected dense layers to look at")
        .hasMessageContaining("LSTM");
  }

  private static ModelInspection inspection(Path file) {
    return ModelInspection.of(file, ProbeSource.RANDOM, LayerProbe.TOLERANCE, Set.of());
  }

  private static void copyUnit(Layer layer, int from, int to) {
    INDArray weights = layer.getParam("W");
    for (int input = 0; input < weights.rows(); input++) {
      weights.putScalar(input, to, weights.getDouble(input, from));
    }
    INDArray biases = layer.getParam("b");
    biases.putScalar(to, biases.getDouble(from));
  }

  private static double largestDifference(INDArray a, INDArray b) {
    assertThat(a.meanNumber().doubleValue()).isCloseTo(b.meanNumber().doubleValue(), within(1.0));
    return a.sub(b).amaxNumber().doubleValue();
  }
}

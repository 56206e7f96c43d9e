package org.symbreak.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.symbreak.problem.InputException;

/** Graphs, and networks of other layers than dense ones, through the guarded door. */
class OtherNetworksTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  @Test
  void aConvolutionalNetworkComesOutAsItWas() throws IOException {
    MultiLayerNetwork network = OtherNetworks.convolutional();
    MultiLayerNetwork restored = GuardedModels.restoreMultiLayerNetwork(file(network));
    INDArray pictures = OtherNetworks.pictures();
    assertThat(restored.output(pictures)).isEqualTo(network.output(pictures));
    assertThat(restored.getUpdater().getStateViewArray())
        .isEqualTo(network.getUpdater().getStateViewArray());
  }

  @Test
  void aRecurrentNetworkComesOutAsItWas() throws IOException {
    MultiLayerNetwork network = OtherNetworks.recurrent();
    assertThat(GuardedModels.restoreMultiLayerNetwork(file(network)).params())
        .isEqualTo(network.params());
  }

  @Test
  void aGraphComesOutAsItWas() throws IOException {
    ComputationGraph graph = OtherNetworks.branched();
    ComputationGraph restored = GuardedModels.restoreComputationGraph(file(graph));
    assertThat(restored.output(OtherNetworks.inputs())[0])
        .isEqualTo(graph.output(OtherNetworks.inputs())[0]);
    assertThat(restored.getUpdater().getUpdaterStateViewArray())
        .isEqualTo(graph.getUpdater().getUpdaterStateViewArray());
  }

  @Test
  void theOneIsNotTakenForTheOther() throws IOException {
    Path graph = file(OtherNetworks.branched());
    Path network = file(OtherNetworks.recurrent());
    assertThatThrownBy(() -> GuardedModels.restoreMultiLayerNetwork(graph))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected a MultiLayerNetwork, found a ComputationGraph");
    assertThatThrownBy(() -> GuardedModels.restoreComputationGraph(network))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected a ComputationGraph, found a MultiLayerNetwork");
  }

  /** What a configuration is changed to, and what is said of it. */
  private record Hostile(String name, Consumer<ObjectNode> change, String said) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Hostile> hostileGraphs() {
    String planted = "org.symbreak.guard.PlantedClass";
    return Stream.of(
        new Hostile(
            "a class of one's own as a vertex",
            root -> vertex(root, "both").put("@class", planted),
            "known to be harmless"),
        new Hostile(
            "a vertex that runs what it is told",
            root ->
                vertex(root, "both")
                    .put("@class", "org.deeplearning4j.nn.conf.graph.AttentionVertex"),
            "known to be harmless"),
        new Hostile(
            "a vertex without a class",
            root -> vertex(root, "both").remove("@class"),
            "expected an"),
        new Hostile(
            "a layer of a class of one's own",
            root -> layer(root, "left 1").put("@class", planted),
            "known to be harmless"),
        new Hostile(
            "a layer that runs what it is told",
            root ->
                layer(root, "left 1")
                    .put(
                        "@class", "org.deeplearning4j.nn.conf.layers.samediff.SameDiffLambdaLayer"),
            "known to be harmless"),
        new Hostile(
            "a preprocessor of a class of one's own",
            root -> vertex(root, "left 1").putObject("preProcessor").put("@class", planted),
            "known to be harmless"),
        new Hostile(
            "a list that stands for an object",
            root -> vertex(root, "left 1").putArray("preProcessor").add(planted).addObject(),
            "an object or a number"),
        new Hostile(
            "more units than there are numbers",
            root -> layer(root, "left 1").put("nout", 2_000_000_000),
            "parameters"),
        new Hostile("a unit more", root -> layer(root, "left 1").put("nout", 9), "numbers"),
        new Hostile(
            "a circle",
            root -> ((ObjectNode) root.path("vertexInputs")).putArray("left 1").add("joint 2"),
            "inputs that can be computed before it"),
        new Hostile(
            "an input from nowhere",
            root -> ((ObjectNode) root.path("vertexInputs")).putArray("left 1").add("nowhere"),
            "inputs that can be computed before it"),
        new Hostile(
            "a vertex that takes nothing",
            root -> ((ObjectNode) root.path("vertexInputs")).putArray("both"),
            "at least one input"),
        new Hostile(
            "an output that is nowhere",
            root -> root.putArray("networkOutputs").add("nowhere"),
            "names of vertices"));
  }

  @ParameterizedTest
  @MethodSource("hostileGraphs")
  void aHostileGraphIsRefused(Hostile hostile) throws IOException {
    Path file = directory.resolve("hostile.zip");
    Files.write(file, changed(OtherNetworks.zip(OtherNetworks.branched()), hostile.change()));
    assertThatThrownBy(() -> GuardedModels.restoreComputationGraph(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(hostile.said());
  }

  /** Trust is for what has no numbers of its own. */
  @Test
  void noTrustLetsALayerOrAVertexIn() throws IOException {
    String planted = "org.symbreak.guard.PlantedClass";
    Path file = directory.resolve("hostile.zip");
    Files.write(
        file,
        changed(
            OtherNetworks.zip(OtherNetworks.branched()),
            root -> vertex(root, "both").put("@class", planted)));
    assertThatThrownBy(() -> GuardedModels.restoreComputationGraph(file, Set.of(planted)))
        .isInstanceOf(InputException.class);
  }

  private static ObjectNode vertex(ObjectNode root, String name) {
    return (ObjectNode) root.path("vertices").path(name);
  }

  private static ObjectNode layer(ObjectNode root, String name) {
    return (ObjectNode) vertex(root, name).path("layerConf").path("layer");
  }

  private Path file(org.deeplearning4j.nn.api.Model network) throws IOException {
    Path file = Files.createTempFile(directory, "network", ".zip");
    ModelSerializer.writeModel(network, file.toFile(), true);
    return file;
  }

  private static byte[] changed(byte[] zip, Consumer<ObjectNode> change) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), in.readAllBytes());
      }
    }
    ObjectNode root = (ObjectNode) JSON.readTree(entries.get(ModelGuard.CONFIGURATION));
    change.accept(root);
    entries.put(ModelGuard.CONFIGURATION, root.toString().getBytes(StandardCharsets.UTF_8));
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      PlainZip.write(out, entries);
      return out.toByteArray();
    }
  }
}

package org.symbreak.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerSerializer;
import org.symbreak.problem.InputException;

/** Graphs, and networks of other layers than dense ones, through the guarded door. */
class OtherNetworksTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MUTATIONS = 2000;

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

  /** A network, and a normalizer that was saved with it. */
  private record Normalized(String name, Map<String, byte[]> entries, Normalizer<?> normalizer) {
    byte[] bytes() {
      return entries.get(ModelGuard.NORMALIZER);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Normalized> normalized() {
    return Stream.concat(
        normalized(OtherNetworks.convolutional(), OtherNetworks.normalizersOfPictures()),
        normalized(OtherNetworks.branched(), OtherNetworks.normalizersOfBranches()));
  }

  private static Stream<Normalized> normalized(
      Model network, Map<String, Normalizer<?>> normalizers) {
    return normalizers.entrySet().stream()
        .map(
            named ->
                new Normalized(
                    named.getKey(),
                    entries(GenuineModels.zip(network, named.getValue())),
                    named.getValue()));
  }

  /** As Deeplearning4j wrote it, its bytes are let in, and are kept as they are. */
  @ParameterizedTest
  @MethodSource("normalized")
  void letsInTheNormalizersThatDeeplearning4jWrites(Normalized normalized) {
    CheckedModel model = ModelGuard.STRICT.check("network.zip", zip(normalized.entries()));
    assertThat(model.normalizerBytes()).contains(normalized.bytes());
    assertThat(model.normalizer().orElseThrow()).isEqualTo(normalized.normalizer());
  }

  @ParameterizedTest
  @MethodSource("normalized")
  void noPartOfANormalizerWillDo(Normalized normalized) {
    byte[] whole = normalized.bytes();
    for (int length = whole.length + 1; length >= 0; length -= length > whole.length ? 2 : 17) {
      normalized.entries().put(ModelGuard.NORMALIZER, Arrays.copyOf(whole, length));
      requireRefused(normalized.entries(), "entry normalizer.bin");
    }
  }

  /** Whatever a byte is changed to, what is let in is what Deeplearning4j makes something of. */
  @ParameterizedTest
  @MethodSource("normalized")
  void aDamagedNormalizerIsRefusedOrRestored(Normalized normalized) throws Exception {
    NetworkConfiguration configuration =
        ModelGuard.STRICT.check("network.zip", zip(normalized.entries())).configuration();
    EntryPlace place = EntryPlace.of("network.zip").entry(ModelGuard.NORMALIZER);
    Random random = new Random(5);
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] damaged = normalized.bytes().clone();
      for (int j = random.nextInt(3); j >= 0; j--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        NormalizerCheck.check(place, damaged, configuration);
      } catch (InputException e) {
        refused++;
        continue;
      }
      Normalizer<?> restored =
          NormalizerSerializer.getDefault().restore(new ByteArrayInputStream(damaged));
      assertThat(restored).hasSameClassAs(normalized.normalizer());
    }
    assertThat(refused).isBetween(MUTATIONS / 10, MUTATIONS - 1);
  }

  @Test
  void hostileNormalizersAreRefused() {
    Map<String, byte[]> graph = entries(OtherNetworks.zip(OtherNetworks.branched()));
    Map<String, byte[]> pictures = entries(OtherNetworks.zip(OtherNetworks.convolutional()));
    String planted = PlantedClass.class.getName();
    for (Map<String, byte[]> entries : List.of(graph, pictures)) {
      requireRefused(with(entries, "CUSTOM", out -> out.writeUTF(planted)), "'CUSTOM'");
      requireRefused(with(entries, "IMAGE_VGG16", out -> {}), "'IMAGE_VGG16'");
      requireRefused(
          with(entries, "IMAGE_MIN_MAX", out -> doubles(out, 1, 0, 255)), "target range");
      requireRefused(
          with(entries, "IMAGE_MIN_MAX", out -> doubles(out, 0, 1, Double.NaN)), "finite");
      requireRefused(with(entries, "IMAGE_MIN_MAX", out -> doubles(out, 0, 1, 0)), "above 0");
      requireRefused(
          with(
              entries,
              "STANDARDIZE",
              out -> {
                out.writeByte(0);
                out.write(NdArrayCodec.encode(new double[3], ElementType.FLOAT));
                out.write(NdArrayCodec.encode(new double[4], ElementType.FLOAT));
              }),
          "3 numbers");
    }
    requireRefused(
        with(
            graph,
            "MULTI_STANDARDIZE",
            out -> {
              out.writeByte(0);
              out.writeInt(Integer.MAX_VALUE);
              out.writeInt(0);
            }),
        "2147483647");
    requireRefused(with(graph, "MULTI_HYBRID", out -> out.writeInt(-1)), "found -1");
    requireRefused(
        with(
            graph,
            "MULTI_HYBRID",
            out -> {
              out.writeInt(1);
              out.writeInt(0);
              out.writeInt(3);
            }),
        "1 or 2 for how");
    requireRefused(with(pictures, "MULTI_STANDARDIZE", out -> out.writeByte(0)), "found 'MULTI_");
    requireRefused(
        with(pictures, "STANDARDIZE", out -> out.write(new byte[NormalizerCheck.MOST_BYTES])),
        "at most 16777216 bytes");
  }

  /** What writes the rest of a normalizer. */
  private interface Rest {
    void writeTo(DataOutputStream out) throws IOException;
  }

  private static void doubles(DataOutputStream out, double... values) throws IOException {
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  private static Map<String, byte[]> with(Map<String, byte[]> entries, String kind, Rest rest) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF("NORMALIZER");
      out.writeInt(1);
      out.writeUTF(kind);
      rest.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, byte[]> more = new LinkedHashMap<>(entries);
    more.put(ModelGuard.NORMALIZER, bytes.toByteArray());
    return more;
  }

  private static void requireRefused(Map<String, byte[]> entries, String said) {
    byte[] zip = zip(entries);
    assertThatThrownBy(() -> ModelGuard.STRICT.check("network.zip", zip))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("normalizer.bin")
        .hasMessageContaining(said);
  }

  private static ObjectNode vertex(ObjectNode root, String name) {
    return (ObjectNode) root.path("vertices").path(name);
  }

  private static ObjectNode layer(ObjectNode root, String name) {
    return (ObjectNode) vertex(root, name).path("layerConf").path("layer");
  }

  private Path file(Model network) throws IOException {
    Path file = Files.createTempFile(directory, "network", ".zip");
    ModelSerializer.writeModel(network, file.toFile(), true);
    return file;
  }

  private static byte[] changed(byte[] zip, Consumer<ObjectNode> change) throws IOException {
    Map<String, byte[]> entries = entries(zip);
    ObjectNode root = (ObjectNode) JSON.readTree(entries.get(ModelGuard.CONFIGURATION));
    change.accept(root);
    entries.put(ModelGuard.CONFIGURATION, root.toString().getBytes(StandardCharsets.UTF_8));
    return zip(entries);
  }

  private static Map<String, byte[]> entries(byte[] zip) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), in.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  private static byte[] zip(Map<String, byte[]> entries) {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      PlainZip.write(out, entries);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.symbreak.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;
import org.symbreak.problem.InputException;

/**
 * What stock Deeplearning4j writes passes the guard, and comes out as stock Deeplearning4j would
 * have restored it.
 */
class GuardedModelsTest {
  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> letsInWhatDeeplearning4jWrites() {
    return GenuineModels.all().entrySet().stream()
        .map(named -> dynamicTest(named.getKey(), () -> requireSameAsStock(named.getValue())));
  }

  private static void requireSameAsStock(MultiLayerNetwork network) throws IOException {
    byte[] zip = GenuineModels.zip(network);
    MultiLayerNetwork stock =
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(zip), true);
    MultiLayerNetwork guarded = ModelGuard.STRICT.check("genuine.zip", zip).restore();
    assertThat(guarded.getLayerWiseConfigurations()).isEqualTo(stock.getLayerWiseConfigurations());
    assertThat(bits(guarded.params())).isEqualTo(bits(stock.params()));
    INDArray stockState = stock.getUpdater().getStateViewArray();
    INDArray state = guarded.getUpdater().getStateViewArray();
    assertThat(state == null ? null : bits(state))
        .isEqualTo(stockState == null ? null : bits(stockState));
    INDArray rows = GenuineModels.rows(network.getLayerWiseConfigurations().getDataType());
    if (!network.getLayerWiseConfigurations().toJson().contains("RReLU")) {
      // the randomized one draws a slope even when predicting
      assertThat(bits(guarded.output(rows))).isEqualTo(bits(stock.output(rows)));
    }
  }

  @TestFactory
  Stream<DynamicTest> letsInNormalizers() {
    MultiLayerNetwork network = GenuineModels.plain();
    return GenuineModels.normalizers().entrySet().stream()
        .map(
            named ->
                dynamicTest(
                    named.getKey(), () -> requireSameNormalizer(network, named.getValue())));
  }

  private static void requireSameNormalizer(
      MultiLayerNetwork network, DataNormalization normalizer) {
    CheckedModel model =
        ModelGuard.STRICT.check("genuine.zip", GenuineModels.zip(network, normalizer));
    Normalizer<?> restored = model.normalizer().orElseThrow();
    assertThat(restored).isEqualTo(normalizer);
    assertThat(model.restore().numParams()).isEqualTo(network.numParams());
  }

  @Test
  void letsInClassesThatAreTrusted() throws IOException {
    Path file = directory.resolve("model.zip");
    Files.write(
        file,
        GenuineModels.zip(
            GenuineModels.trained(network -> {}, layer -> layer.activation(new Doubled()))));
    assertThatThrownBy(() -> GuardedModels.restoreMultiLayerNetwork(file))
        .isInstanceOf(InputException.class)
        .hasMessage(
            file
                + ": entry configuration.json, confs[0].layer.activationFn.@class: expected a class"
                + " that is known to be harmless there, or that you trust, found \""
                + Doubled.class.getName()
                + "\"");
    MultiLayerNetwork network =
        GuardedModels.restoreMultiLayerNetwork(file, Set.of(Doubled.class.getName()));
    assertThat(network.getLayer(0).conf().getLayer().toString()).contains("Doubled");
  }

  @Test
  void asksForTheOptimizersState() throws IOException {
    byte[] zip = RawZip.of(without("updaterState.bin"), RawZip.DEFLATED).build();
    assertThatThrownBy(() -> ModelGuard.STRICT.check("model.zip", zip))
        .hasMessage(
            "model.zip: entry updaterState.bin: expected the optimizer's state of 52 numbers, found"
                + " no such entry");
    assertThat(ModelGuard.STRICT.withoutUpdater().check("model.zip", zip).updaterState()).isEmpty();
  }

  /**
   * What versions before 1.0.0-beta4 wrote: no data types, other names for initialization and
   * penalties.
   */
  @Test
  void letsInOlderConfigurations() throws IOException {
    Map<String, byte[]> entries = without("updaterState.bin");
    ObjectNode root = (ObjectNode) new ObjectMapper().readTree(entries.get("configuration.json"));
    root.remove(List.of("dataType", "validateOutputLayerConfig"));
    root.put("backprop", true).put("pretrain", false);
    for (JsonNode conf : root.get("confs")) {
      ((ObjectNode) conf).remove("dataType");
      ((ObjectNode) conf).put("pretrain", false).putObject("l1ByParam");
      ObjectNode layer = (ObjectNode) conf.get("layer");
      layer.remove(
          List.of(
              "gainInit",
              "hasLayerNorm",
              "regularization",
              "regularizationBias",
              "weightInitFn",
              "timeDistributedFormat"));
      layer
          .put("weightInit", "XAVIER")
          .put("l1", 0.0)
          .put("l1Bias", 0.0)
          .put("l2", 0.01)
          .put("l2Bias", 0.0)
          .put("pretrain", false)
          .putNull("dist");
      layer
          .putObject("iupdater")
          .put("@class", "org.nd4j.linalg.learning.config.Sgd")
          .put("learningRate", 0.1);
    }
    entries.put("configuration.json", root.toPrettyString().getBytes(StandardCharsets.US_ASCII));
    byte[] zip = RawZip.of(entries, RawZip.DEFLATED).build();
    MultiLayerNetwork stock =
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(zip), true);
    MultiLayerNetwork guarded = ModelGuard.STRICT.check("older.zip", zip).restore();
    assertThat(guarded.getLayerWiseConfigurations()).isEqualTo(stock.getLayerWiseConfigurations());
    assertThat(bits(guarded.params())).isEqualTo(bits(stock.params()));
  }

  private static Map<String, byte[]> without(String entry) throws IOException {
    Map<String, byte[]> entries =
        HostileModelsTest.entries(GenuineModels.zip(GenuineModels.plain()));
    entries.remove(entry);
    return entries;
  }

  /** Somebody's own activation. */
  public static final class Doubled extends ActivationTanH {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
      return "Doubled";
    }
  }

  private static long[] bits(INDArray array) {
    return Arrays.stream(array.dup().data().asDouble())
        .mapToLong(Double::doubleToRawLongBits)
        .toArray();
  }
}

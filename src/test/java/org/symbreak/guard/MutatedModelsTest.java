package org.symbreak.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.symbreak.model.SavedModel;
import org.symbreak.model.SavedModels;
import org.symbreak.network.Activation;
import org.symbreak.network.Precision;
import org.symbreak.problem.InputException;
import org.symbreak.random.Streams;

/**
 * Genuine files changed at random: each is refused with a message, or is a model whose parameters
 * are finite and dense.
 */
class MutatedModelsTest {
  private static final String[] TOKENS = {
    "0",
    "-1",
    "1",
    "2147483647",
    "2147483648",
    "9223372036854775807",
    "1e308",
    "-1e-308",
    "0.1",
    "1e999",
    "NaN",
    "\"NaN\"",
    "\"\"",
    "null",
    "true",
    "false",
    "[]",
    "{}",
    "[[]]",
    "\"FLOAT\"",
    "\"DOUBLE\"",
    "\"HALF\"",
    "{\"@class\":\"java.lang.Object\"}",
    "\"org.nd4j.linalg.learning.config.Sgd\"",
    "\"org.nd4j.linalg.activations.impl.ActivationReLU\"",
    "\"\\u0000\""
  };

  @TempDir Path directory;

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void refusesOrReads2000() throws IOException {
    mutate(2000);
  }

  @Test
  @Tag("slow")
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void refusesOrReads100000() throws IOException {
    mutate(100_000);
  }

  private void mutate(int count) throws IOException {
    List<byte[]> genuine = genuine(directory);
    int letIn = 0;
    for (int i = 0; i < count; i++) {
      RandomGenerator random = Streams.of(20, i);
      byte[] zip = mutated(genuine.get(random.nextInt(genuine.size())), random);
      try {
        if (read(zip)) {
          letIn++;
        }
      } catch (RuntimeException | Error e) {
        throw new AssertionError("mutation " + i, e);
      }
    }
    // some changes do no harm: another seed, another learning rate, another weight
    assertThat(letIn).isBetween(count / 50, count / 2);
  }

  /**
   * Reads a model file of these bytes, which has to give finite and dense parameters, or to be
   * refused with what was expected.
   *
   * @return whether it was read
   */
  static boolean read(byte[] zip) {
    try {
      CheckedModel model = ModelGuard.STRICT.check("mutated.zip", zip);
      requireFinite(model);
      model.normalizer();
      if (model.zip().names().contains(SavedModelEntries.MODEL)) {
        SavedModel.of(model).predictor();
      }
      return true;
    } catch (InputException e) {
      assertThat(e).hasMessageStartingWith("mutated.zip: ").hasMessageContaining("expected");
      return false;
    }
  }

  private static void requireFinite(CheckedModel model) {
    assertThat(Arrays.stream(model.parameters()).allMatch(Double::isFinite)).isTrue();
    INDArray parameters =
        model.configuration().isGraph() ? model.restoreGraph().params() : model.restore().params();
    double[] restored = parameters.dup().castTo(DataType.DOUBLE).data().asDouble();
    assertThat(restored).isEqualTo(model.parameters());
    assertThat(parameters.data().length()).isEqualTo(model.parameters().length);
  }

  /**
   * Files of stock Deeplearning4j and two of ours: of this version, made in the directory, and of
   * 0.1.0.
   */
  static List<byte[]> genuine(Path directory) throws IOException {
    List<byte[]> zips = new ArrayList<>();
    zips.add(GenuineModels.zip(GenuineModels.plain()));
    zips.add(
        GenuineModels.zip(
            GenuineModels.plain(), GenuineModels.normalizers().values().iterator().next()));
    Map<String, MultiLayerNetwork> all = GenuineModels.all();
    for (String name :
        List.of(
            "double",
            "layer norm",
            "weighted loss",
            "bias updater",
            "distribution",
            "layers without parameters",
            "ExponentialSchedule")) {
      zips.add(GenuineModels.zip(all.get(name)));
    }
    zips.add(
        GenuineModels.zip(
            OtherNetworks.convolutional(),
            OtherNetworks.normalizersOfPictures().get("ImagePreProcessingScaler")));
    zips.add(OtherNetworks.zip(OtherNetworks.recurrent()));
    zips.add(
        GenuineModels.zip(
            OtherNetworks.branched(),
            OtherNetworks.normalizersOfBranches().get("MultiNormalizerHybrid labels too")));
    SavedModels.model(directory, Precision.FLOAT, List.of(3), Activation.TANH)
        .save(directory.resolve("model.zip"));
    zips.add(Files.readAllBytes(directory.resolve("model.zip")));
    zips.add(Files.readAllBytes(Path.of("src/test/resources/golden/model-format-1.zip")));
    return zips;
  }

  /** Changed in its bytes, or in what is in an entry, with the zip around it sound. */
  private static byte[] mutated(byte[] zip, RandomGenerator random) throws IOException {
    if (random.nextInt(4) == 0) {
      return bytes(zip, random);
    }
    Map<String, byte[]> entries = new LinkedHashMap<>(HostileModelsTest.entries(zip));
    List<String> names = List.copyOf(entries.keySet());
    String name = names.get(random.nextInt(names.size()));
    boolean asText = name.endsWith(".json") && random.nextInt(5) > 0;
    entries.put(
        name, asText ? tokens(entries.get(name), random) : bytes(entries.get(name), random));
    return RawZip.of(entries, random.nextBoolean() ? RawZip.DEFLATED : RawZip.STORED).build();
  }

  private static byte[] bytes(byte[] content, RandomGenerator random) {
    byte[] changed = content.clone();
    for (int times = 1 + random.nextInt(3); times > 0 && changed.length > 0; times--) {
      int at = random.nextInt(changed.length);
      switch (random.nextInt(5)) {
        case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> changed[at] = (byte) random.nextInt(256);
        case 2 -> changed = Arrays.copyOf(changed, at);
        case 3 ->
            changed =
                splice(
                    changed,
                    at,
                    at + random.nextInt(Math.min(16, changed.length - at)),
                    new byte[0]);
        default ->
            changed =
                splice(
                    changed,
                    at,
                    at,
                    Arrays.copyOfRange(
                        changed, at, Math.min(changed.length, at + 1 + random.nextInt(16))));
      }
    }
    return changed;
  }

  /** Replaces, removes or repeats values of a JSON text. */
  private static byte[] tokens(byte[] content, RandomGenerator random) {
    List<String> lines =
        new ArrayList<>(
            List.of(new String(content, StandardCharsets.UTF_8).split("(?<=,)|(?=[\\[\\]{}])")));
    for (int times = 1 + random.nextInt(2); times > 0 && !lines.isEmpty(); times--) {
      int at = random.nextInt(lines.size());
      switch (random.nextInt(6)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
        default ->
            lines.set(
                at,
                lines
                    .get(at)
                    .replaceFirst(
                        ":\\s*[^,{\\[\\]}]*",
                        ":" + TOKENS[random.nextInt(TOKENS.length)].replace("\\", "\\\\")));
      }
    }
    return String.join("", lines).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] splice(byte[] content, int from, int to, byte[] replacement) {
    byte[] spliced = Arrays.copyOf(content, content.length - (to - from) + replacement.length);
    System.arraycopy(replacement, 0, spliced, from, replacement.length);
    System.arraycopy(content, to, spliced, from + replacement.length, content.length - to);
    return spliced;
  }
}

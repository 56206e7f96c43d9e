package org.symbreak.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbreak.guard.EntryPlace;
import org.symbreak.problem.InputException;
import org.symbreak.random.Streams;
import org.symbreak.stack.Chain;
import org.symbreak.stack.DenseBlock;

/**
 * Genuine files of other libraries changed at random: each is refused with a message, or gives
 * layers of finite numbers that fit each other.
 */
class MutatedNetworksTest {
  private static final String[] TOKENS = {
    "0", "-1", "1", "2147483647", "4294967296", "9223372036854775807", "\"\"", "null", "[]", "{}"
  };

  @ParameterizedTest
  @ValueSource(
      strings = {"normalized.onnx", "transformer.onnx", "relu.safetensors", "sklearn-named.npz"})
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void refusesOrReads1000(String name) throws IOException {
    mutate(name, 1000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"keras.h5", "keras.keras"})
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void refusesOrReads500OfKeras(String name) throws IOException {
    mutate(name, 500);
  }

  @ParameterizedTest
  @Tag("slow")
  @ValueSource(
      strings = {
        "normalized.onnx",
        "transformer.onnx",
        "relu.safetensors",
        "sklearn-named.npz",
        "keras.h5",
        "keras.keras"
      })
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void refusesOrReads100000(String name) throws IOException {
    mutate(name, 100_000);
  }

  private static void mutate(String name, int count) throws IOException {
    byte[] genuine = Files.readAllBytes(OtherNetworks.file(name));
    boolean zip = name.endsWith(".npz") || name.endsWith(".keras");
    Map<String, byte[]> entries =
        zip ? ZipEntries.read(EntryPlace.of(name), OtherNetworks.file(name)) : Map.of();
    int letIn = 0;
    for (int i = 0; i < count; i++) {
      RandomGenerator random = Streams.of(31, i);
      try {
        letIn += (zip ? read(mutated(entries, random)) : read(changed(genuine, random))) ? 1 : 0;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("mutation " + i + " of " + name, e);
      }
    }
    // some changes do no harm: another weight, another name
    assertThat(letIn).isBetween(count / 100, count * 19 / 20);
  }

  private static Map<String, byte[]> mutated(Map<String, byte[]> entries, RandomGenerator random) {
    Map<String, byte[]> changed = new LinkedHashMap<>(entries);
    List<String> names = List.copyOf(entries.keySet());
    String name = names.get(random.nextInt(names.size()));
    changed.put(name, changed(entries.get(name), random));
    return changed;
  }

  /**
   * Reads a file of these bytes, which has to give finite numbers, or to be refused with what was
   * expected.
   *
   * @return whether it was read
   */
  static boolean read(byte[] bytes) {
    try {
      requireSound(DenseFiles.of(EntryPlace.of("mutated"), bytes, Optional.of("relu")));
      return true;
    } catch (InputException e) {
      assertThat(e).hasMessageContaining("expected");
      return false;
    }
  }

  /** The same of a zip's entries. */
  static boolean read(Map<String, byte[]> entries) {
    EntryPlace place = EntryPlace.of("mutated");
    try {
      requireSound(
          entries.containsKey("config.json")
              ? KerasFile.ofZip(place, entries)
              : new NpzFile(place, entries, Optional.of("relu")));
      return true;
    } catch (InputException e) {
      assertThat(e).hasMessageContaining("expected");
      return false;
    }
  }

  private static void requireSound(DenseFile file) {
    for (Chain chain : file.chains()) {
      int inputs = chain.blocks().get(0).inputs();
      for (DenseBlock block : chain.blocks()) {
        assertThat(block.inputs()).isEqualTo(inputs);
        for (double[] unit : block.weights()) {
          assertThat(unit).hasSize(inputs);
          assertThat(Arrays.stream(unit).allMatch(Double::isFinite)).isTrue();
        }
        inputs = block.units();
      }
    }
  }

  /**
   * Bits turned, bytes set, left out, doubled or taken from elsewhere; numbers in texts replaced.
   */
  private static byte[] changed(byte[] content, RandomGenerator random) {
    byte[] changed = content.clone();
    for (int times = 1 + random.nextInt(3); times > 0 && changed.length > 0; times--) {
      int at = random.nextInt(changed.length);
      int some = random.nextInt(Math.min(16, changed.length - at));
      int other = random.nextInt(changed.length);
      switch (random.nextInt(7)) {
        case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> changed[at] = (byte) random.nextInt(256);
        case 2 -> changed = Arrays.copyOf(changed, at);
        case 3 -> changed = splice(changed, at, at + some, new byte[0]);
        case 4 ->
            changed =
                splice(
                    changed,
                    at,
                    at,
                    Arrays.copyOfRange(changed, other, Math.min(changed.length, other + 32)));
        case 5 -> changed[at] = (byte) (random.nextBoolean() ? 0xff : 0x7f);
        default -> changed = token(changed, at, random);
      }
    }
    return changed;
  }

  /** Puts something else in place of the next number of a text. */
  private static byte[] token(byte[] content, int at, RandomGenerator random) {
    int from = at;
    while (from < content.length && (content[from] < '0' || content[from] > '9')) {
      from++;
    }
    int to = from;
    while (to < content.length && content[to] >= '0' && content[to] <= '9') {
      to++;
    }
    return splice(
        content,
        from,
        to,
        TOKENS[random.nextInt(TOKENS.length)].getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] splice(byte[] content, int from, int to, byte[] replacement) {
    byte[] spliced = Arrays.copyOf(content, content.length - (to - from) + replacement.length);
    System.arraycopy(replacement, 0, spliced, from, replacement.length);
    System.arraycopy(content, to, spliced, from + replacement.length, content.length - to);
    return spliced;
  }
}

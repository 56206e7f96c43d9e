package org.symbreak.guard;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.symbreak.problem.InputException;

/**
 * The one door for model files: checks a zip of Deeplearning4j, ours or anybody's, completely
 * before anything is made of it. What passes is a network, or a graph, of layers whose numbers can
 * be counted, whose parameters are as many as its configuration says, and finite. Runs no code that
 * the file names, allocates no more than a fixed share of this JVM's memory, and deserializes no
 * Java object.
 *
 * @param trustedClasses names of classes that configuration.json may name besides the known ones,
 *     such as somebody's own activation; never layers, whose parameters could not be counted
 * @param needsUpdater whether the optimizer's state must be there where the optimizer keeps one;
 *     without it training would go on as if it had just begun, but outputs are the same
 */
public record ModelGuard(Set<String> trustedClasses, boolean needsUpdater) {
  public static final String CONFIGURATION = "configuration.json";
  public static final String COEFFICIENTS = "coefficients.bin";
  public static final String UPDATER_STATE = "updaterState.bin";
  public static final String NORMALIZER = "normalizer.bin";

  /** Trusts no class but the known ones, and asks for the optimizer's state. */
  public static final ModelGuard STRICT = new ModelGuard(Set.of(), true);

  private static final Set<String> KNOWN = known();

  public ModelGuard {
    trustedClasses = Set.copyOf(Objects.requireNonNull(trustedClasses, "trustedClasses"));
  }

  /** The same, with classes of these names trusted. */
  public ModelGuard trusting(Set<String> classes) {
    return new ModelGuard(classes, needsUpdater);
  }

  /** The same, content without the optimizer's state: enough to predict and to inspect. */
  public ModelGuard withoutUpdater() {
    return new ModelGuard(trustedClasses, false);
  }

  /**
   * Reads a file into memory and checks it.
   *
   * @throws InputException where it is refused, with the entry and what is wrong
   */
  public CheckedModel check(Path file) {
    return check(GuardedZip.open(file, KNOWN));
  }

  /**
   * Checks a zip in memory.
   *
   * @param name what to call it in messages
   * @param zip its bytes; not copied, not to be changed
   * @throws InputException where it is refused, with the entry and what is wrong
   */
  public CheckedModel check(String name, byte[] zip) {
    return check(GuardedZip.of(name, zip, KNOWN));
  }

  private CheckedModel check(GuardedZip zip) {
    NetworkConfiguration configuration =
        NetworkConfiguration.of(
            zip.place(CONFIGURATION), StrictJson.readText(zip, CONFIGURATION), trustedClasses);
    NdArrayCodec.Vector coefficients = coefficients(zip, configuration);
    double[] state = updaterState(zip, configuration, coefficients.type());
    Optional<byte[]> normalizer = normalizer(zip, configuration);
    SavedModelEntries.check(zip, trustedClasses);
    return new CheckedModel(zip, configuration, coefficients, state, normalizer);
  }

  private static NdArrayCodec.Vector coefficients(
      GuardedZip zip, NetworkConfiguration configuration) {
    NdArrayCodec.Vector vector = array(zip, COEFFICIENTS, configuration.parameters());
    vector.require(
        zip.place(COEFFICIENTS),
        configuration.type().orElse(vector.type()),
        configuration.parameters());
    return vector;
  }

  private double[] updaterState(
      GuardedZip zip, NetworkConfiguration configuration, ElementType type) {
    boolean there = zip.names().contains(UPDATER_STATE);
    EntryPlace place = zip.place(UPDATER_STATE);
    if (!there) {
      if (needsUpdater && configuration.state().orElse(0L) > 0) {
        throw place.refusal(
            String.format(
                Locale.ROOT, "the optimizer's state of %d numbers", configuration.state().get()),
            "no such entry");
      }
      return new double[0];
    }
    if (configuration.state().isPresent() && configuration.state().get() == 0) {
      throw place.refusal("no such entry, as the optimizer keeps no state", "one");
    }
    long most = configuration.state().orElse((zip.size(UPDATER_STATE)) / (long) type.bytes());
    NdArrayCodec.Vector state = array(zip, UPDATER_STATE, most);
    state.require(place, type, configuration.state().orElse((long) state.values().length));
    return state.values();
  }

  /** Reads no more than the bytes that so many numbers can take. */
  private static NdArrayCodec.Vector array(GuardedZip zip, String name, long numbers) {
    EntryPlace place = zip.place(name);
    long most = NdArrayCodec.longestEncoding(ElementType.DOUBLE, numbers);
    if (zip.names().contains(name) && zip.size(name) > most) {
      throw place.refusal(
          String.format(Locale.ROOT, "%d numbers, in at most %d bytes", numbers, most),
          zip.size(name) + " bytes");
    }
    ByteBuffer bytes = ByteBuffer.wrap(zip.read(name, most));
    NdArrayCodec.Vector vector = NdArrayCodec.read(place, bytes);
    NdArrayCodec.requireEnd(place, bytes);
    return vector;
  }

  private static Optional<byte[]> normalizer(GuardedZip zip, NetworkConfiguration configuration) {
    if (!zip.names().contains(NORMALIZER)) {
      return Optional.empty();
    }
    byte[] content = zip.read(NORMALIZER, NormalizerCheck.MOST_BYTES);
    NormalizerCheck.check(zip.place(NORMALIZER), content, configuration);
    return Optional.of(content);
  }

  private static Set<String> known() {
    Set<String> names =
        new TreeSet<>(Set.of(CONFIGURATION, COEFFICIENTS, UPDATER_STATE, NORMALIZER));
    names.addAll(SavedModelEntries.NAMES);
    return names;
  }
}

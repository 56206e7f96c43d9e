package org.symbreak.guard;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerSerializer;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/** A model file that {@link ModelGuard} has let in, in memory. */
public final class CheckedModel {
  private final GuardedZip zip;
  private final NetworkConfiguration configuration;
  private final NdArrayCodec.Vector coefficients;
  private final double[] updaterState;
  private final Optional<byte[]> normalizer;

  CheckedModel(
      GuardedZip zip,
      NetworkConfiguration configuration,
      NdArrayCodec.Vector coefficients,
      double[] updaterState,
      Optional<byte[]> normalizer) {
    this.zip = zip;
    this.configuration = configuration;
    this.coefficients = coefficients;
    this.updaterState = updaterState;
    this.normalizer = normalizer;
  }

  public GuardedZip zip() {
    return zip;
  }

  public NetworkConfiguration configuration() {
    return configuration;
  }

  public ElementType type() {
    return coefficients.type();
  }

  /** The flat parameter vector, each finite; not to be changed. */
  public double[] parameters() {
    return coefficients.values();
  }

  /** The optimizer's state, each number finite; empty where it has none. Not to be changed. */
  public double[] updaterState() {
    return updaterState;
  }

  /**
   * Has Deeplearning4j restore the network, from a zip of nothing but the entries that were
   * checked, with the contents that were checked.
   *
   * @throws InputException where it is a graph, or Deeplearning4j makes nothing of it
   */
  public MultiLayerNetwork restore() {
    if (configuration.isGraph()) {
      throw zip.place(ModelGuard.CONFIGURATION)
          .refusal("a MultiLayerNetwork", "a ComputationGraph");
    }
    MultiLayerNetwork network = restored(in -> ModelSerializer.restoreMultiLayerNetwork(in, true));
    requireSame(network.numParams(), network.getnLayers());
    return network;
  }

  /**
   * The same of a graph.
   *
   * @throws InputException where it is none, or Deeplearning4j makes nothing of it
   */
  public ComputationGraph restoreGraph() {
    if (!configuration.isGraph()) {
      throw zip.place(ModelGuard.CONFIGURATION)
          .refusal("a ComputationGraph", "a MultiLayerNetwork");
    }
    ComputationGraph graph = restored(in -> ModelSerializer.restoreComputationGraph(in, true));
    requireSame(graph.numParams(), graph.getNumLayers());
    return graph;
  }

  private <T> T restored(Restoring<T> restoring) {
    try {
      return restoring.from(new ByteArrayInputStream(stockZip()));
    } catch (IOException | RuntimeException | LinkageError e) {
      throw notRestored(ModelGuard.CONFIGURATION, e);
    }
  }

  private void requireSame(long parameters, int layers) {
    if (parameters != coefficients.values().length || layers != configuration.layers().size()) {
      throw zip.place(ModelGuard.CONFIGURATION)
          .refusal(
              coefficients.values().length + " parameters in Deeplearning4j, too",
              String.valueOf(parameters));
    }
  }

  /** How Deeplearning4j reads what it has written. */
  private interface Restoring<T> {
    T from(InputStream zip) throws IOException;
  }

  /**
   * The normalizer that was saved with the network.
   *
   * @throws InputException where Deeplearning4j makes nothing of it
   */
  public Optional<Normalizer<?>> normalizer() {
    return normalizer.map(
        bytes -> {
          try {
            return NormalizerSerializer.getDefault()
                .<Normalizer<?>>restore(new ByteArrayInputStream(bytes));
          } catch (Exception e) {
            throw notRestored(ModelGuard.NORMALIZER, e);
          }
        });
  }

  /** The entry of the normalizer as it was checked. */
  public Optional<byte[]> normalizerBytes() {
    return normalizer;
  }

  private InputException notRestored(String entry, Throwable cause) {
    return new InputException(
        List.of(
            new Problem(
                zip.place(entry).toString(),
                "what Deeplearning4j can restore",
                EntryPlace.printable(String.valueOf(cause.getMessage())))),
        cause);
  }

  private byte[] stockZip() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(ModelGuard.CONFIGURATION, configuration.text().getBytes(StandardCharsets.US_ASCII));
    entries.put(
        ModelGuard.COEFFICIENTS, NdArrayCodec.encode(coefficients.values(), coefficients.type()));
    if (updaterState.length > 0) {
      entries.put(ModelGuard.UPDATER_STATE, NdArrayCodec.encode(updaterState, coefficients.type()));
    }
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      PlainZip.write(out, entries);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("nothing can fail in memory", e);
    }
  }
}

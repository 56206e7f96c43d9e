package org.symbreak.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.symbreak.data.FittedPipeline;
import org.symbreak.guard.AtomicFile;
import org.symbreak.guard.CheckedModel;
import org.symbreak.guard.EntryPlace;
import org.symbreak.guard.GuardedZip;
import org.symbreak.guard.ModelGuard;
import org.symbreak.guard.NdArrayCodec;
import org.symbreak.guard.NetworkConfiguration;
import org.symbreak.guard.PlainZip;
import org.symbreak.guard.SavedModelEntries;
import org.symbreak.guard.StrictJson;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.SigmoidCrossEntropy;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/**
 * A trained classifier with all that predicting from a raw CSV needs, and all that stock
 * Deeplearning4j needs to open it and to train it on. Writing and reading load no native library.
 *
 * @param network what was trained
 * @param loss what it minimized
 * @param stockConfiguration Deeplearning4j's JSON of it, naming classes of Deeplearning4j alone
 * @param parameters the weights that are kept, flat, in Deeplearning4j's order; floats where the
 *     precision is FLOAT; not copied, not to be changed
 * @param updaterState the optimizer's state in Deeplearning4j's layout, empty where it keeps none;
 *     likewise
 * @param pipeline from a raw row to features
 * @param threshold probability from which a row counts as positive, in [0, 1]
 * @param provenance where it comes from: one JSON object
 */
public record SavedModel(
    NetworkSpec network,
    SigmoidCrossEntropy loss,
    String stockConfiguration,
    double[] parameters,
    double[] updaterState,
    FittedPipeline pipeline,
    double threshold,
    String provenance) {
  /** Of what this version writes; it reads this one and all before. */
  static final int FORMAT = 2;

  public SavedModel {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(stockConfiguration, "stockConfiguration");
    Objects.requireNonNull(updaterState, "updaterState");
    Objects.requireNonNull(provenance, "provenance");
    int expected = network.shape(pipeline.featureNames().size()).parameters();
    if (parameters.length != expected) {
      throw new IllegalArgumentException(
          "expected " + expected + " parameters, found " + parameters.length);
    }
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("threshold must be in [0, 1], found " + threshold);
    }
  }

  /**
   * @param state what training goes on from
   */
  public static SavedModel of(
      NetworkSpec network,
      TrainingState state,
      double[] parameters,
      FittedPipeline pipeline,
      double threshold,
      String provenance) {
    int inputs = pipeline.featureNames().size();
    return new SavedModel(
        network,
        state.loss(),
        json(network.stockConfiguration(inputs, state.updater(), state.seed()), state),
        parameters,
        state.updaterState(),
        pipeline,
        threshold,
        provenance);
  }

  /** Sizes of the layers. */
  public DenseShape shape() {
    return network.shape(pipeline.featureNames().size());
  }

  /** Deeplearning4j's JSON of the network, naming our classes: to be trained on just as before. */
  public String exactConfiguration() {
    MultiLayerConfiguration stock = MultiLayerConfiguration.fromJson(stockConfiguration);
    return network.exact(stock, loss).toJson();
  }

  /** What of it foretells rows. */
  public Scorer scorer() {
    return new Scorer(pipeline, network, parameters, threshold);
  }

  /** Foretells as the network does, in plain Java. */
  public Predictor predictor() {
    return scorer().predictor();
  }

  /** Writes the file whole or not at all; the same model gives the same bytes. */
  public void save(Path file) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(ModelGuard.CONFIGURATION, utf8(stockConfiguration));
    entries.put(ModelGuard.COEFFICIENTS, NdArrayCodec.encode(parameters, network.precision()));
    if (updaterState.length > 0) {
      entries.put(ModelGuard.UPDATER_STATE, NdArrayCodec.encode(updaterState, network.precision()));
    }
    entries.put(SavedModelEntries.MODEL, utf8(header().toPrettyString()));
    entries.put(SavedModelEntries.PIPELINE, utf8(pipeline.toJson()));
    entries.put(SavedModelEntries.PROVENANCE, utf8(provenance));
    AtomicFile.write(file, out -> PlainZip.write(out, entries));
  }

  /**
   * Reads a file that {@link #save} wrote, in this version or an older one; every check of {@link
   * ModelGuard} included.
   *
   * @throws InputException where the file is refused, or is a model of Deeplearning4j that lacks
   *     our entries
   */
  public static SavedModel load(Path file) {
    return of(ModelGuard.STRICT.check(file));
  }

  /** Reads our entries of a model that has been let in. */
  public static SavedModel of(CheckedModel model) {
    GuardedZip zip = model.zip();
    if (!zip.names().contains(SavedModelEntries.MODEL)) {
      throw zip.place()
          .refusal(
              "a model that symbreak train wrote",
              "a zip of Deeplearning4j without the entry " + SavedModelEntries.MODEL);
    }
    if (!model.configuration().isDense()) {
      throw zip.place(ModelGuard.CONFIGURATION)
          .refusal("a chain of dense layers", "another network");
    }
    EntryPlace place = zip.place(SavedModelEntries.MODEL);
    JsonNode header = SavedModelEntries.object(zip, SavedModelEntries.MODEL);
    requireFormat(place, header);
    FittedPipeline pipeline = readPipeline(zip);
    SavedNetwork saved = SavedNetwork.of(model, header, pipeline.featureNames().size());
    return new SavedModel(
        saved.network(),
        saved.loss(),
        model.configuration().text(),
        model.parameters(),
        model.updaterState(),
        pipeline,
        threshold(place, header),
        StrictJson.readText(zip, SavedModelEntries.PROVENANCE));
  }

  private ObjectNode header() {
    ObjectNode header =
        JsonNodeFactory.instance.objectNode().put("format", FORMAT).put("threshold", threshold);
    new SavedNetwork(network, loss).write(header);
    return header;
  }

  private static String json(MultiLayerConfiguration configuration, TrainingState state) {
    configuration.setIterationCount((int) state.iteration());
    configuration.setEpochCount((int) state.epoch());
    return configuration.toJson();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void requireFormat(EntryPlace place, JsonNode header) {
    JsonNode format = header.path("format");
    if (!format.isInt() || format.intValue() < 1 || format.intValue() > FORMAT) {
      throw place
          .property("format")
          .refusal(
              "a format from 1 to "
                  + FORMAT
                  + (format.isInt() && format.intValue() > FORMAT
                      ? " (a newer symbreak wrote this)"
                      : ""),
              NetworkConfiguration.describe(format));
    }
  }

  /** A message of the pipeline's own does not know in which file it stands. */
  private static FittedPipeline readPipeline(GuardedZip zip) {
    EntryPlace place = zip.place(SavedModelEntries.PIPELINE);
    String json = StrictJson.readText(zip, SavedModelEntries.PIPELINE);
    try {
      return FittedPipeline.fromJson(json);
    } catch (InputException e) {
      throw new InputException(
          e.problems().stream()
              .map(p -> new Problem(place + ", " + p.place(), p.expected(), p.found(), p.choices()))
              .toList(),
          e);
    }
  }

  private static double threshold(EntryPlace place, JsonNode header) {
    JsonNode threshold = header.path("threshold");
    if (!threshold.isNumber() || !(threshold.doubleValue() >= 0 && threshold.doubleValue() <= 1)) {
      throw place
          .property("threshold")
          .refusal("a number in [0, 1]", NetworkConfiguration.describe(threshold));
    }
    return threshold.doubleValue();
  }
}

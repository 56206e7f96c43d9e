package org.symbreak.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.symbreak.guard.CheckedLayer;
import org.symbreak.guard.CheckedModel;
import org.symbreak.guard.ElementType;
import org.symbreak.guard.EntryPlace;
import org.symbreak.guard.ModelGuard;
import org.symbreak.guard.SavedModelEntries;
import org.symbreak.init.LayerInits;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.network.SigmoidCrossEntropy;
import org.symbreak.problem.InputException;
import org.symbreak.setting.Fields;
import org.symbreak.setting.Real;
import org.symbreak.setting.Settings;
import org.symbreak.setting.SettingsJson;

/**
 * The network of a saved model. configuration.json says it in Deeplearning4j's words; model.json
 * adds what those have no room for: our initializations, and how much the classes weigh.
 *
 * @param network what was trained
 * @param loss what it minimized
 */
record SavedNetwork(NetworkSpec network, SigmoidCrossEntropy loss) {
  private static final String WEIGHTS = "weights";
  private static final String BIASES = "biases";
  private static final String WEIGHT_OF_ZERO = "weightOfZero";
  private static final String WEIGHT_OF_ONE = "weightOfOne";

  /** Adds to model.json what configuration.json does not say. */
  void write(ObjectNode header) {
    header
        .put(WEIGHTS, network.weights().toString())
        .put(BIASES, network.biases().toString())
        .put(WEIGHT_OF_ZERO, loss.weightOfZero())
        .put(WEIGHT_OF_ONE, loss.weightOfOne());
  }

  /**
   * @param header model.json, of a format that is known
   * @param inputs features of a row
   * @throws InputException where it is not a network as we train them
   */
  static SavedNetwork of(CheckedModel model, JsonNode header, int inputs) {
    SavedNetwork saved =
        header.path("format").intValue() == 1 ? ofFormat1(model, header) : of(model, header);
    requireSame(model, saved.network, inputs);
    return saved;
  }

  private static SavedNetwork of(CheckedModel model, JsonNode header) {
    Fields fields = new Fields(place(model).toString(), header);
    LayerInits weights = fields.read(WEIGHTS, Settings.INIT.kind());
    LayerInits biases = fields.read(BIASES, Settings.BIAS_INIT.kind());
    SigmoidCrossEntropy loss = loss(fields);
    List<CheckedLayer> layers = model.configuration().layers();
    List<CheckedLayer> hidden = layers.subList(0, layers.size() - 1);
    NetworkSpec network =
        new NetworkSpec(
            hidden.stream().map(CheckedLayer::units).toList(),
            activations(model, hidden),
            weights,
            biases,
            l2(model, layers.get(0)),
            precision(model));
    return new SavedNetwork(network, loss);
  }

  /** As 0.1.0 wrote it: the network in model.json, and our loss in a configuration of its own. */
  private static SavedNetwork ofFormat1(CheckedModel model, JsonNode header) {
    NetworkSpec network =
        SettingsJson.network(place(model).property("network").toString(), header.path("network"));
    JsonNode layers =
        SavedModelEntries.object(model.zip(), SavedModelEntries.CONFIGURATION).path("confs");
    EntryPlace place = model.zip().place(SavedModelEntries.CONFIGURATION).property("lossFn");
    JsonNode loss = layers.path(layers.size() - 1).at("/layer/lossFn");
    return new SavedNetwork(network, loss(new Fields(place.toString(), loss)));
  }

  private static SigmoidCrossEntropy loss(Fields fields) {
    Double ofZero = fields.read(WEIGHT_OF_ZERO, Real.fromZero());
    Double ofOne = fields.read(WEIGHT_OF_ONE, Real.fromZero());
    fields.refuse();
    return new SigmoidCrossEntropy(ofZero, ofOne);
  }

  /** One a layer; of equal ones at the end the first alone. */
  private static List<Activation> activations(CheckedModel model, List<CheckedLayer> hidden) {
    List<Activation> activations = new ArrayList<>();
    for (CheckedLayer layer : hidden) {
      String name = layer.activation().orElse(layer.type());
      activations.add(
          Activation.ofClass(name)
              .orElseThrow(
                  () ->
                      model
                          .zip()
                          .place(ModelGuard.CONFIGURATION)
                          .refusal("hidden layers as symbreak trains them", name)));
    }
    int last = activations.size() - 1;
    while (last > 0 && activations.get(last) == activations.get(last - 1)) {
      activations.remove(last--);
    }
    return activations;
  }

  private static double l2(CheckedModel model, CheckedLayer layer) {
    JsonNode penalties = layer.json().path("regularization");
    EntryPlace place = model.zip().place(ModelGuard.CONFIGURATION).property("regularization");
    return penalties.isEmpty()
        ? 0
        : Real.fromZero().read(place.toString(), penalties.path(0).at("/l2/value"));
  }

  private static Precision precision(CheckedModel model) {
    return Arrays.stream(Precision.values())
        .filter(precision -> ElementType.of(precision) == model.type())
        .findFirst()
        .orElseThrow(
            () ->
                model
                    .zip()
                    .place(ModelGuard.COEFFICIENTS)
                    .refusal("floats or doubles", model.type().toString()));
  }

  /**
   * What we make of the network and what Deeplearning4j makes of it must be the same, or the two
   * would predict differently.
   */
  private static void requireSame(CheckedModel model, NetworkSpec network, int inputs) {
    DenseShape shape = network.shape(inputs);
    List<String> ours = new ArrayList<>();
    for (int layer = 0; layer < shape.layers(); layer++) {
      boolean output = layer == shape.hiddenLayers();
      Activation activation = output ? Activation.SIGMOID : network.activation(layer);
      ours.add(layer(shape.inputs(layer), shape.units(layer), activation.className()));
    }
    List<String> theirs =
        model.configuration().layers().stream()
            .map(layer -> layer(layer.inputs(), layer.units(), layer.activation().orElse("")))
            .toList();
    if (!ours.equals(theirs)
        || model.parameters().length != shape.parameters()
        || model.type() != ElementType.of(network.precision())) {
      throw place(model)
          .refusal(
              String.format(
                  Locale.ROOT,
                  "the network of %s, %s of %d parameters of type %s",
                  ModelGuard.CONFIGURATION,
                  theirs,
                  model.parameters().length,
                  model.type()),
              String.format(
                  Locale.ROOT,
                  "%s of %d parameters of type %s",
                  ours,
                  shape.parameters(),
                  network.precision()));
    }
  }

  private static String layer(int inputs, int units, String activation) {
    return String.format(Locale.ROOT, "%d to %d %s", inputs, units, activation);
  }

  private static EntryPlace place(CheckedModel model) {
    return model.zip().place(SavedModelEntries.MODEL);
  }
}

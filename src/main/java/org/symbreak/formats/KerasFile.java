package org.symbreak.formats;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.symbreak.guard.EntryPlace;
import org.symbreak.guard.StrictJson;
import org.symbreak.stack.Chain;
import org.symbreak.stack.Curve;
import org.symbreak.stack.Curve.Form;
import org.symbreak.stack.NumberType;
import org.symbreak.stack.Step;
import org.symbreak.stack.Step.What;

/**
 * A Sequential or functional model as Keras saves it: layers in JSON, their numbers in HDF5.
 * Layers: keras.io, "Keras 2 API" and "Keras 3 API".
 */
final class KerasFile implements DenseFile {
  private static final Set<String> PASSED =
      Set.of("InputLayer", "Dropout", "GaussianNoise", "GaussianDropout", "ActivityRegularization");

  private final String format;
  private final EntryPlace place;
  private final String version;
  private final Map<String, NamedTensor> tensors;
  private final Map<String, String> groups;
  private final List<Step> steps = new ArrayList<>();
  private final Set<String> inputs = new HashSet<>();
  private final List<Chain> chains;
  private NumberType numbers = NumberType.DOUBLE;
  private boolean matrix = true;

  private KerasFile(
      String format, EntryPlace place, String config, String version, Hdf5 file, boolean named) {
    this.format = format;
    this.place = place;
    this.version = EntryPlace.printable(version);
    this.tensors = file.tensors();
    JsonNode model = StrictJson.parse(place.property("model_config"), config);
    JsonNode layers = model.path("config").path("layers");
    boolean line = model.path("class_name").asText().equals("Sequential");
    if (!layers.isArray() || layers.isEmpty()) {
      throw place.refusal("a Sequential or functional model", "another one");
    }
    this.groups = named ? namedGroups(layers) : storedGroups(layers, file);
    String before = "";
    for (JsonNode layer : layers) {
      String name = layer.path("config").path("name").asText();
      add(
          layer,
          name,
          line ? (before.isEmpty() ? Set.of("input") : Set.of(before)) : sources(layer));
      before = name;
    }
    inputs.add("input");
    this.chains = Chain.of(steps, outputs(), numbers);
  }

  /** An .h5 file: the configuration is an attribute. */
  static KerasFile ofHdf5(EntryPlace place, byte[] bytes) {
    Hdf5 file = Hdf5.read(place, bytes, new Budget());
    String config = file.texts().get("model_config");
    if (config == null) {
      throw place.refusal(
          "a whole model of Keras, as model.save(\"model.h5\") writes it",
          "an HDF5 file without model_config");
    }
    return new KerasFile(
        "keras h5", place, config, file.texts().getOrDefault("keras_version", ""), file, true);
  }

  /** A .keras file: a zip of the configuration and the weights. */
  static KerasFile ofZip(EntryPlace place, Map<String, byte[]> entries) {
    byte[] config = entries.get("config.json");
    if (config == null) {
      throw place.refusal("an entry config.json", "none");
    }
    JsonNode metadata =
        entries.containsKey("metadata.json")
            ? StrictJson.parse(
                place.property("metadata.json"),
                new String(entries.get("metadata.json"), StandardCharsets.UTF_8))
            : null;
    return new KerasFile(
        "keras",
        place,
        new String(config, StandardCharsets.UTF_8),
        metadata == null ? "" : metadata.path("keras_version").asText(""),
        Hdf5.read(
            place.property("model.weights.h5"), entries.get("model.weights.h5"), new Budget()),
        false);
  }

  /** In .h5 files a layer's group has its name. */
  private static Map<String, String> namedGroups(JsonNode layers) {
    Map<String, String> groups = new HashMap<>();
    for (JsonNode layer : layers) {
      String name = layer.path("config").path("name").asText();
      groups.put(name, "model_weights/" + name + "/");
    }
    return groups;
  }

  /**
   * In .keras files a layer's group has its name, or, in earlier versions, that of its class and a
   * number; where both could be meant and differ, the file is refused.
   */
  private Map<String, String> storedGroups(JsonNode layers, Hdf5 file) {
    Map<String, String> byName = new HashMap<>();
    Map<String, String> byClass = new HashMap<>();
    Map<String, Integer> count = new HashMap<>();
    boolean names = true;
    boolean classes = true;
    for (JsonNode layer : layers) {
      String name = layer.path("config").path("name").asText();
      String kind = snakeCase(layer.path("class_name").asText());
      int before = count.merge(kind, 1, Integer::sum) - 1;
      byName.put(name, "layers/" + name + "/vars/");
      byClass.put(name, "layers/" + kind + (before == 0 ? "" : "_" + before) + "/vars/");
      if (layer.path("class_name").asText().equals("Dense")) {
        names &= tensors.containsKey(byName.get(name) + "0");
        classes &= tensors.containsKey(byClass.get(name) + "0");
      }
    }
    boolean same =
        byName.entrySet().stream()
            .filter(entry -> tensors.containsKey(entry.getValue() + "0"))
            .allMatch(entry -> byClass.get(entry.getKey()).equals(entry.getValue()));
    if (names && classes && !same && file.names().isEmpty()) {
      throw place.refusal(
          "layers whose weights can be told apart", "names that stand for two of them");
    }
    return names ? byName : byClass;
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  /** Names of the layers that a layer of a functional model reads. */
  private static Set<String> sources(JsonNode layer) {
    Set<String> names = new LinkedHashSet<>();
    collect(layer.path("inbound_nodes"), names);
    return names;
  }

  /** The depth of the JSON is bounded, so recursion is. */
  private static void collect(JsonNode node, Set<String> names) {
    if (node.isArray() && node.size() >= 3 && node.get(0).isTextual() && node.get(1).isInt()) {
      names.add(node.get(0).asText());
      return;
    }
    for (JsonNode child : node) {
      collect(child, names);
    }
  }

  private Set<String> outputs() {
    Set<String> given = new HashSet<>();
    steps.forEach(step -> given.addAll(step.outputs()));
    steps.forEach(step -> given.removeAll(step.inputs()));
    return given;
  }

  private void add(JsonNode layer, String name, Set<String> sources) {
    String kind = EntryPlace.printable(layer.path("class_name").asText());
    JsonNode config = layer.path("config");
    String shown = EntryPlace.printable(name);
    boolean once = sources.size() == 1 && layer.path("inbound_nodes").size() <= 1;
    if (kind.equals("InputLayer") || config.has("batch_input_shape")) {
      JsonNode shape =
          config.has("batch_shape") ? config.path("batch_shape") : config.path("batch_input_shape");
      matrix &= shape.size() == 2;
    }
    if (kind.equals("InputLayer")) {
      inputs.add(name);
      if (!sources.isEmpty()) {
        steps.add(new Step(shown, kind, new Step.Pass(), List.copyOf(sources), List.of(name)));
      }
      return;
    }
    What what = once ? what(kind, config, name) : new Step.Unknown();
    List<String> from = sources.isEmpty() ? List.of("") : List.copyOf(sources);
    Curve curve = what instanceof Step.Dense ? curve(config.path("activation")) : null;
    boolean linear = curve != null && curve.form() == Form.IDENTITY;
    if (!(what instanceof Step.Dense) || linear) {
      steps.add(new Step(shown, kind, what, from, List.of(name)));
      return;
    }
    String sum = name + " sum";
    steps.add(new Step(shown, kind, what, from, List.of(sum)));
    steps.add(
        new Step(
            shown,
            "activation",
            curve == null ? new Step.Unknown() : new Step.Apply(curve),
            List.of(sum),
            List.of(name)));
  }

  private What what(String kind, JsonNode config, String name) {
    if (PASSED.contains(kind) || kind.equals("Flatten") && matrix) {
      return new Step.Pass();
    }
    return switch (kind) {
      case "Dense" -> dense(config, name);
      case "BatchNormalization" -> normalization(config, name);
      case "Activation" -> apply(curve(config.path("activation")));
      case "ReLU" -> rectifier(config);
      case "LeakyReLU" ->
          apply(
              new Curve(
                  Form.LEAKYRELU,
                  config.path("negative_slope").asDouble(config.path("alpha").asDouble(0.3)),
                  0));
      case "ELU" -> apply(new Curve(Form.ELU, config.path("alpha").asDouble(1), 0));
      case "Softmax" ->
          config.path("axis").asInt(-1) == -1 ? apply(Curve.of(Form.SOFTMAX)) : new Step.Unknown();
      default -> new Step.Unknown();
    };
  }

  private static What apply(Curve curve) {
    return curve == null ? new Step.Unknown() : new Step.Apply(curve);
  }

  private static What rectifier(JsonNode config) {
    boolean plain =
        config.path("threshold").asDouble(0) == 0 && config.path("negative_slope").asDouble(0) == 0;
    double most = config.path("max_value").asDouble(0);
    return !plain || most != 0 && most != 6
        ? new Step.Unknown()
        : apply(Curve.of(most == 6 ? Form.RELU6 : Form.RELU));
  }

  /** Null where it is not known. */
  private Curve curve(JsonNode activation) {
    boolean later = version.matches("[3-9].*");
    return switch (activation.asText("").toLowerCase(Locale.ROOT)) {
      case "linear" -> Curve.of(Form.IDENTITY);
      case "relu" -> Curve.of(Form.RELU);
      case "relu6" -> Curve.of(Form.RELU6);
      case "tanh" -> Curve.of(Form.TANH);
      case "sigmoid" -> Curve.of(Form.SIGMOID);
      case "softmax" -> Curve.of(Form.SOFTMAX);
      case "log_softmax" -> Curve.of(Form.LOGSOFTMAX);
      case "softplus" -> Curve.of(Form.SOFTPLUS);
      case "softsign" -> Curve.of(Form.SOFTSIGN);
      case "gelu" -> Curve.of(Form.GELU);
      case "swish", "silu" -> Curve.of(Form.SWISH);
      case "elu" -> new Curve(Form.ELU, 1, 0);
      case "selu" -> new Curve(Form.SELU, 1.6732632423543772, 1.0507009873554805);
      case "leaky_relu" -> new Curve(Form.LEAKYRELU, 0.2, 0);
      case "hard_sigmoid" -> new Curve(Form.HARDSIGMOID, later ? 1 / 6.0 : 0.2, 0.5);
      default -> null;
    };
  }

  private What dense(JsonNode config, String name) {
    NamedTensor kernel = tensor(name, "kernel", "0");
    boolean biased = config.path("use_bias").asBoolean(true);
    NamedTensor bias = biased ? tensor(name, "bias", "1") : null;
    boolean fits =
        kernel != null
            && kernel.sizes().length == 2
            && kernel.values().length > 0
            && (!biased || bias != null && bias.values().length == kernel.sizes()[1]);
    if (!fits) {
      throw place
          .property(EntryPlace.printable(name))
          .refusal("a kernel of [inputs, units], and biases where it has any", "others");
    }
    if (kernel.numbers().ulp() > numbers.ulp()) {
      numbers = kernel.numbers();
    }
    return new Step.Dense(kernel.matrix(true), bias == null ? null : bias.values(), false);
  }

  /** gamma, beta, mean, variance, of which the first two may be left out. */
  private What normalization(JsonNode config, String name) {
    JsonNode axis = config.path("axis");
    int along = axis.isArray() ? axis.path(0).asInt() : axis.asInt(-1);
    boolean numbered = tensors.containsKey(groups.get(name) + "3");
    NamedTensor mean = tensor(name, "moving_mean", numbered ? "2" : null);
    NamedTensor variance = tensor(name, "moving_variance", numbered ? "3" : null);
    boolean last = along == -1 || along == 1 && matrix;
    if (!last || mean == null || variance == null) {
      return new Step.Unknown();
    }
    NamedTensor gamma = tensor(name, "gamma", numbered ? "0" : null);
    NamedTensor beta = tensor(name, "beta", numbered ? "1" : null);
    double epsilon = config.path("epsilon").asDouble(1e-3);
    int units = mean.values().length;
    double[] factors = new double[units];
    double[] offsets = new double[units];
    boolean sound = hasUnits(variance, units) && hasUnits(gamma, units) && hasUnits(beta, units);
    for (int i = 0; sound && i < units; i++) {
      factors[i] =
          (gamma == null ? 1 : gamma.values()[i]) / Math.sqrt(variance.values()[i] + epsilon);
      offsets[i] = (beta == null ? 0 : beta.values()[i]) - mean.values()[i] * factors[i];
      sound = Double.isFinite(factors[i]) && Double.isFinite(offsets[i]);
    }
    return sound ? new Step.Scale(factors, offsets, true) : new Step.Unknown();
  }

  private static boolean hasUnits(NamedTensor tensor, int units) {
    return tensor == null || tensor.values().length == units;
  }

  /** A layer's tensor by its name in .h5 files, or its number in .keras files; null without it. */
  private NamedTensor tensor(String layer, String name, String number) {
    String group = groups.get(layer);
    if (group == null) {
      return null;
    }
    if (number != null && tensors.containsKey(group + number)) {
      return tensors.get(group + number);
    }
    return tensors.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(group))
        .filter(entry -> entry.getKey().matches(".*/" + name + "(:0)?"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  @Override
  public String format() {
    return format;
  }

  @Override
  public String writtenBy() {
    return ("keras " + version).strip();
  }

  @Override
  public NumberType numbers() {
    return numbers;
  }

  @Override
  public long parameters() {
    return tensors.entrySet().stream()
        .filter(entry -> !entry.getKey().startsWith("optimizer"))
        .mapToLong(entry -> entry.getValue().values().length)
        .sum();
  }

  @Override
  public List<Chain> chains() {
    return chains;
  }

  @Override
  public boolean takesRows(Chain chain) {
    return inputs.contains(chain.input());
  }

  @Override
  public List<String> unread() {
    return Unread.of(steps);
  }

  @Override
  public boolean isWritable() {
    return false;
  }

  @Override
  public Written with(List<Change> changes) {
    throw place.refusal(
        "a format that can be written with other sizes: ONNX, safetensors, .npz or a zip of"
            + " Deeplearning4j",
        format
            + ", whose layers' sizes also stand in their configuration; tf2onnx makes an ONNX file"
            + " of it");
  }
}

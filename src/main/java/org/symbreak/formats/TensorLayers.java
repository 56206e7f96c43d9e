package org.symbreak.formats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.symbreak.guard.EntryPlace;
import org.symbreak.problem.InputException;
import org.symbreak.stack.Chain;
import org.symbreak.stack.Curve;
import org.symbreak.stack.NumberType;
import org.symbreak.stack.Step;

/**
 * Dense layers out of a bag of named tensors, which says nothing of how they belong together: by
 * their names alone, and only where all of them make one chain. PyTorch's {@code fc1.weight} is
 * [unit][input], {@code kernel} of Flax and Keras and {@code coefs_0} of scikit-learn are
 * [input][unit]; {@code arr_0, arr_1, ...} of {@code np.savez(file, *coefs_, *intercepts_)} are
 * weights first, then biases.
 */
final class TensorLayers {
  private static final Pattern NUMBERED =
      Pattern.compile("(.*?)(coefs|intercepts)_?[._]?(\\d{1,4})");
  private static final Pattern UNNAMED = Pattern.compile("arr_(\\d{1,4})");
  private static final Pattern DIGITS = Pattern.compile("\\d+");

  /** Names that other libraries have for activation functions. */
  private static final Map<String, Curve> CURVES = curves();

  /**
   * A layer.
   *
   * @param byColumns whether a unit's weights are a column
   */
  private record Layer(String name, NamedTensor weights, NamedTensor biases, boolean byColumns) {
    int inputs() {
      return weights.sizes()[byColumns ? 0 : 1];
    }

    int units() {
      return weights.sizes()[byColumns ? 1 : 0];
    }
  }

  private final List<Layer> layers;
  private final List<Chain> chains;
  private final NumberType numbers;

  private TensorLayers(List<Layer> layers, List<Chain> chains, NumberType numbers) {
    this.layers = layers;
    this.chains = chains;
    this.numbers = numbers;
  }

  private static Map<String, Curve> curves() {
    Map<String, Curve> curves = new LinkedHashMap<>();
    for (String name :
        List.of(
            "relu",
            "tanh",
            "sigmoid",
            "identity",
            "softplus",
            "gelu",
            "softsign",
            "relu6",
            "hardtanh",
            "softmax")) {
      curves.put(name, Curve.of(Curve.Form.valueOf(name.toUpperCase(Locale.ROOT))));
    }
    curves.put("logistic", Curve.of(Curve.Form.SIGMOID));
    curves.put("linear", Curve.of(Curve.Form.IDENTITY));
    curves.put("silu", Curve.of(Curve.Form.SWISH));
    curves.put("swish", Curve.of(Curve.Form.SWISH));
    curves.put("leakyrelu", new Curve(Curve.Form.LEAKYRELU, 0.01, 0));
    curves.put("elu", new Curve(Curve.Form.ELU, 1, 0));
    curves.put("selu", new Curve(Curve.Form.SELU, 1.6732632423543772, 1.0507009873554805));
    return curves;
  }

  /**
   * @param activation name of the hidden layers' function, as the file or the user says it; empty
   *     where neither does
   * @param output the same for the output layer, whose sums are taken as they are where nothing is
   *     said
   * @throws InputException where the tensors are no chain of dense layers, or the function is not
   *     known
   */
  static TensorLayers of(
      EntryPlace place, List<NamedTensor> tensors, Optional<String> activation, String output) {
    List<Layer> layers = layers(place, tensors);
    for (int i = 1; i < layers.size(); i++) {
      if (layers.get(i).inputs() != layers.get(i - 1).units()) {
        throw place.refusal(
            "layers of which each takes what the one before gives",
            ("%s with %d units before %s with %d inputs; an ONNX file says how "
                    + "layers belong together")
                .formatted(
                    EntryPlace.printable(layers.get(i - 1).name()),
                    layers.get(i - 1).units(),
                    EntryPlace.printable(layers.get(i).name()),
                    layers.get(i).inputs()));
      }
    }
    Curve hidden = layers.size() == 1 ? null : curve(place, activation);
    NumberType numbers =
        layers.stream()
            .map(layer -> layer.weights().numbers())
            .max(Comparator.comparingDouble(NumberType::ulp))
            .orElseThrow();
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      boolean last = i == layers.size() - 1;
      String sum = "sum " + i;
      String value = "value " + (i + 1);
      steps.add(
          new Step(
              layer.name(),
              "dense",
              new Step.Dense(
                  layer.weights().matrix(layer.byColumns()),
                  layer.biases() == null ? null : layer.biases().values(),
                  false),
              List.of("value " + i),
              List.of(sum)));
      Curve curve = last ? outputCurve(output) : hidden;
      steps.add(
          new Step(
              layer.name(), "activation", new Step.Apply(curve), List.of(sum), List.of(value)));
    }
    return new TensorLayers(
        layers, Chain.of(steps, Set.of("value " + layers.size()), numbers), numbers);
  }

  List<Chain> chains() {
    return chains;
  }

  NumberType numbers() {
    return numbers;
  }

  /** The tensors that a change makes different, by name. */
  Map<String, NamedTensor> with(DenseFile.Change change) {
    Map<String, NamedTensor> changed = new HashMap<>();
    int[] inputs = Cut.all(layers.get(0).inputs());
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      int[] units = change.kept().get(i);
      Step.Dense dense = (Step.Dense) chains.get(0).links().get(i).dense().what();
      Cut cut =
          Cut.of(
              dense.weights(),
              dense.biases(),
              null,
              chains.get(0).links().get(i).block(),
              change.blocks().get(i),
              units,
              inputs);
      changed.put(layer.weights().name(), layer.weights().with(cut.weights(), layer.byColumns()));
      if (cut.biases() != null) {
        int[] sizes = layer.biases().sizes().clone();
        sizes[sizes.length - 1] = units.length;
        changed.put(layer.biases().name(), layer.biases().with(cut.biases(), sizes));
      }
      inputs = units;
    }
    return changed;
  }

  private static Curve curve(EntryPlace place, Optional<String> name) {
    if (name.isEmpty()) {
      throw InputException.of(
          place.toString(),
          "--activation beside it, since the file does not say what its hidden units compute",
          "none",
          CURVES.keySet().toArray(String[]::new));
    }
    return known(name.get());
  }

  private static Curve outputCurve(String name) {
    Curve curve = CURVES.get(name);
    return curve == null ? Curve.of(Curve.Form.IDENTITY) : curve;
  }

  /**
   * @throws InputException with the choices
   */
  static Curve known(String name) {
    Curve curve = CURVES.get(name.strip().toLowerCase(Locale.ROOT));
    if (curve == null) {
      throw InputException.of(
          "--activation",
          "an activation",
          "'" + EntryPlace.printable(name) + "'",
          CURVES.keySet().toArray(String[]::new));
    }
    return curve;
  }

  private static List<Layer> layers(EntryPlace place, List<NamedTensor> tensors) {
    Map<String, NamedTensor> weights = new LinkedHashMap<>();
    Map<String, NamedTensor> biases = new HashMap<>();
    Map<String, Boolean> byColumns = new HashMap<>();
    List<NamedTensor> unnamed = new ArrayList<>();
    for (NamedTensor tensor : tensors) {
      Matcher numbered = NUMBERED.matcher(tensor.name());
      int dot = Math.max(tensor.name().lastIndexOf('.'), tensor.name().lastIndexOf('/'));
      String leaf = tensor.name().substring(dot + 1);
      String layer = dot < 0 ? "" : tensor.name().substring(0, dot);
      if (UNNAMED.matcher(tensor.name()).matches()) {
        unnamed.add(tensor);
      } else if (numbered.matches()) {
        boolean weight = numbered.group(2).equals("coefs");
        put(place, weight ? weights : biases, numbered.group(1) + numbered.group(3), tensor);
        byColumns.put(numbered.group(1) + numbered.group(3), true);
      } else if (leaf.equals("weight") || leaf.equals("kernel")) {
        put(place, weights, layer, tensor);
        byColumns.put(layer, leaf.equals("kernel"));
      } else if (leaf.equals("bias")) {
        put(place, biases, layer, tensor);
      } else {
        throw notDense(place, tensor);
      }
    }
    if (!unnamed.isEmpty()) {
      unnamed.sort(Comparator.comparing(tensor -> natural(tensor.name())));
      int half = (int) unnamed.stream().filter(tensor -> tensor.sizes().length == 2).count();
      for (int i = 0; i < unnamed.size(); i++) {
        put(place, i < half ? weights : biases, "arr_" + i % half, unnamed.get(i));
        byColumns.put("arr_" + i % Math.max(1, half), true);
      }
    }
    List<Layer> layers = new ArrayList<>();
    weights.forEach(
        (name, weight) ->
            layers.add(layer(place, name, weight, biases.remove(name), byColumns.get(name))));
    biases.values().stream()
        .findFirst()
        .ifPresent(
            tensor -> {
              throw notDense(place, tensor);
            });
    if (layers.isEmpty()) {
      throw place.refusal("weights of dense layers", "none");
    }
    layers.sort(Comparator.comparing(layer -> natural(layer.name())));
    return layers;
  }

  private static Layer layer(
      EntryPlace place, String name, NamedTensor weights, NamedTensor biases, boolean byColumns) {
    if (weights.sizes().length != 2 || weights.values().length == 0) {
      throw notDense(place, weights);
    }
    Layer layer = new Layer(name.isEmpty() ? weights.name() : name, weights, biases, byColumns);
    boolean fits =
        biases == null
            || biases.values().length == layer.units()
                && biases.sizes().length > 0
                && biases.sizes()[biases.sizes().length - 1] == layer.units();
    if (!fits) {
      throw notDense(place, biases);
    }
    return layer;
  }

  private static InputException notDense(EntryPlace place, NamedTensor tensor) {
    return place.refusal(
        "weights and biases of dense layers alone, called as coefs_0 and intercepts_0, 0.weight and"
            + " 0.bias, or a/kernel and a/bias are",
        "%s of shape %s; an ONNX file may hold other layers, too"
            .formatted(EntryPlace.printable(tensor.name()), Arrays.toString(tensor.sizes())));
  }

  private static void put(
      EntryPlace place, Map<String, NamedTensor> map, String layer, NamedTensor tensor) {
    if (map.put(layer, tensor) != null) {
      throw place.refusal(
          "each layer's weights once", "two for " + EntryPlace.printable(tensor.name()));
    }
  }

  /** With numbers by their size: {@code layer10} after {@code layer9}. */
  private static String natural(String name) {
    return DIGITS
        .matcher(name)
        .replaceAll(match -> "%20s".formatted(match.group()).replace(' ', '0'));
  }
}

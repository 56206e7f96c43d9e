package org.symbreak.serve;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.symbreak.network.DenseShape;
import org.symbreak.problem.InputException;

/**
 * A change of a network's parameters by hand.
 *
 * @param at places of the flat vector of parameters
 * @param values what stands there afterwards, as many
 * @param words what is done, in words
 */
record Touch(int[] at, double[] values, String words) {
  /** Largest size of a weight that is typed. */
  private static final double LARGEST = 1000;

  /**
   * What a page asks for: {@code set} the {@code input}-th weight of a unit (its bias where input
   * is the number of inputs) to {@code value}, {@code copy} a unit's weights, incoming and
   * outgoing, onto another one, or {@code zero} them.
   *
   * @param now the parameters, in Deeplearning4j's flat order
   * @throws InputException where there is no such unit or weight
   */
  static Touch of(Map<String, String> words, DenseShape shape, double[] now) {
    String what = words.getOrDefault("what", "");
    int layer = index(words, "layer", what.equals("set") ? shape.layers() : shape.hiddenLayers());
    int unit = index(words, "unit", shape.units(layer));
    return switch (what) {
      case "set" -> {
        int input = index(words, "input", shape.inputs(layer) + 1);
        int at = incoming(shape, layer, unit)[input];
        double value = value(words);
        yield new Touch(
            new int[] {at},
            new double[] {value},
            name(shape, layer, unit)
                + (input == shape.inputs(layer) ? ", bias" : ", weight " + (input + 1))
                + ": "
                + short3(now[at])
                + " → "
                + short3(value));
      }
      case "copy" -> {
        int to = index(words, "to", shape.units(layer));
        yield new Touch(
            all(shape, layer, to),
            Arrays.stream(all(shape, layer, unit)).mapToDouble(at -> now[at]).toArray(),
            name(shape, layer, unit) + " copied onto unit " + (to + 1));
      }
      case "zero" -> {
        int[] at = all(shape, layer, unit);
        yield new Touch(at, new double[at.length], name(shape, layer, unit) + " set to zero");
      }
      default ->
          throw InputException.of("what", "a change", "'" + what + "'", "set", "copy", "zero");
    };
  }

  /** What brings back the parameters as they are now. */
  Touch undo(double[] now) {
    return new Touch(at, Arrays.stream(at).mapToDouble(i -> now[i]).toArray(), "undone: " + words);
  }

  /** The parameters after it. */
  double[] apply(double[] parameters) {
    double[] changed = parameters.clone();
    for (int i = 0; i < at.length; i++) {
      changed[at[i]] = values[i];
    }
    return changed;
  }

  private static int[] incoming(DenseShape shape, int layer, int unit) {
    int inputs = shape.inputs(layer);
    return IntStream.rangeClosed(0, inputs)
        .map(
            input ->
                input == inputs
                    ? shape.biases(layer) + unit
                    : shape.weights(layer) + unit * inputs + input)
        .toArray();
  }

  private static int[] all(DenseShape shape, int layer, int unit) {
    IntStream outgoing =
        IntStream.range(0, shape.units(layer + 1))
            .map(next -> incoming(shape, layer + 1, next)[unit]);
    return IntStream.concat(Arrays.stream(incoming(shape, layer, unit)), outgoing).toArray();
  }

  private static String name(DenseShape shape, int layer, int unit) {
    return layer == shape.hiddenLayers()
        ? "output"
        : "layer " + (layer + 1) + ", unit " + (unit + 1);
  }

  private static String short3(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }

  private static int index(Map<String, String> words, String key, int below) {
    try {
      int index = Integer.parseInt(words.getOrDefault(key, ""));
      if (index >= 0 && index < below) {
        return index;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw InputException.of(
        key, "a whole number from 0 to " + (below - 1), "'" + words.get(key) + "'");
  }

  private static double value(Map<String, String> words) {
    try {
      double value = Double.parseDouble(words.getOrDefault("value", ""));
      if (Math.abs(value) <= LARGEST) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw InputException.of("value", "a number from -1000 to 1000", "'" + words.get("value") + "'");
  }
}

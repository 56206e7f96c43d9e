package org.symbreak.formats;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.symbreak.data.ColumnEncoding;
import org.symbreak.model.Scorer;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseShape;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;
import org.symbreak.stack.NumberType;

/**
 * A saved model as an ONNX file, from raw columns to the class: one input a column, doubles or
 * texts of shape [rows, 1], called as the column is; a missing number is NaN, a missing text is
 * empty. Out come {@code probability}, a number, and {@code class}, a text, both [rows, 1]. Numbers
 * are standardized in double precision and cast then, so that large ones lose nothing. Operators of
 * ONNX 13 and of ai.onnx.ml 2.
 */
public final class OnnxExport {
  public static final String PROBABILITY = "probability";
  public static final String CLASS = "class";
  private static final int IR_VERSION = 7;
  private static final int OPSET = 13;
  private static final int ML_OPSET = 2;
  private static final String ML = "ai.onnx.ml";

  private final Scorer model;
  private final NumberType numbers;
  private final WireWriter graph = new WireWriter();
  private final Set<String> constants = new LinkedHashSet<>();
  private int names;

  private OnnxExport(Scorer model, NumberType numbers) {
    this.model = model;
    this.numbers = numbers;
  }

  /**
   * @param numbers in which the network computes: float or double
   * @param properties what the file tells of where it comes from, by name
   * @throws InputException where a column cannot be had in ONNX
   */
  public static byte[] of(Scorer model, NumberType numbers, Map<String, String> properties) {
    requireExportable(model);
    return new OnnxExport(model, numbers).write(properties);
  }

  /** All columns at once. */
  private static void requireExportable(Scorer model) {
    List<Problem> problems = new ArrayList<>();
    for (ColumnEncoding column : model.pipeline().encodings()) {
      if (column.date()) {
        problems.add(
            new Problem(
                "column '" + column.name() + "'",
                "numbers or categories, which ONNX has operators for",
                "dates"));
      }
      if (column.name().equals(PROBABILITY) || column.name().equals(CLASS)) {
        problems.add(
            new Problem("column '" + column.name() + "'", "another name than an output's", "it"));
      }
    }
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
  }

  private byte[] write(Map<String, String> properties) {
    List<String> features = new ArrayList<>();
    for (ColumnEncoding column : model.pipeline().encodings()) {
      if (column.number()) {
        number(column, features);
      } else {
        category(column, features);
      }
    }
    String row = node("Concat", features, "features", attribute("axis", 1));
    classify(layers(row));
    graph.text(2, "symbreak");
    WireWriter file =
        new WireWriter()
            .number(1, IR_VERSION)
            .text(2, "symbreak")
            .message(7, graph)
            .message(8, new WireWriter().text(1, "").number(2, OPSET))
            .message(8, new WireWriter().text(1, ML).number(2, ML_OPSET));
    properties.forEach(
        (name, value) -> file.message(14, new WireWriter().text(1, name).text(2, value)));
    return file.toBytes();
  }

  private void number(ColumnEncoding column, List<String> features) {
    graph.message(11, OnnxValue.write(column.name(), OnnxTensor.DOUBLE, -1, 1));
    String missing = node("IsNaN", List.of(column.name()), "missing");
    String whole =
        node(
            "Where",
            List.of(missing, constant(NumberType.DOUBLE, column.median()), column.name()),
            "number");
    String centred =
        node("Sub", List.of(whole, constant(NumberType.DOUBLE, column.mean())), "centred");
    String scaled =
        node("Div", List.of(centred, constant(NumberType.DOUBLE, column.scale())), "scaled");
    features.add(cast(scaled, NumberType.DOUBLE));
    if (column.missing()) {
      features.add(node("Cast", List.of(missing), "is missing", to(numbers)));
    }
  }

  /** A value's slot, by its text; one of the texts' own for missing ones, the last for others. */
  private void category(ColumnEncoding column, List<String> features) {
    graph.message(11, OnnxValue.write(column.name(), OnnxTensor.STRING, -1, 1));
    int depth = column.values().size() + (column.missing() ? 2 : 1);
    int ofMissing = column.missing() ? column.values().size() : depth - 1;
    Map<String, Integer> slots = new LinkedHashMap<>();
    for (int slot = 0; slot < column.values().size(); slot++) {
      for (String spelling : spellings(column, slot)) {
        slots.putIfAbsent(spelling, slot);
      }
    }
    model.pipeline().format().missing().forEach(mark -> slots.putIfAbsent(mark, ofMissing));
    slots.putIfAbsent("", ofMissing);
    WireWriter keys = new WireWriter().text(1, "keys_strings");
    WireWriter values = new WireWriter().text(1, "values_int64s");
    slots.forEach(
        (text, slot) -> {
          keys.text(9, text);
          values.number(8, slot);
        });
    String slot =
        mlNode(
            "LabelEncoder",
            column.name(),
            "slot",
            keys.number(20, 8),
            values.number(20, 7),
            attribute("default_int64", depth - 1));
    String spread =
        node(
            "OneHot",
            List.of(slot, whole(depth), floats(0, 1)),
            "one-hot",
            attribute("axis", -1)); // of floats, as onnxruntime has none of doubles
    String flat = node("Reshape", List.of(spread, wholes(-1, depth)), "flat");
    features.add(cast(flat, NumberType.FLOAT));
  }

  /** ONNX has no way to forget the case of a column: the usual spellings of it are listed. */
  private static Set<String> spellings(ColumnEncoding column, int slot) {
    String value = column.values().get(slot);
    Set<String> spellings = new LinkedHashSet<>(List.of(value));
    if (column.caseless()) {
      spellings.add(value.toLowerCase(Locale.ROOT));
      spellings.add(value.toUpperCase(Locale.ROOT));
    }
    return spellings;
  }

  private String layers(String row) {
    DenseShape shape = model.shape();
    double[] parameters = model.parameters();
    String value = row;
    for (int layer = 0; layer < shape.layers(); layer++) {
      int inputs = shape.inputs(layer);
      int units = shape.units(layer);
      double[] weights = new double[inputs * units];
      System.arraycopy(parameters, shape.weights(layer), weights, 0, weights.length);
      double[] biases = new double[units];
      System.arraycopy(parameters, shape.biases(layer), biases, 0, units);
      boolean output = layer == shape.hiddenLayers();
      String name = output ? "output" : "hidden." + (layer + 1);
      tensor(name + ".weight", new long[] {units, inputs}, weights);
      tensor(name + ".bias", new long[] {units}, biases);
      value =
          node(
              "Gemm",
              List.of(value, name + ".weight", name + ".bias"),
              name,
              attribute("transB", 1));
      if (!output) {
        value = activation(model.network().activation(layer), value);
      }
    }
    return value;
  }

  private String activation(Activation activation, String z) {
    boolean simple = numbers == NumberType.FLOAT;
    return switch (activation) {
      case IDENTITY -> z;
      case SIGMOID -> node("Sigmoid", List.of(z), "sigmoid");
      case TANH -> node("Tanh", List.of(z), "tanh");
      case RELU -> node("Relu", List.of(z), "relu");
      case LEAKYRELU ->
          simple
              ? node("LeakyRelu", List.of(z), "leakyrelu", real("alpha", 0.01f))
              : positiveOr(z, node("Mul", List.of(z, constant(numbers, 0.01)), "scaled"));
      case ELU ->
          simple
              ? node("Elu", List.of(z), "elu", real("alpha", 1))
              : positiveOr(
                  z,
                  node(
                      "Sub",
                      List.of(node("Exp", List.of(z), "exp"), constant(numbers, 1)),
                      "less one"));
      case SOFTPLUS -> simple ? node("Softplus", List.of(z), "softplus") : softplus(z);
    };
  }

  /**
   * z where that is positive, else something else; onnxruntime has no such functions of doubles.
   */
  private String positiveOr(String z, String other) {
    String positive = node("Greater", List.of(z, constant(numbers, 0)), "is positive");
    return node("Where", List.of(positive, z, other), "activation");
  }

  /** max(z, 0) + ln(1 + e^−|z|). */
  private String softplus(String z) {
    String size = node("Neg", List.of(node("Abs", List.of(z), "size")), "less");
    String more =
        node("Add", List.of(node("Exp", List.of(size), "exp"), constant(numbers, 1)), "one more");
    return node(
        "Add",
        List.of(node("Relu", List.of(z), "relu"), node("Log", List.of(more), "log")),
        "softplus");
  }

  private void classify(String sum) {
    graph.message(1, operator("Sigmoid", "", List.of(sum), PROBABILITY));
    graph.message(12, OnnxValue.write(PROBABILITY, OnnxTensor.type(numbers), -1, 1));
    String positive =
        node(
            "GreaterOrEqual",
            List.of(PROBABILITY, constant(numbers, model.threshold())),
            "is positive");
    String index = node("Cast", List.of(positive), "class", attribute("to", OnnxTensor.INT64));
    WireWriter encoder =
        operator(
            "LabelEncoder",
            ML,
            List.of(index),
            CLASS,
            new WireWriter().text(1, "keys_int64s").number(8, 0).number(8, 1).number(20, 7),
            new WireWriter()
                .text(1, "values_strings")
                .text(9, model.pipeline().negative())
                .text(9, model.pipeline().positive())
                .number(20, 8));
    graph.message(1, encoder);
    graph.message(12, OnnxValue.write(CLASS, OnnxTensor.STRING, -1, 1));
  }

  private String cast(String value, NumberType from) {
    return from == numbers ? value : node("Cast", List.of(value), "cast", to(numbers));
  }

  private static WireWriter to(NumberType numbers) {
    return attribute("to", OnnxTensor.type(numbers));
  }

  private String node(String operator, List<String> inputs, String name, WireWriter... attributes) {
    String output = unused(name);
    graph.message(1, operator(operator, "", inputs, output, attributes));
    return output;
  }

  private String mlNode(String operator, String input, String name, WireWriter... attributes) {
    String output = unused(name);
    graph.message(1, operator(operator, ML, List.of(input), output, attributes));
    return output;
  }

  /** No column can be called so: names of columns are shown, and hold no control characters. */
  private String unused(String name) {
    return name + "\u0001" + names++;
  }

  private static WireWriter operator(
      String operator,
      String domain,
      List<String> inputs,
      String output,
      WireWriter... attributes) {
    WireWriter node = new WireWriter();
    inputs.forEach(input -> node.text(1, input));
    node.text(2, output).text(3, output.replace('\u0001', ' ')).text(4, operator);
    for (WireWriter attribute : attributes) {
      node.message(5, attribute);
    }
    return domain.isEmpty() ? node : node.text(7, domain);
  }

  private static WireWriter attribute(String name, long value) {
    return new WireWriter().text(1, name).number(3, value).number(20, 2);
  }

  private static WireWriter real(String name, float value) {
    return new WireWriter().text(1, name).real(2, value).number(20, 1);
  }

  /** A number that is there once, however often it is asked for. */
  private String constant(NumberType type, double value) {
    String name = type + " " + value;
    if (constants.add(name)) {
      graph.message(5, OnnxTensor.write(name, type, new long[0], new double[] {value}));
    }
    return name;
  }

  private String floats(double... values) {
    String name = "floats " + Arrays.toString(values);
    if (constants.add(name)) {
      graph.message(
          5, OnnxTensor.write(name, NumberType.FLOAT, new long[] {values.length}, values));
    }
    return name;
  }

  private String whole(long value) {
    return wholes("whole " + value, new long[0], value);
  }

  private String wholes(long... values) {
    return wholes("wholes " + Arrays.toString(values), new long[] {values.length}, values);
  }

  private String wholes(String name, long[] sizes, long... values) {
    if (constants.add(name)) {
      WireWriter tensor = new WireWriter();
      for (long size : sizes) {
        tensor.number(1, size);
      }
      ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
      for (long value : values) {
        raw.putLong(value);
      }
      graph.message(5, tensor.number(2, OnnxTensor.INT64).text(8, name).bytes(9, raw.array()));
    }
    return name;
  }

  private void tensor(String name, long[] sizes, double[] values) {
    graph.message(5, OnnxTensor.write(name, numbers, sizes, values));
  }
}

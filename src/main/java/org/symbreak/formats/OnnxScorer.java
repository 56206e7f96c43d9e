package org.symbreak.formats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.symbreak.guard.EntryPlace;
import org.symbreak.stack.Curve;
import org.symbreak.stack.NumberType;
import org.symbreak.stack.PlainFunction;

/**
 * Computes what an exported file says, node after node, from its bytes alone: so that it is known,
 * before it is kept, that what was written is what was meant. Knows the operators that {@link
 * OnnxExport} writes, one row at a time.
 */
public final class OnnxScorer {
  private final OnnxGraph graph;
  private final Map<String, double[]> constants = new HashMap<>();
  private final Map<String, NumberType> types = new HashMap<>();

  /**
   * @param bytes of the file
   */
  public OnnxScorer(byte[] bytes) {
    Budget budget = new Budget();
    this.graph = OnnxGraph.of(EntryPlace.of("the exported file"), bytes, budget);
    graph
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (tensor.numbers() != null) {
                constants.put(name, tensor.values(budget));
                types.put(name, tensor.numbers());
              }
            });
  }

  /** What comes out of a row. */
  public record Score(double probability, String name) {}

  /**
   * @param row a Double, NaN where it is missing, or a String, empty where it is missing, by column
   */
  public Score score(Map<String, ?> row) {
    Map<String, Object> values = new HashMap<>();
    row.forEach(
        (name, value) ->
            values.put(name, value instanceof Double number ? new double[] {number} : value));
    values.putAll(constants);
    Map<String, NumberType> rounding = new HashMap<>(types);
    for (OnnxNode node : graph.nodes()) {
      NumberType rounded = rounding(node, rounding);
      rounding.put(node.output(), rounded);
      Object value = compute(node, values);
      if (value instanceof double[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = rounded.round(numbers[i]);
        }
      }
      values.put(node.output(), value);
    }
    return new Score(
        ((double[]) values.get(OnnxExport.PROBABILITY))[0], (String) values.get(OnnxExport.CLASS));
  }

  /** The type that a node's numbers have. */
  private static NumberType rounding(OnnxNode node, Map<String, NumberType> types) {
    if (node.operator().equals("Cast")) {
      return node.whole("to", 0) == OnnxTensor.FLOAT ? NumberType.FLOAT : NumberType.DOUBLE;
    }
    boolean floats =
        node.operator().equals("OneHot")
            || node.inputs().stream().anyMatch(input -> types.get(input) == NumberType.FLOAT);
    return floats ? NumberType.FLOAT : NumberType.DOUBLE;
  }

  private Object compute(OnnxNode node, Map<String, Object> values) {
    double[] x = values.get(node.input(0)) instanceof double[] numbers ? numbers : null;
    double[] y = values.get(node.input(1)) instanceof double[] numbers ? numbers : null;
    return switch (node.operator()) {
      case "IsNaN" -> each(x, z -> Double.isNaN(z) ? 1 : 0);
      case "Where" -> where(x, y, (double[]) values.get(node.input(2)));
      case "Sub" -> both(x, y, (a, b) -> a - b);
      case "Div" -> both(x, y, (a, b) -> a / b);
      case "Mul" -> both(x, y, (a, b) -> a * b);
      case "Add" -> both(x, y, Double::sum);
      case "Greater" -> both(x, y, (a, b) -> a > b ? 1 : 0);
      case "GreaterOrEqual" -> both(x, y, (a, b) -> a >= b ? 1 : 0);
      case "Cast", "Reshape" -> x.clone();
      case "Concat" ->
          node.inputs().stream()
              .flatMapToDouble(input -> Arrays.stream((double[]) values.get(input)))
              .toArray();
      case "OneHot" -> {
        int depth = (int) whole(node.input(1));
        double[] spread = new double[depth];
        spread[(int) x[0]] = 1;
        yield spread;
      }
      case "Gemm" -> gemm(x, y, (double[]) values.get(node.input(2)));
      case "Sigmoid" -> curve(Curve.Form.SIGMOID, 0, x);
      case "Tanh" -> curve(Curve.Form.TANH, 0, x);
      case "Relu" -> curve(Curve.Form.RELU, 0, x);
      case "Softplus" -> curve(Curve.Form.SOFTPLUS, 0, x);
      case "LeakyRelu" -> curve(Curve.Form.LEAKYRELU, node.real("alpha", 0.01), x);
      case "Elu" -> curve(Curve.Form.ELU, node.real("alpha", 1), x);
      case "Exp" -> each(x, StrictMath::exp);
      case "Log" -> each(x, StrictMath::log);
      case "Neg" -> each(x, z -> -z);
      case "Abs" -> each(x, Math::abs);
      case "ai.onnx.ml.LabelEncoder" -> encode(node, values.get(node.input(0)));
      default -> throw new IllegalArgumentException("not written by us: " + node.operator());
    };
  }

  private static double[] each(double[] x, DoubleUnaryOperator function) {
    return Arrays.stream(x).map(function).toArray();
  }

  /** Of equal lengths, or the second a single number. */
  private static double[] both(double[] x, double[] y, DoubleBinaryOperator function) {
    double[] values = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      values[i] = function.applyAsDouble(x[i], y[y.length == 1 ? 0 : i]);
    }
    return values;
  }

  private static double[] where(double[] condition, double[] yes, double[] no) {
    double[] values = new double[condition.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = condition[i] != 0 ? yes[yes.length == 1 ? 0 : i] : no[no.length == 1 ? 0 : i];
    }
    return values;
  }

  /** Units are rows of the weights. */
  private static double[] gemm(double[] x, double[] weights, double[] biases) {
    double[] values = new double[biases.length];
    for (int unit = 0; unit < values.length; unit++) {
      double sum = biases[unit];
      for (int i = 0; i < x.length; i++) {
        sum += weights[unit * x.length + i] * x[i];
      }
      values[unit] = sum;
    }
    return values;
  }

  private static double[] curve(Curve.Form form, double a, double[] x) {
    return new PlainFunction(List.of(new Curve(form, a, 0)), NumberType.DOUBLE).values(x);
  }

  private long whole(String name) {
    Wire fields = graph.tensors().get(name).message().again();
    while (fields.next()) {
      if (fields.field() == 9) {
        return fields.content().getLong();
      }
    }
    throw new IllegalArgumentException("no number in " + name);
  }

  /** From texts to whole numbers, or back. */
  private static Object encode(OnnxNode node, Object key) {
    List<String> texts = new ArrayList<>();
    List<Long> wholes = new ArrayList<>();
    boolean toWhole = node.attributes().containsKey("keys_strings");
    read(node.attributes().get(toWhole ? "keys_strings" : "values_strings"), texts, wholes);
    read(node.attributes().get(toWhole ? "values_int64s" : "keys_int64s"), texts, wholes);
    if (toWhole) {
      int at = texts.indexOf(key);
      return new double[] {at < 0 ? node.whole("default_int64", -1) : wholes.get(at)};
    }
    return texts.get(wholes.indexOf((long) ((double[]) key)[0]));
  }

  private static void read(Wire attribute, List<String> texts, List<Long> wholes) {
    Wire fields = attribute.again();
    while (fields.next()) {
      if (fields.field() == 9) {
        texts.add(fields.text());
      } else if (fields.field() == 8) {
        fields.numbers(wholes::add);
      }
    }
  }
}

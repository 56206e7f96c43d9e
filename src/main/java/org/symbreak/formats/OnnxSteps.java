package org.symbreak.formats;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.symbreak.stack.Curve;
import org.symbreak.stack.Curve.Form;
import org.symbreak.stack.NumberType;
import org.symbreak.stack.Step;
import org.symbreak.stack.Step.What;

/**
 * What the nodes of an ONNX graph do, as far as it matters to dense layers. Operators: onnx.ai,
 * "ONNX Operators", from version 7 on. Several nodes that are one function together, as exporters
 * write GELU and SiLU, become one step.
 */
final class OnnxSteps {
  /** As ONNX's Selu has them. */
  private static final double SELU_ALPHA = 1.67326319217681884765625;

  private static final double SELU_GAMMA = 1.05070102214813232421875;

  /** Nodes that a constant may go through. */
  private static final int LONGEST_WAY = 8;

  /** Of constants in patterns, which may be floats. */
  private static final double CLOSE = 1e-4;

  /**
   * A value that is the same for every row.
   *
   * @param transposed whether it is the tensor turned over
   * @param names of the values that it went through, the tensor's own first
   * @param own whether the tensor stands among the graph's and not in a node
   */
  record Constant(OnnxTensor tensor, boolean transposed, List<String> names, boolean own) {
    Constant through(String name, boolean turned) {
      List<String> more = new ArrayList<>(names);
      more.add(name);
      return new Constant(tensor, transposed ^ turned, more, own);
    }
  }

  /**
   * Where the numbers of a step stand.
   *
   * @param constants weights and biases, if any, of a dense layer; scale, offset, mean and variance
   *     of a batch normalization
   * @param unitsAreRows whether the first dimension of the weights' tensor is that of the units
   */
  record Source(List<Constant> constants, boolean unitsAreRows) {}

  private final OnnxGraph graph;
  private final Budget budget;
  private final Map<String, Constant> constants = new HashMap<>();
  private final Map<String, OnnxNode> givers = new HashMap<>();
  private final Map<String, List<OnnxNode>> users = new HashMap<>();
  private final Set<String> matrices = new HashSet<>();
  private final Map<OnnxNode, Step> made = new IdentityHashMap<>();
  private final Map<Step, Source> sources = new IdentityHashMap<>();
  private final Set<OnnxNode> absorbed = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Step> steps = new ArrayList<>();
  private NumberType coarsest = NumberType.DOUBLE;

  OnnxSteps(OnnxGraph graph, Budget budget) {
    this.graph = graph;
    this.budget = budget;
    graph.tensors().forEach((name, tensor) -> put(name, tensor));
    graph
        .ranks()
        .forEach(
            (name, rank) -> {
              if (rank == 2) {
                matrices.add(name);
              }
            });
    for (OnnxNode node : graph.nodes()) {
      node.outputs().forEach(output -> givers.put(output, node));
      Set<String> read = new HashSet<>(node.inputs());
      read.addAll(node.captured());
      read.remove("");
      read.forEach(input -> users.computeIfAbsent(input, name -> new ArrayList<>()).add(node));
    }
    graph.nodes().forEach(this::fold);
    graph.nodes().stream().filter(node -> !node.output().isEmpty()).forEach(this::join);
    for (OnnxNode node : graph.nodes()) {
      if (!absorbed.contains(node) && !constants.containsKey(node.output())) {
        Step step = made.containsKey(node) ? made.get(node) : plain(node);
        steps.add(step);
        keepRank(step);
      }
    }
  }

  private void put(String name, OnnxTensor tensor) {
    if (!name.isEmpty()) {
      constants.put(name, new Constant(tensor, false, List.of(name), true));
    }
  }

  List<Step> steps() {
    return steps;
  }

  Source source(Step step) {
    return sources.get(step);
  }

  /** Names of values within steps that are made of several nodes. */
  Set<String> valuesWithinSteps() {
    Set<String> names = new HashSet<>();
    absorbed.forEach(node -> names.addAll(node.outputs()));
    return names;
  }

  /** The coarsest numbers that dense layers are kept in. */
  NumberType numbers() {
    return coarsest;
  }

  /** Nodes whose value is the same for every row. */
  private void fold(OnnxNode node) {
    Constant of = constants.get(node.input(0));
    if (node.output().isEmpty() || of != null && of.names().size() == LONGEST_WAY) {
      return;
    }
    switch (node.operator()) {
      case "Constant" -> {
        OnnxTensor tensor = node.tensor("value", budget);
        if (tensor != null) {
          constants.put(node.output(), new Constant(tensor, false, List.of(node.output()), false));
        }
      }
      case "Identity" -> {
        if (of != null) {
          constants.put(node.output(), of.through(node.output(), false));
        }
      }
      case "Transpose" -> {
        List<Long> order = node.wholes("perm");
        if (of != null
            && of.tensor().sizes().length == 2
            && (order.isEmpty() || order.equals(List.of(1L, 0L)))) {
          constants.put(node.output(), of.through(node.output(), true));
        }
      }
      default -> {}
    }
  }

  /** Nodes that are one step together. */
  private void join(OnnxNode node) {
    switch (node.operator()) {
      case "MatMul" -> matMul(node);
      case "Erf" -> gelu(node);
      case "Sigmoid" -> swish(node);
      default -> {}
    }
  }

  private void matMul(OnnxNode node) {
    Constant weights = matrix(node.input(1));
    if (weights == null || constants.containsKey(node.input(0))) {
      return;
    }
    long units = weights.tensor().sizes()[weights.transposed() ? 0 : 1];
    OnnxNode add = onlyUser(node);
    Constant biases = null;
    if (add != null && add.operator().equals("Add")) {
      biases = vector(other(add, node.output()), units);
    }
    OnnxNode last = biases == null ? node : add;
    dense(node, last, weights, false, biases, 1, 1);
  }

  /** x Φ(x) by the error function, in the orders that exporters write. */
  private void gelu(OnnxNode erf) {
    OnnxNode divided = givers.get(erf.input(0));
    OnnxNode plusOne = onlyUser(erf);
    if (divided == null || plusOne == null || !isScaled(divided) || !adds(plusOne, erf, 1)) {
      return;
    }
    String x = constants.containsKey(divided.input(0)) ? divided.input(1) : divided.input(0);
    OnnxNode product = onlyUser(plusOne);
    if (product == null || !product.operator().equals("Mul") || onlyUser(divided) != erf) {
      return;
    }
    String factor = other(product, plusOne.output());
    OnnxNode half = givers.get(factor);
    OnnxNode behind = onlyUser(product);
    if (factor.equals(x) && behind != null && isHalf(behind, product.output())) {
      joined(x, "Gelu", Form.GELU, behind, List.of(divided, erf, plusOne, product));
    } else if (half != null && isHalf(half, x) && onlyUser(half) == product) {
      joined(x, "Gelu", Form.GELU, product, List.of(divided, erf, plusOne, half));
    } else if (isHalf(product, plusOne.output())
        && behind != null
        && behind.operator().equals("Mul")
        && other(behind, product.output()).equals(x)) {
      joined(x, "Gelu", Form.GELU, behind, List.of(divided, erf, plusOne, product));
    }
  }

  private boolean isScaled(OnnxNode node) {
    return node.operator().equals("Div") && isNumber(node.input(1), Math.sqrt(2))
        || node.operator().equals("Mul")
            && (isNumber(node.input(1), Math.sqrt(0.5)) || isNumber(node.input(0), Math.sqrt(0.5)));
  }

  private boolean adds(OnnxNode node, OnnxNode to, double number) {
    return node.operator().equals("Add") && isNumber(other(node, to.output()), number);
  }

  private boolean isHalf(OnnxNode node, String of) {
    boolean reads = node.input(0).equals(of) || node.input(1).equals(of);
    return reads
        && (node.operator().equals("Mul") && isNumber(other(node, of), 0.5)
            || node.operator().equals("Div") && isNumber(node.input(1), 2));
  }

  private void swish(OnnxNode sigmoid) {
    OnnxNode product = onlyUser(sigmoid);
    if (product != null
        && product.operator().equals("Mul")
        && other(product, sigmoid.output()).equals(sigmoid.input(0))) {
      joined(sigmoid.input(0), "SiLU", Form.SWISH, product, List.of(sigmoid));
    }
  }

  private void joined(String input, String kind, Form form, OnnxNode last, List<OnnxNode> others) {
    absorbed.addAll(others);
    made.put(
        last,
        new Step(
            last.name(), kind, new Step.Apply(Curve.of(form)), List.of(input), last.outputs()));
  }

  /** The one node that reads all that this one gives; null where that is none or several. */
  private OnnxNode onlyUser(OnnxNode node) {
    List<OnnxNode> all = users.getOrDefault(node.output(), List.of());
    return all.size() == 1 && !graph.outputs().contains(node.output()) ? all.get(0) : null;
  }

  private static String other(OnnxNode node, String than) {
    return node.input(0).equals(than) ? node.input(1) : node.input(0);
  }

  private boolean isNumber(String name, double number) {
    Constant constant = constants.get(name);
    if (constant == null || constant.tensor().count() != 1 || constant.tensor().numbers() == null) {
      return false;
    }
    return Math.abs(constant.tensor().values(budget)[0] - number) < CLOSE * Math.abs(number);
  }

  private Constant matrix(String name) {
    Constant constant = constants.get(name);
    return constant != null
            && constant.tensor().sizes().length == 2
            && constant.tensor().numbers() != null
            && constant.tensor().count() > 0
        ? constant
        : null;
  }

  /** A constant of so many numbers, in one dimension or in the last of several. */
  private Constant vector(String name, long count) {
    Constant constant = constants.get(name);
    if (constant == null || constant.tensor().numbers() == null) {
      return null;
    }
    long[] sizes = constant.tensor().sizes();
    boolean fits =
        sizes.length > 0
            && !constant.transposed()
            && sizes[sizes.length - 1] == count
            && constant.tensor().count() == count;
    return fits ? constant : null;
  }

  private Step plain(OnnxNode node) {
    What what =
        switch (node.output().isEmpty() ? "" : node.operator()) {
          case "Gemm" -> gemm(node);
          case "BatchNormalization" -> normalization(node);
          case "Identity" -> new Step.Pass();
          case "Dropout" ->
              node.input(2).isEmpty() ? new Step.Pass() : new Step.Unknown(); // may be training
          case "Flatten" ->
              matrices.contains(node.input(0)) && node.whole("axis", 1) == 1
                  ? new Step.Pass()
                  : new Step.Unknown();
          case "Relu" -> apply(Form.RELU);
          case "LeakyRelu" -> apply(Form.LEAKYRELU, node.real("alpha", 0.01), 0);
          case "Elu" -> apply(Form.ELU, node.real("alpha", 1), 0);
          case "Selu" ->
              apply(Form.SELU, node.real("alpha", SELU_ALPHA), node.real("gamma", SELU_GAMMA));
          case "Gelu" ->
              apply(node.text("approximate", "none").equals("tanh") ? Form.GELUTANH : Form.GELU);
          case "Tanh" -> apply(Form.TANH);
          case "Sigmoid" -> apply(Form.SIGMOID);
          case "Softplus" -> apply(Form.SOFTPLUS);
          case "Softsign" -> apply(Form.SOFTSIGN);
          case "HardSigmoid" ->
              apply(Form.HARDSIGMOID, node.real("alpha", 0.2), node.real("beta", 0.5));
          case "Clip" -> clip(node);
          case "PRelu" -> rectifier(node);
          case "Softmax" -> normalized(node, Form.SOFTMAX);
          case "LogSoftmax" -> normalized(node, Form.LOGSOFTMAX);
          default -> new Step.Unknown();
        };
    return what instanceof Step.Dense || what instanceof Step.Scale
        ? made.get(node)
        : new Step(node.name(), node.operator(), what, inputs(node, node.input(0)), node.outputs());
  }

  /** What flows through first, then all else that is read. */
  private static List<String> inputs(OnnxNode node, String first) {
    Set<String> all = new LinkedHashSet<>(List.of(first));
    all.addAll(node.inputs());
    all.addAll(node.captured());
    return List.copyOf(all);
  }

  private static What apply(Form form) {
    return new Step.Apply(Curve.of(form));
  }

  private static What apply(Form form, double a, double b) {
    return Double.isFinite(a) && Double.isFinite(b)
        ? new Step.Apply(new Curve(form, a, b))
        : new Step.Unknown();
  }

  private What gemm(OnnxNode node) {
    Constant weights = matrix(node.input(1));
    boolean turned = node.whole("transB", 0) != 0;
    double alpha = node.real("alpha", 1);
    double beta = node.real("beta", 1);
    if (weights == null
        || node.whole("transA", 0) != 0
        || constants.containsKey(node.input(0))
        || !Double.isFinite(alpha)
        || !Double.isFinite(beta)) {
      return new Step.Unknown();
    }
    long units = weights.tensor().sizes()[turned ^ weights.transposed() ? 0 : 1];
    Constant biases = vector(node.input(2), units);
    if (biases == null && !node.input(2).isEmpty()) {
      return new Step.Unknown();
    }
    return dense(node, node, weights, turned, biases, alpha, beta);
  }

  /**
   * Makes the step.
   *
   * @param turned whether the weights' rows are units, but for a transposition before
   */
  private What dense(
      OnnxNode node,
      OnnxNode last,
      Constant weights,
      boolean turned,
      Constant biases,
      double alpha,
      double beta) {
    boolean unitsAreRows = turned ^ weights.transposed();
    double[] flat = weights.tensor().values(budget);
    int rows = (int) weights.tensor().sizes()[0];
    int columns = (int) weights.tensor().sizes()[1];
    budget.numbers(weights.tensor().place(), flat.length);
    double[][] matrix = new double[unitsAreRows ? rows : columns][unitsAreRows ? columns : rows];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        double value = alpha * flat[row * columns + column];
        if (unitsAreRows) {
          matrix[row][column] = value;
        } else {
          matrix[column][row] = value;
        }
      }
    }
    double[] offsets = biases == null ? null : biases.tensor().values(budget);
    for (int unit = 0; offsets != null && unit < offsets.length; unit++) {
      offsets[unit] *= beta;
    }
    boolean fixed =
        alpha != 1
            || beta != 1
            || isUsedElsewhere(weights)
            || biases != null && isUsedElsewhere(biases);
    if (weights.tensor().numbers().ulp() > coarsest.ulp()) {
      coarsest = weights.tensor().numbers();
    }
    Step.Dense dense = new Step.Dense(matrix, offsets, fixed);
    List<Constant> from = biases == null ? List.of(weights) : List.of(weights, biases);
    made(node, last, dense, new Source(from, unitsAreRows));
    if (node != last) {
      absorbed.add(node);
    }
    return dense;
  }

  private void made(OnnxNode node, OnnxNode last, What what, Source source) {
    Step step =
        new Step(node.name(), node.operator(), what, inputs(node, node.input(0)), last.outputs());
    made.put(last, step);
    sources.put(step, source);
  }

  private boolean isUsedElsewhere(Constant constant) {
    return !constant.own()
        || constant.names().stream()
            .anyMatch(
                name ->
                    users.getOrDefault(name, List.of()).size() != 1
                        || graph.outputs().contains(name));
  }

  /** Of dimension 1, which is that of the units where values are matrices. */
  private What normalization(OnnxNode node) {
    List<Constant> parts = new ArrayList<>();
    long units =
        constants.containsKey(node.input(1)) ? constants.get(node.input(1)).tensor().count() : -1;
    for (int i = 1; i <= 4; i++) {
      parts.add(vector(node.input(i), units));
    }
    if (parts.contains(null)
        || !matrices.contains(node.input(0))
        || node.whole("training_mode", 0) != 0) {
      return new Step.Unknown();
    }
    double epsilon = node.real("epsilon", 1e-5);
    double[][] numbers = new double[4][];
    for (int i = 0; i < 4; i++) {
      numbers[i] = parts.get(i).tensor().values(budget);
    }
    double[] factors = new double[(int) units];
    double[] offsets = new double[(int) units];
    for (int i = 0; i < units; i++) {
      factors[i] = numbers[0][i] / Math.sqrt(numbers[3][i] + epsilon);
      offsets[i] = numbers[1][i] - numbers[2][i] * factors[i];
      if (!Double.isFinite(factors[i]) || !Double.isFinite(offsets[i])) {
        return new Step.Unknown();
      }
    }
    boolean fixed = parts.stream().anyMatch(this::isUsedElsewhere);
    Step.Scale scale = new Step.Scale(factors, offsets, fixed);
    made(node, node, scale, new Source(parts, true));
    return scale;
  }

  private What clip(OnnxNode node) {
    double low = limit(node, 1, "min", Double.NEGATIVE_INFINITY);
    double high = limit(node, 2, "max", Double.POSITIVE_INFINITY);
    return low == 0 && high == 6
        ? apply(Form.RELU6)
        : low == -1 && high == 1
            ? apply(Form.HARDTANH)
            : low == 0 && high > 1e30 ? apply(Form.RELU) : new Step.Unknown();
  }

  /** NaN where it is no constant. */
  private double limit(OnnxNode node, int input, String attribute, double otherwise) {
    if (node.input(input).isEmpty()) {
      return node.real(attribute, otherwise);
    }
    Constant constant = constants.get(node.input(input));
    return constant == null || constant.tensor().count() != 1 || constant.tensor().numbers() == null
        ? Double.NaN
        : constant.tensor().values(budget)[0];
  }

  /** PRelu with one slope for all units. */
  private What rectifier(OnnxNode node) {
    double slope = limit(node, 1, "", Double.NaN);
    return Double.isNaN(slope) ? new Step.Unknown() : apply(Form.LEAKYRELU, slope, 0);
  }

  private What normalized(OnnxNode node, Form form) {
    long axis = node.whole("axis", graph.opset() < 13 ? 1 : -1);
    return axis == -1 || axis == 1 && matrices.contains(node.input(0))
        ? apply(form)
        : new Step.Unknown();
  }

  /** Of what is known to be a matrix, [row][unit], most steps make one again. */
  private void keepRank(Step step) {
    boolean keeps =
        step.kind().equals("Gemm")
            || step.kind().equals("Flatten")
            || !(step.what() instanceof Step.Unknown) && matrices.contains(step.inputs().get(0));
    if (keeps) {
      matrices.addAll(step.outputs());
    }
  }
}

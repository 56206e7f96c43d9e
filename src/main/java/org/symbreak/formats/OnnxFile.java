package org.symbreak.formats;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.symbreak.guard.EntryPlace;
import org.symbreak.problem.InputException;
import org.symbreak.stack.Chain;
import org.symbreak.stack.NumberType;
import org.symbreak.stack.Step;

/** The chains of dense layers of an ONNX file. */
final class OnnxFile implements DenseFile {
  private final OnnxGraph graph;
  private final OnnxSteps steps;
  private final List<Chain> chains;

  /**
   * @param bytes of the file; not copied, not to be changed
   * @throws InputException where it is refused
   */
  OnnxFile(EntryPlace place, byte[] bytes) {
    Budget budget = new Budget();
    this.graph = OnnxGraph.of(place, bytes, budget);
    this.steps = new OnnxSteps(graph, budget);
    this.chains = Chain.of(steps.steps(), graph.outputs(), steps.numbers());
  }

  @Override
  public String format() {
    return graph.format();
  }

  @Override
  public String writtenBy() {
    return graph.producer();
  }

  @Override
  public NumberType numbers() {
    return steps.numbers();
  }

  @Override
  public long parameters() {
    return graph.parameters();
  }

  @Override
  public List<Chain> chains() {
    return chains;
  }

  @Override
  public boolean takesRows(Chain chain) {
    return graph.inputs().contains(chain.input());
  }

  @Override
  public List<String> unread() {
    return Unread.of(steps.steps());
  }

  @Override
  public Written with(List<Change> changes) {
    Map<String, WireWriter> tensors = new HashMap<>();
    Map<String, long[]> inputs = new HashMap<>();
    Set<String> values = steps.valuesWithinSteps();
    for (int i = 0; i < chains.size(); i++) {
      cut(chains.get(i), changes.get(i), tensors, inputs);
      values.addAll(between(chains.get(i)));
    }
    byte[] bytes = rewritten(tensors, inputs, values);
    return new Written(bytes, new OnnxFile(graph.place(), bytes));
  }

  private void cut(
      Chain chain, Change change, Map<String, WireWriter> tensors, Map<String, long[]> sizes) {
    int[] inputs = Cut.all(chain.links().get(0).block().inputs());
    for (int i = 0; i < chain.links().size(); i++) {
      Chain.Link link = chain.links().get(i);
      int[] units = change.kept().get(i);
      Step.Dense dense = (Step.Dense) link.dense().what();
      double[] factors =
          link.scale().map(step -> ((Step.Scale) step.what()).factors()).orElse(null);
      Cut cut =
          Cut.of(
              dense.weights(),
              dense.biases(),
              factors,
              link.block(),
              change.blocks().get(i),
              units,
              inputs);
      if (!cut.isAsBefore(dense)) {
        OnnxSteps.Source source = steps.source(link.dense());
        write(source.constants().get(0), source.unitsAreRows(), cut.weights(), tensors, sizes);
        if (cut.biases() != null) {
          write(source.constants().get(1), cut.biases(), tensors, sizes);
        }
        link.scale().ifPresent(scale -> cutScale(scale, units, cut.shifts(), tensors, sizes));
      }
      inputs = units;
    }
  }

  /** Scale, offset, mean and variance of the units that are left; shifts go into the offset. */
  private void cutScale(
      Step scale,
      int[] units,
      double[] shifts,
      Map<String, WireWriter> tensors,
      Map<String, long[]> sizes) {
    List<OnnxSteps.Constant> parts = steps.source(scale).constants();
    for (int part = 0; part < parts.size(); part++) {
      double[] old = parts.get(part).tensor().values(new Budget());
      double[] left = new double[units.length];
      for (int unit = 0; unit < units.length; unit++) {
        left[unit] = old[units[unit]] + (part == 1 ? shifts[unit] : 0);
      }
      write(parts.get(part), left, tensors, sizes);
    }
  }

  private static void write(
      OnnxSteps.Constant constant,
      boolean unitsAreRows,
      double[][] weights,
      Map<String, WireWriter> tensors,
      Map<String, long[]> sizes) {
    int units = weights.length;
    int inputs = weights[0].length;
    double[] flat = new double[units * inputs];
    for (int unit = 0; unit < units; unit++) {
      for (int i = 0; i < inputs; i++) {
        flat[unitsAreRows ? unit * inputs + i : i * units + unit] = weights[unit][i];
      }
    }
    long[] size = unitsAreRows ? new long[] {units, inputs} : new long[] {inputs, units};
    put(constant.tensor(), size, flat, tensors, sizes);
  }

  private static void write(
      OnnxSteps.Constant constant,
      double[] values,
      Map<String, WireWriter> tensors,
      Map<String, long[]> sizes) {
    long[] size = constant.tensor().sizes().clone();
    size[size.length - 1] = values.length;
    put(constant.tensor(), size, values, tensors, sizes);
  }

  private static void put(
      OnnxTensor tensor,
      long[] size,
      double[] values,
      Map<String, WireWriter> tensors,
      Map<String, long[]> sizes) {
    tensors.put(tensor.name(), OnnxTensor.write(tensor.name(), tensor.numbers(), size, values));
    sizes.put(tensor.name(), size);
  }

  /** Values within a chain, whose sizes may change. */
  private Set<String> between(Chain chain) {
    Set<String> names = new HashSet<>();
    Map<String, Step> byInput = new HashMap<>();
    steps
        .steps()
        .forEach(
            step -> {
              if (!(step.what() instanceof Step.Unknown)) {
                byInput.putIfAbsent(step.inputs().get(0), step);
              }
            });
    for (int i = 0; i + 1 < chain.links().size(); i++) {
      Step step = chain.links().get(i).dense();
      while (step != null && step != chain.links().get(i + 1).dense()) {
        names.addAll(step.outputs());
        step = byInput.get(step.outputs().get(0));
      }
    }
    return names;
  }

  /**
   * The file with these tensors in place of those of the same names. What is told of the values
   * between layers is left out, as it may not be true any more; everything else keeps its bytes.
   */
  private byte[] rewritten(
      Map<String, WireWriter> tensors, Map<String, long[]> sizes, Set<String> values) {
    WireWriter model = new WireWriter();
    Wire fields = new Wire(graph.place(), graph.bytes());
    while (fields.next()) {
      if (fields.field() != OnnxGraph.MODEL_GRAPH) {
        model.whole(fields.whole());
        continue;
      }
      WireWriter changed = new WireWriter();
      Wire parts = fields.message();
      while (parts.next()) {
        WireWriter tensor = null;
        OnnxValue value = null;
        if (parts.field() == OnnxGraph.GRAPH_TENSOR) {
          tensor = tensors.get(OnnxTensor.of(parts.message(), new Budget()).name());
        } else if (parts.field() == OnnxGraph.GRAPH_INPUT
            || parts.field() == OnnxGraph.GRAPH_VALUE) {
          value = OnnxValue.of(parts.message(), new Budget());
        }
        if (tensor != null) {
          changed.message(OnnxGraph.GRAPH_TENSOR, tensor);
        } else if (value != null && sizes.containsKey(value.name())) {
          changed.message(
              parts.field(), OnnxValue.write(value.name(), value.type(), sizes.get(value.name())));
        } else if (value == null
            || parts.field() == OnnxGraph.GRAPH_INPUT
            || !values.contains(value.name())) {
          changed.whole(parts.whole());
        }
      }
      model.message(OnnxGraph.MODEL_GRAPH, changed);
    }
    return model.toBytes();
  }
}

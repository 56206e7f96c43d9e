package org.symbreak.formats;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.symbreak.guard.EntryPlace;
import org.symbreak.problem.InputException;

/**
 * A ModelProto of onnx.proto3 and the graph in it: names, nodes and tensors, whose numbers are not
 * read yet. Nothing of it is run, and no other file is opened.
 *
 * @param opset version of ONNX's own operators
 * @param producer who wrote it, as it says; empty where it does not
 * @param ranks number of dimensions of each input that tells them
 * @param tensors by name
 * @param outputs names of the graph's outputs
 */
record OnnxGraph(
    EntryPlace place,
    byte[] bytes,
    int opset,
    String producer,
    Map<String, Integer> ranks,
    Set<String> inputs,
    Map<String, OnnxTensor> tensors,
    List<OnnxNode> nodes,
    Set<String> outputs) {
  static final int MODEL_GRAPH = 7;
  static final int GRAPH_TENSOR = 5;
  static final int GRAPH_INPUT = 11;
  static final int GRAPH_OUTPUT = 12;
  static final int GRAPH_VALUE = 13;
  private static final int LEAST_OPSET = 7;

  /**
   * @param bytes of the file; not copied, not to be changed
   * @throws InputException where it is no such file, or one that cannot be read safely
   */
  static OnnxGraph of(EntryPlace place, byte[] bytes, Budget budget) {
    Wire model = new Wire(place, bytes);
    Wire graph = null;
    long opset = 0;
    String producer = "";
    String version = "";
    while (model.next()) {
      switch (model.field()) {
        case 2 -> producer = model.text();
        case 3 -> version = model.text();
        case MODEL_GRAPH -> {
          if (graph != null) {
            throw place.refusal("one graph", "several");
          }
          graph = model.message();
        }
        case 8 -> opset = Math.max(opset, ownOpset(model.message()));
        default -> {}
      }
    }
    if (graph == null) {
      throw place.refusal("a graph of ONNX", "none");
    }
    if (opset < LEAST_OPSET || opset > 1000) {
      throw place.refusal(
          "operators of ONNX's version " + LEAST_OPSET + " or later", String.valueOf(opset));
    }
    OnnxGraph read =
        new OnnxGraph(
            place,
            bytes,
            (int) opset,
            EntryPlace.printable((producer + " " + version).strip()),
            new LinkedHashMap<>(),
            new HashSet<>(),
            new LinkedHashMap<>(),
            new ArrayList<>(),
            new HashSet<>());
    read.readGraph(graph, budget);
    return read;
  }

  private static long ownOpset(Wire set) {
    String domain = "";
    long version = 0;
    while (set.next()) {
      switch (set.field()) {
        case 1 -> domain = set.text();
        case 2 -> version = set.number();
        default -> {}
      }
    }
    return domain.isEmpty() || domain.equals("ai.onnx") ? version : 0;
  }

  private void readGraph(Wire graph, Budget budget) {
    Set<String> given = new HashSet<>();
    while (graph.next()) {
      switch (graph.field()) {
        case 1 -> {
          OnnxNode node = OnnxNode.of(graph.message(), budget);
          for (String output : node.outputs()) {
            requireNew(given, output);
          }
          nodes.add(node);
        }
        case GRAPH_TENSOR -> {
          OnnxTensor tensor = OnnxTensor.of(graph.message(), budget);
          requireNew(given, tensor.name());
          tensors.put(tensor.name(), tensor);
        }
        case GRAPH_INPUT -> {
          OnnxValue value = OnnxValue.of(graph.message(), budget);
          inputs.add(value.name());
          if (value.rank() >= 0) {
            ranks.put(value.name(), value.rank());
          }
        }
        case GRAPH_OUTPUT -> outputs.add(OnnxValue.of(graph.message(), budget).name());
        default -> {}
      }
    }
    inputs.removeAll(tensors.keySet());
    for (String input : inputs) {
      requireNew(given, input);
    }
  }

  private void requireNew(Set<String> given, String name) {
    if (!name.isEmpty() && !given.add(name)) {
      throw place.refusal("each value given once", "two that give " + EntryPlace.printable(name));
    }
  }

  /** How many numbers its tensors have. */
  long parameters() {
    long all = 0;
    for (OnnxTensor tensor : tensors.values()) {
      all += tensor.numbers() == null ? 0 : Math.min(tensor.count(), tensor.message().size());
    }
    return all;
  }

  /** {@code onnx, opset 13}. */
  String format() {
    return String.format(Locale.ROOT, "onnx, opset %d", opset);
  }
}

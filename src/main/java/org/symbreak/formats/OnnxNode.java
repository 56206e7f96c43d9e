package org.symbreak.formats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.symbreak.guard.EntryPlace;

/**
 * A NodeProto of onnx.proto3.
 *
 * @param name as the file calls it; made of operator and output where it has no name
 * @param operator with its domain in front where that is not ONNX's own: {@code com.acme.Magic}
 * @param inputs names of values; empty texts where optional ones are left out
 * @param captured names that its subgraphs use of this graph or of themselves
 */
record OnnxNode(
    String name,
    String operator,
    List<String> inputs,
    List<String> outputs,
    Map<String, Wire> attributes,
    List<String> captured) {
  private static final int DEEPEST = 16;
  private static final int MOST_WHOLES = 64;

  static OnnxNode of(Wire message, Budget budget) {
    String name = "";
    String operator = "";
    String domain = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    Map<String, Wire> attributes = new HashMap<>();
    List<String> captured = new ArrayList<>();
    budget.item(message.place());
    Wire fields = message.again();
    while (fields.next()) {
      switch (fields.field()) {
        case 1 -> add(inputs, fields, budget);
        case 2 -> add(outputs, fields, budget);
        case 3 -> name = fields.text();
        case 4 -> operator = fields.text();
        case 5 -> {
          budget.item(message.place());
          Wire attribute = fields.message();
          if (attributes.put(attributeName(attribute), attribute) != null) {
            throw message.place().refusal("each attribute once", "one twice");
          }
          capture(attribute, captured, budget, 0);
        }
        case 7 -> domain = fields.text();
        default -> {}
      }
    }
    String shown = EntryPlace.printable(name.isEmpty() ? outputs + "" : name);
    boolean own = domain.isEmpty() || domain.equals("ai.onnx");
    return new OnnxNode(
        name.isEmpty() ? operator + " " + shown : shown,
        own ? operator : EntryPlace.printable(domain + "." + operator),
        inputs,
        outputs,
        attributes,
        captured);
  }

  private static void add(List<String> names, Wire field, Budget budget) {
    budget.item(field.place());
    names.add(field.text());
  }

  private static String attributeName(Wire attribute) {
    String name = "";
    Wire fields = attribute.again();
    while (fields.next()) {
      if (fields.field() == 1) {
        name = fields.text();
      }
    }
    return name;
  }

  /** What the graphs in an attribute read. */
  private static void capture(Wire attribute, List<String> into, Budget budget, int depth) {
    if (depth > DEEPEST) {
      throw attribute.place().refusal("at most " + DEEPEST + " graphs in each other", "more");
    }
    Wire fields = attribute.again();
    while (fields.next()) {
      if ((fields.field() == 6 || fields.field() == 11) && fields.isBytes()) {
        Wire graph = fields.message();
        while (graph.next()) {
          if (graph.field() == 1) {
            captureNode(graph.message(), into, budget, depth);
          } else if (graph.field() == 12) {
            add(into, named(graph.message()), budget);
          }
        }
      }
    }
  }

  private static void captureNode(Wire node, List<String> into, Budget budget, int depth) {
    while (node.next()) {
      if (node.field() == 1) {
        add(into, node, budget);
      } else if (node.field() == 5) {
        capture(node.message(), into, budget, depth + 1);
      }
    }
  }

  /** A ValueInfoProto at its name. */
  private static Wire named(Wire value) {
    while (value.next()) {
      if (value.field() == 1) {
        break;
      }
    }
    return value;
  }

  /** The only one of its outputs that matters here; empty where it has none. */
  String output() {
    return outputs.isEmpty() ? "" : outputs.get(0);
  }

  /** Name of an input; empty where it is left out. */
  String input(int index) {
    return index < inputs.size() ? inputs.get(index) : "";
  }

  double real(String attribute, double otherwise) {
    Wire field = field(attribute, 2);
    return field == null ? otherwise : field.real();
  }

  long whole(String attribute, long otherwise) {
    Wire field = field(attribute, 3);
    return field == null ? otherwise : field.number();
  }

  String text(String attribute, String otherwise) {
    Wire field = field(attribute, 4);
    return field == null ? otherwise : field.text();
  }

  /** The first whole numbers of a list. */
  List<Long> wholes(String attribute) {
    List<Long> all = new ArrayList<>();
    for (Wire field = field(attribute, 8); field != null; field = onward(field, 8)) {
      field.numbers(
          number -> {
            if (all.size() < MOST_WHOLES) {
              all.add(number);
            }
          });
    }
    return all;
  }

  /** The tensor of an attribute, or null. */
  OnnxTensor tensor(String attribute, Budget budget) {
    Wire field = field(attribute, 5);
    return field == null ? null : OnnxTensor.of(field.message(), budget);
  }

  /** An attribute at one of its fields, or null. */
  private Wire field(String attribute, int number) {
    Wire fields = attributes.get(attribute);
    return fields == null ? null : onward(fields.again(), number);
  }

  private static Wire onward(Wire fields, int number) {
    while (fields.next()) {
      if (fields.field() == number) {
        return fields;
      }
    }
    return null;
  }
}

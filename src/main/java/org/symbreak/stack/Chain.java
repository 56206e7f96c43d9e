package org.symbreak.stack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.symbreak.stack.Step.Apply;
import org.symbreak.stack.Step.Dense;
import org.symbreak.stack.Step.Pass;
import org.symbreak.stack.Step.Scale;

/**
 * Dense layers one behind the other in a network's graph, with nothing between them but activation
 * functions and what changes each unit on its own.
 *
 * @param input name of the value that flows into it
 * @param links its layers, in order
 */
public record Chain(String input, List<Link> links) {
  /**
   * A layer of a chain.
   *
   * @param block the layer, with the scale behind its sums folded in, and the one behind the
   *     activations before
   * @param dense the step that it is made of
   * @param scale the step that scales its sums
   */
  public record Link(DenseBlock block, Step dense, Optional<Step> scale) {}

  public Chain {
    links = List.copyOf(links);
  }

  public List<DenseBlock> blocks() {
    return links.stream().map(Link::block).toList();
  }

  /** {@code fc1}; {@code fc1 to fc3}. */
  public String name() {
    String first = links.get(0).block().name();
    return links.size() == 1 ? first : first + " to " + links.get(links.size() - 1).block().name();
  }

  /**
   * The longest chains of a graph; each dense layer is in one of them.
   *
   * @param steps in an order in which they can be taken
   * @param outputs the graph's own outputs
   * @param numbers in which it computes
   */
  public static List<Chain> of(List<Step> steps, Set<String> outputs, NumberType numbers) {
    // what takes nothing or gives nothing to anybody is of no chain
    List<Step> flowing =
        steps.stream()
            .filter(step -> !step.inputs().isEmpty() && !step.outputs().isEmpty())
            .toList();
    Finder finder = new Finder(flowing, outputs, numbers);
    List<Chain> chains = new ArrayList<>();
    for (Step step : flowing) {
      if (step.what() instanceof Dense && !finder.used.contains(step)) {
        chains.add(finder.from(step));
      }
    }
    return chains;
  }

  private static final class Finder {
    private final Map<String, List<Step>> users = new HashMap<>();
    private final Set<String> outputs;
    private final NumberType numbers;
    private final Set<Step> used = new HashSet<>();

    Finder(List<Step> steps, Set<String> outputs, NumberType numbers) {
      this.outputs = outputs;
      this.numbers = numbers;
      for (Step step : steps) {
        for (String input : new HashSet<>(step.inputs())) {
          users.computeIfAbsent(input, name -> new ArrayList<>()).add(step);
        }
      }
    }

    Chain from(Step first) {
      List<Link> links = new ArrayList<>();
      Scale before = null;
      for (Step dense = first; dense != null; ) {
        used.add(dense);
        Way way = behind(dense);
        links.add(link(dense, before, way));
        before = way.scaleOfActivations;
        dense = way.next;
      }
      return new Chain(first.inputs().get(0), withoutFixedOutgoing(links));
    }

    /** Units whose outgoing weights cannot be changed must stay, too. */
    private static List<Link> withoutFixedOutgoing(List<Link> links) {
      List<Link> checked = new ArrayList<>(links);
      for (int i = 0; i + 1 < links.size(); i++) {
        Link next = links.get(i + 1);
        boolean outgoing =
            ((Dense) next.dense().what()).fixed()
                || next.scale().map(step -> ((Scale) step.what()).fixed()).orElse(false);
        if (outgoing) {
          Link link = links.get(i);
          checked.set(i, new Link(link.block().asFixed(), link.dense(), link.scale()));
        }
      }
      return checked;
    }

    /** From a dense layer to the next one, or to where nothing more is understood. */
    private Way behind(Step dense) {
      Way way = new Way();
      String value = dense.outputs().get(0);
      int units = ((Dense) dense.what()).weights().length;
      while (true) {
        List<Step> readers = users.getOrDefault(value, List.of());
        way.fixed |= readers.size() != 1 || outputs.contains(value);
        String flowing = value;
        Optional<Step> next =
            readers.stream()
                .filter(step -> step.inputs().get(0).equals(flowing) && !used.contains(step))
                .filter(step -> way.takes(step, units))
                .findFirst();
        if (next.isEmpty()) {
          return way;
        }
        if (next.get().what() instanceof Dense) {
          way.next = next.get();
          return way;
        }
        value = next.get().outputs().get(0);
      }
    }

    private Link link(Step step, Scale before, Way way) {
      Dense dense = (Dense) step.what();
      double[][] weights = dense.weights();
      double[] biases = dense.biases();
      if (before != null) {
        biases = biases == null ? new double[weights.length] : biases.clone();
        double[][] scaled = new double[weights.length][];
        for (int unit = 0; unit < weights.length; unit++) {
          scaled[unit] = new double[weights[unit].length];
          for (int i = 0; i < weights[unit].length; i++) {
            scaled[unit][i] = weights[unit][i] * before.factors()[i];
            biases[unit] += weights[unit][i] * before.offsets()[i];
          }
        }
        weights = scaled;
      }
      boolean fixed = dense.fixed() || way.fixed || way.scaleOfActivations != null;
      if (way.scale != null) {
        Scale scale = (Scale) way.scale.what();
        double[][] scaled = new double[weights.length][];
        double[] shifted = new double[weights.length];
        for (int unit = 0; unit < weights.length; unit++) {
          double factor = scale.factors()[unit];
          scaled[unit] = new double[weights[unit].length];
          for (int i = 0; i < weights[unit].length; i++) {
            scaled[unit][i] = weights[unit][i] * factor;
          }
          shifted[unit] = (biases == null ? 0 : biases[unit]) * factor + scale.offsets()[unit];
        }
        weights = scaled;
        biases = shifted;
        fixed |= scale.fixed();
      }
      return new Link(
          new DenseBlock(
              step.name(), weights, biases, null, new PlainFunction(way.curves, numbers), fixed),
          step,
          Optional.ofNullable(way.scale));
    }
  }

  /** What lies between a dense layer and the next. */
  private static final class Way {
    private final List<Curve> curves = new ArrayList<>();
    private Step scale;
    private Scale scaleOfActivations;
    private boolean fixed;
    private Step next;

    /** Whether the way can go on through a step; then it has. */
    boolean takes(Step step, int units) {
      if (step.what() instanceof Dense dense) {
        return dense.weights()[0].length == units;
      }
      if (step.what() instanceof Apply apply) {
        if (scaleOfActivations != null) {
          return false;
        }
        curves.add(apply.curve());
        return true;
      }
      if (step.what() instanceof Scale factors) {
        if (factors.factors().length != units || scaleOfActivations != null) {
          return false;
        }
        if (curves.isEmpty() && scale == null) {
          scale = step;
        } else {
          scaleOfActivations = factors;
        }
        return true;
      }
      return step.what() instanceof Pass;
    }
  }
}

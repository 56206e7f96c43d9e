package org.symbreak.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.symbreak.inspect.Finding.Kind;
import org.symbreak.stack.DenseBlock;

/** Puts into words what was measured of one hidden layer, and what to do about it. */
final class Findings {
  private static final int LISTED = 8;

  private final DenseBlock block;
  private final LayerInspection layer;
  private final String probe;
  private final boolean mendable;
  private final List<Finding> findings = new ArrayList<>();

  private Findings(DenseBlock block, LayerInspection layer, String probe, boolean mendable) {
    this.block = block;
    this.layer = layer;
    this.probe = probe;
    this.mendable = mendable && !block.fixed();
  }

  /**
   * Layer by layer.
   *
   * @param mendable whether such a file can be mended
   */
  static List<Finding> of(
      List<DenseBlock> blocks, List<LayerInspection> layers, String probe, boolean mendable) {
    List<Finding> all = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Findings ofLayer = new Findings(blocks.get(i), layers.get(i), probe, mendable);
      ofLayer.collect();
      all.addAll(ofLayer.findings);
    }
    return all;
  }

  private void collect() {
    for (List<Integer> group : layer.identical()) {
      add(Kind.IDENTICAL, group, true, are(group, "identical" + values(group)) + symmetric(group));
    }
    for (List<Integer> group : layer.nearlyIdentical()) {
      add(
          Kind.NEARLY_IDENTICAL,
          group,
          true,
          are(
                  group,
                  "identical up to %s of the layer's largest weight"
                      .formatted(layer.symmetry().tolerance()))
              + ": they compute one feature but for that, which is too much for `symbreak mend"
              + " --merge`. Train again from other weights, for example another --seed or --init"
              + " gaussian:0.01.");
    }
    dead();
    constant();
    if (!layer.saturated().isEmpty()) {
      add(
          Kind.SATURATED,
          layer.saturated(),
          false,
          are(layer.saturated(), "saturated")
              + (": %s is flat there on at least 90 %% of %s, so gradients hardly "
                      + "reach them. Start from smaller weights, or bring the inputs to "
                      + "a common scale.")
                  .formatted(block.function().name(), probe));
    }
    if (block.function().isOdd()) {
      for (List<Integer> group : layer.opposite()) {
        add(
            Kind.OPPOSITE,
            group,
            false,
            are(group, "equal or opposite")
                + ": behind %s they compute one feature.".formatted(name())
                + byMending(" `symbreak mend --merge` makes one unit of them."));
      }
    }
    if (block.function().isHomogeneous()) {
      for (List<Integer> group : layer.proportional()) {
        add(
            Kind.PROPORTIONAL,
            group,
            false,
            are(group, "multiples of each other")
                + ": behind %s they compute one feature.".formatted(name())
                + byMending(" `symbreak mend --merge` makes one unit of them."));
      }
    }
  }

  private String symmetric(List<Integer> group) {
    return mendable
        ? (": they compute one feature, and gradients keep them together. `symbreak mend --split`"
                + " breaks the symmetry so that training can go on, `symbreak mend"
                + " --merge` makes one unit of the %d; or train again from random "
                + "weights, for example --init gaussian:0.01.")
            .formatted(group.size())
        : ": they compute one feature, and gradients keep them together. Train again from random"
            + " weights.";
  }

  /** What mending would do, where it can. */
  private String byMending(String advice) {
    return mendable ? advice : "";
  }

  private void dead() {
    Set<Integer> dead = new TreeSet<>(layer.dead());
    dead.addAll(layer.deadEverywhere());
    if (layer.deadWithinRanges() != null) {
      dead.addAll(layer.deadWithinRanges());
    }
    if (dead.isEmpty()) {
      return;
    }
    List<Integer> units = List.copyOf(new TreeSet<>(dead));
    boolean everywhere = layer.deadEverywhere().containsAll(dead);
    boolean within = layer.deadWithinRanges() != null && layer.deadWithinRanges().containsAll(dead);
    String proof =
        everywhere
            ? "for any input, which is proven."
                + byMending(" `symbreak mend --merge` removes them.")
            : within
                ? "for all inputs within the training ranges, which is proven. `symbreak mend"
                    + " --merge --within-range` removes them."
                : "on "
                    + probe
                    + ". No gradient reaches them: train again from other weights, or with a"
                    + " smaller learning rate.";
    add(Kind.DEAD, units, true, are(units, "dead") + ": " + name() + " is switched off " + proof);
  }

  private void constant() {
    List<Integer> units =
        layer.constant().stream().filter(unit -> !layer.saturated().contains(unit)).toList();
    Set<Integer> mute = new TreeSet<>(layer.constant());
    mute.addAll(layer.dead());
    boolean whole = mute.size() == block.units();
    if (!units.isEmpty()) {
      boolean everywhere = layer.constantEverywhere().containsAll(units);
      add(
          Kind.CONSTANT,
          units,
          whole,
          are(units, "constant")
              + (everywhere
                  ? ": their output is the same for any input, which is proven."
                      + byMending(" `symbreak mend --merge` folds them into biases.")
                  : ": their output is the same on " + probe + ".")
              + (whole ? " The whole layer lets nothing through." : ""));
    } else if (whole && layer.dead().size() < block.units()) {
      add(
          Kind.CONSTANT,
          layer.constant(),
          true,
          are(layer.constant(), "constant")
              + ", saturated as they are: the layer lets nothing through on "
              + probe
              + ".");
    }
  }

  private void add(Kind kind, List<Integer> units, boolean alarm, String text) {
    findings.add(new Finding(kind, layer.layer(), units, alarm, text));
  }

  private String name() {
    return block.function().name();
  }

  /** {@code Units 3 and 7 of hidden layer 1 are identical}. */
  private String are(List<Integer> units, String what) {
    String whose =
        " of hidden layer "
            + layer.layer()
            + (block.name().isEmpty() ? "" : " (" + block.name() + ")");
    if (units.size() == block.units() && units.size() > 1) {
      return "All " + units.size() + " units" + whose + " are " + what;
    }
    if (units.size() == 1) {
      return "Unit " + units.get(0) + whose + " is " + what;
    }
    if (units.size() > LISTED) {
      return units.size() + " of the " + block.units() + " units" + whose + " are " + what;
    }
    String all =
        units.stream()
            .limit(units.size() - 1L)
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return "Units " + all + " and " + units.get(units.size() - 1) + whose + " are " + what;
  }

  /** What identical units consist of, where that is a single number. */
  private String values(List<Integer> group) {
    int unit = group.get(0) - 1;
    double first = block.weights()[unit][0];
    for (double weight : block.weights()[unit]) {
      if (weight != first) {
        return "";
      }
    }
    return block.bias(unit) == 0 && first == 0
        ? ", with weights and biases of zero"
        : ", with all their weights at " + (float) first;
  }
}

package org.symbreak.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.symbreak.inspect.LayerInspection;

/**
 * A hidden layer as squares, one a unit: those that are the same are one block, those that are the
 * same to within the tolerance a hatched one, and what is dead, constant or saturated has its mark.
 */
final class UnitPicture {
  private static final int CELL = 16;

  /** Of a rectangle with a number on it. */
  private static final int WIDE = 36;

  private UnitPicture() {}

  static String html(LayerInspection layer) {
    int units = layer.symmetry().hiddenUnits();
    List<List<Integer>> blocks = new ArrayList<>(layer.identical());
    Set<Integer> taken = new HashSet<>();
    layer.identical().forEach(taken::addAll);
    List<List<Integer>> near = new ArrayList<>();
    for (List<Integer> group : layer.nearlyIdentical()) {
      List<Integer> left = group.stream().filter(unit -> !taken.contains(unit)).toList();
      if (left.size() > 1) {
        near.add(left);
        taken.addAll(left);
      }
    }
    StringBuilder html =
        new StringBuilder("<figure><h3>The units</h3><ul class=\"unitgrid\" aria-label=\"units\">");
    blocks.forEach(group -> html.append(block(group, "same", layer)));
    near.forEach(group -> html.append(block(group, "near", layer)));
    for (int unit = 1; unit <= units; unit++) {
      if (!taken.contains(unit)) {
        html.append(block(List.of(unit), "alone", layer));
      }
    }
    return html.append("</ul><figcaption>")
        .append(
            "A square a unit. A dark block: so many that are the same bit for bit; a paler, dashed"
                + " one: to within the tolerance."
                + " × dead, = constant, ~ saturated on nearly every row.")
        .append("</figcaption></figure>")
        .toString();
  }

  /** One square, or one rectangle as large as so many with their number on it. */
  private static String block(List<Integer> group, String kind, LayerInspection layer) {
    boolean single = group.size() == 1;
    int width = single ? CELL : Math.max(WIDE, CELL * (int) Math.ceil(Math.sqrt(group.size())));
    double height = single ? CELL : Math.max(CELL, (double) CELL * CELL * group.size() / width);
    int gap = single ? 1 : 0;
    String text = (single ? "" : String.valueOf(group.size())) + mark(group.get(0), layer);
    return String.format(
        Locale.ROOT,
        "<li><svg class=\"units %s\" width=\"%d\" height=\"%.1f\" role=\"img\""
            + " aria-label=\"%s\"><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%.1f\"/>"
            + "<text x=\"%d\" y=\"%.1f\">%s</text></svg></li>",
        kind,
        width,
        height,
        Html.text(label(group, kind, layer)),
        gap,
        gap,
        width - 2 * gap,
        height - 2 * gap,
        width / 2,
        height / 2 + 5,
        text);
  }

  private static String mark(int unit, LayerInspection layer) {
    return layer.dead().contains(unit) || layer.deadEverywhere().contains(unit)
        ? "×"
        : layer.constant().contains(unit) ? "=" : layer.saturated().contains(unit) ? "~" : "";
  }

  private static String label(List<Integer> group, String kind, LayerInspection layer) {
    String numbers = group.stream().map(String::valueOf).collect(Collectors.joining(" "));
    String states =
        Stream.of("×", "=", "~")
            .filter(mark -> group.stream().anyMatch(unit -> mark(unit, layer).equals(mark)))
            .map(
                mark ->
                    mark.equals("×") ? ", dead" : mark.equals("=") ? ", constant" : ", saturated")
            .collect(Collectors.joining());
    return group.size() == 1
        ? "unit " + numbers + states
        : group.size()
            + (kind.equals("same") ? " identical" : " nearly identical")
            + " units: "
            + numbers
            + states;
  }
}

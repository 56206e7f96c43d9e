package org.symbreak.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.symbreak.guard.AtomicFile;
import org.symbreak.guard.Destination;
import org.symbreak.inspect.Finding;
import org.symbreak.inspect.LayerDescription;
import org.symbreak.inspect.LayerInspection;
import org.symbreak.inspect.ModelInspection;
import org.symbreak.symmetry.LayerSymmetry;

/** The page of a model that was inspected; it needs no script. */
public final class InspectionReport {
  private static final int HEIGHT = 120;
  private static final int MOST_BARS = 120;

  private InspectionReport() {}

  /**
   * @param target where to, replaced whole or not at all
   */
  public static void write(ModelInspection inspection, Path target) throws IOException {
    String html = html(inspection);
    AtomicFile.write(
        Destination.file(target), out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
  }

  static String html(ModelInspection inspection) {
    String name = name(Path.of(inspection.model()));
    long alarms = inspection.findings().stream().filter(Finding::alarm).count();
    String title =
        name
            + ": "
            + units(inspection)
            + (alarms == 0
                ? "no alarm"
                : String.format(Locale.ROOT, "%d alarm%s", alarms, alarms == 1 ? "" : "s"));
    Html html = new Html();
    html.heading(title).element("p class=\"muted\"", what(inspection));
    findings(html, inspection);
    layers(html, inspection);
    inspection.hidden().forEach(layer -> hidden(html, inspection, layer));
    if (!inspection.unread().isEmpty()) {
      html.element("h2", "Not looked into").raw("<ul>");
      inspection.unread().forEach(line -> html.element("li", line));
      html.raw("</ul>");
    }
    return new Page(title, html.toString(), null, List.of()).html();
  }

  /** The file's name; with its directory where that of a run tells more. */
  private static String name(Path model) {
    Path directory = model.getParent();
    boolean isOfRun = model.endsWith("model.zip") && directory != null;
    return (isOfRun ? directory.getFileName().resolve(model.getFileName()) : model.getFileName())
        .toString();
  }

  /** How many units of the worst layer differ, in words; empty without a hidden layer. */
  private static String units(ModelInspection inspection) {
    return inspection.hidden().stream()
        .min(
            Comparator.comparingDouble(
                layer ->
                    (double) layer.symmetry().distinctUnitsWithinTolerance()
                        / layer.symmetry().hiddenUnits()))
        .map(
            layer ->
                String.format(
                    Locale.ROOT,
                    "hidden layer %d has %d different %s of %d, ",
                    layer.layer(),
                    layer.symmetry().distinctUnitsWithinTolerance(),
                    layer.symmetry().distinctUnitsWithinTolerance() == 1 ? "unit" : "units",
                    layer.symmetry().hiddenUnits()))
        .orElse("");
  }

  private static String what(ModelInspection inspection) {
    return String.format(
        Locale.ROOT,
        "%s%s; %d parameters, %s; measured on %s",
        inspection.format(),
        inspection.writtenBy().isEmpty() ? "" : ", written by " + inspection.writtenBy(),
        inspection.parameters(),
        inspection.precision(),
        inspection.chains().stream()
            .map(chain -> chain.probe() + (chain.name().isEmpty() ? "" : " (" + chain.name() + ")"))
            .collect(Collectors.joining(", ")));
  }

  private static void findings(Html html, ModelInspection inspection) {
    html.element("h2", "What was found").raw("<ul>");
    for (Finding finding : inspection.findings()) {
      html.raw(
          "<li><span class=\""
              + (finding.alarm() ? "fails\">✕ " : "unclear\">○ ")
              + Html.text(finding.kind().toString())
              + "</span> "
              + Html.sentence(finding.text())
              + "</li>");
    }
    if (!inspection.alarm()) {
      html.element("li", inspection.verdict());
    }
    html.raw("</ul>");
  }

  private static void layers(Html html, ModelInspection inspection) {
    boolean named = inspection.layers().stream().anyMatch(layer -> !layer.name().isEmpty());
    List<String> head =
        new ArrayList<>(List.of("Layer", "Inputs", "Units", "Parameters", "Activation"));
    if (named) {
      head.add("Name");
    }
    List<List<String>> rows = new ArrayList<>();
    for (LayerDescription layer : inspection.layers()) {
      List<String> row =
          new ArrayList<>(
              List.of(
                  String.valueOf(layer.layer()),
                  Figures.of(layer.inputs()),
                  Figures.of(layer.units()),
                  Figures.of(layer.parameters()),
                  layer.activation()));
      if (named) {
        row.add(layer.name());
      }
      rows.add(row);
    }
    html.element("h2", "Layers").table(head, rows);
  }

  private static void hidden(Html html, ModelInspection inspection, LayerInspection layer) {
    LayerDescription described = inspection.layers().get(layer.layer() - 1);
    html.element(
        "h2",
        "Hidden layer "
            + layer.layer()
            + (described.name().isEmpty() ? "" : ", " + described.name()));
    LayerSymmetry symmetry = layer.symmetry();
    html.tiles(
        List.of(
            List.of(
                "Distinct units",
                Figures.of(symmetry.distinctUnitsWithinTolerance()),
                "of "
                    + symmetry.hiddenUnits()
                    + ", to "
                    + Figures.of(symmetry.tolerance())
                    + " of the largest weight"),
            List.of(
                "Effective rank",
                Figures.of(symmetry.effectiveRank()),
                "directions of their outputs"),
            List.of("Mean |cosine|", Figures.of(symmetry.meanAbsCosine()), "of incoming weights"),
            List.of("Saturated", Figures.percent(symmetry.saturated()), "of the outputs"),
            List.of("Dead", Figures.percent(symmetry.dead()), "of the units")));
    html.raw("<div class=\"grid2\"><div>").raw(UnitPicture.html(layer));
    List<List<String>> groups = new ArrayList<>();
    addGroups(groups, "identical", layer.identical());
    addGroups(groups, "nearly identical", layer.nearlyIdentical());
    addGroups(groups, "equal or opposite", layer.opposite());
    addGroups(groups, "multiples of each other", layer.proportional());
    addUnits(groups, "dead", dead(layer));
    addUnits(groups, "constant", layer.constant());
    addUnits(groups, "saturated", layer.saturated());
    if (!groups.isEmpty()) {
      html.table(List.of("Units that are", "Numbers"), groups);
    }
    html.raw("</div>");
    spectrum(html, layer);
    html.raw("</div>");
  }

  private static List<Integer> dead(LayerInspection layer) {
    Set<Integer> all = new HashSet<>(layer.dead());
    all.addAll(layer.deadEverywhere());
    return all.stream().sorted().toList();
  }

  private static void addGroups(List<List<String>> rows, String what, List<List<Integer>> groups) {
    groups.forEach(group -> addUnits(rows, what, group));
  }

  private static void addUnits(List<List<String>> rows, String what, List<Integer> units) {
    if (!units.isEmpty()) {
      rows.add(List.of(what, units.stream().map(String::valueOf).collect(Collectors.joining(" "))));
    }
  }

  /** Bars from the largest singular value down. */
  private static void spectrum(Html html, LayerInspection layer) {
    List<Double> values = layer.spectrum();
    if (values.isEmpty() || !(values.get(0) > 0)) {
      return;
    }
    int count = Math.min(MOST_BARS, values.size());
    double width = 100.0 / count;
    html.raw(
        String.format(
            Locale.ROOT,
            "<figure><h3>Singular values of the outputs</h3><svg class=\"spectrum\" height=\"%d\""
                + " role=\"img\" aria-label=\"%d singular values, the largest %s\">",
            HEIGHT,
            values.size(),
            Figures.of(values.get(0))));
    for (int i = 0; i < count; i++) {
      double height = Math.max(1, HEIGHT * values.get(i) / values.get(0));
      html.raw(
          String.format(
              Locale.ROOT,
              "<rect x=\"%.3f%%\" y=\"%.2f\" width=\"%.3f%%\" height=\"%.2f\"><title>%d:"
                  + " %s</title></rect>",
              i * width,
              HEIGHT - height,
              width * 0.8,
              height,
              i + 1,
              Figures.of(values.get(i))));
    }
    html.raw(
        "</svg><figcaption>The largest "
            + Figures.of(values.get(0))
            + (count < values.size() ? ", the first " + count + " of " + values.size() : "")
            + ". As many bars as are tall: as many directions do the units fill, "
            + Figures.of(layer.symmetry().effectiveRank())
            + " by the entropy of the values.</figcaption></figure>");
  }
}

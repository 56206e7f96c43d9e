package org.symbreak.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** The page of a model that was inspected; it needs no script. */
public final class InspectionReport {
  private static final int WIDTH = 480;
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
    String name = Path.of(inspection.model()).getFileName().toString();
    long alarms = inspection.findings().stream().filter(Finding::alarm).count();
    String title =
        alarms == 0
            ? name + ": no alarm"
            : String.format(Locale.ROOT, "%s: %d alarm%s", name, alarms, alarms == 1 ? "" : "s");
    Html html = new Html();
    html.element("h1", title).element("p class=\"muted\"", what(inspection));
    findings(html, inspection);
    layers(html, inspection);
    inspection.hidden().forEach(layer -> hidden(html, inspection, layer));
    if (!inspection.unread().isEmpty()) {
      html.element("h2", "Not looked into").raw("<ul>");
      inspection.unread().forEach(line -> html.element("li", line));
      html.raw("</ul>");
    }
    return new Page(title, html.toString(), null, null).html();
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
              + Html.text(finding.text())
              + "</li>");
    }
    if (!inspection.alarm()) {
      html.element("li", inspection.verdict());
    }
    html.raw("</ul>");
  }

  private static void layers(Html html, ModelInspection inspection) {
    List<List<String>> rows = new ArrayList<>();
    for (LayerDescription layer : inspection.layers()) {
      rows.add(
          List.of(
              String.valueOf(layer.layer()),
              layer.name(),
              Figures.of(layer.inputs()),
              Figures.of(layer.units()),
              Figures.of(layer.parameters()),
              layer.activation()));
    }
    html.element("h2", "Layers")
        .table(List.of("Layer", "Name", "Inputs", "Units", "Parameters", "Activation"), rows);
  }

  private static void hidden(Html html, ModelInspection inspection, LayerInspection layer) {
    LayerDescription described = inspection.layers().get(layer.layer() - 1);
    html.element(
        "h2",
        "Hidden layer "
            + layer.layer()
            + (described.name().isEmpty() ? "" : ", " + described.name()));
    html.table(
        List.of("Units", "Distinct", "Mean |cosine|", "Effective rank", "Saturated", "Dead"),
        List.of(
            List.of(
                Figures.of(layer.symmetry().hiddenUnits()),
                Figures.of(layer.symmetry().distinctUnits()),
                Figures.of(layer.symmetry().meanAbsCosine()),
                Figures.of(layer.symmetry().effectiveRank()),
                Figures.percent(layer.symmetry().saturated()),
                Figures.percent(layer.symmetry().dead()))));
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
    spectrum(html, layer.spectrum());
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
  private static void spectrum(Html html, List<Double> values) {
    if (values.isEmpty() || !(values.get(0) > 0)) {
      return;
    }
    int count = Math.min(MOST_BARS, values.size());
    double width = (double) WIDTH / count;
    html.raw(
        String.format(
            Locale.ROOT,
            "<figure><svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"singular values\">",
            WIDTH,
            HEIGHT,
            WIDTH,
            HEIGHT));
    for (int i = 0; i < count; i++) {
      double height = HEIGHT * values.get(i) / values.get(0);
      html.raw(
          String.format(
              Locale.ROOT,
              "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"currentColor\"><title>%d: %s</title></rect>",
              i * width,
              HEIGHT - height,
              Math.max(0.5, width * 0.8),
              height,
              i + 1,
              Figures.of(values.get(i))));
    }
    html.raw(
        "</svg><figcaption>Singular values of the activations, the largest "
            + Figures.of(values.get(0))
            + (count < values.size() ? ", the first " + count + " of " + values.size() : "")
            + "</figcaption></figure>");
  }
}

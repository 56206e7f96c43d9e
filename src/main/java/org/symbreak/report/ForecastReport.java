package org.symbreak.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.symbreak.forecast.Forecast;
import org.symbreak.forecast.LayerSignal;
import org.symbreak.forecast.LossPath;
import org.symbreak.forecast.MeasuredWait;
import org.symbreak.forecast.Waiting;
import org.symbreak.guard.AtomicFile;
import org.symbreak.guard.Destination;

/** The page of a forecast: what was derived or integrated as curves, what was measured as dots. */
public final class ForecastReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ForecastReport() {}

  /**
   * @param command that trains what was forecast
   * @param data the file's name
   * @param measured with the run's seed and those after it
   * @param target where to, replaced whole or not at all
   */
  public static void write(
      String command, String data, Forecast forecast, List<MeasuredWait> measured, Path target)
      throws IOException {
    String html = html(command, data, forecast, measured);
    AtomicFile.write(
        Destination.file(target), out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
  }

  static String html(String command, String data, Forecast forecast, List<MeasuredWait> measured) {
    Waiting waiting = forecast.waiting();
    String title =
        data
            + ": the plateau ends "
            + at(waiting.plateauEnd())
            + " by forecast, "
            + measured.stream()
                .map(run -> at(step(run.plateauEnd())))
                .collect(Collectors.joining(", "))
            + " as measured";
    Html html = new Html();
    html.heading(title).raw("<section>").command(command).raw("<ul>");
    forecast.sentences().forEach(sentence -> html.element("li", sentence));
    html.raw("</ul></section><section><h2>How long it waits</h2><div class=\"grid2\">")
        .raw(waits(waiting, measured))
        .raw("<div id=\"loss\"></div></div>");
    curves(html, waiting, measured);
    html.raw("</section><section><h2>What becomes of the signal</h2>")
        .raw("<div id=\"signal\" class=\"grid2\"></div>");
    layers(html, forecast.layers());
    html.raw("</section>");
    return new Page(title, html.toString(), json(forecast, measured), List.of("forecast.js"))
        .html();
  }

  private static String at(Long step) {
    return step == null ? "at none of the steps" : "at step " + step;
  }

  /** Null for never. */
  private static Long step(long step) {
    return step < 0 ? null : (Long) step;
  }

  private static String waits(Waiting waiting, List<MeasuredWait> measured) {
    List<Plot.Line> lines = new ArrayList<>();
    Function<MeasuredWait, Long> end = run -> step(run.plateauEnd());
    lines.add(line("plateau ends", "", waiting.plateauEnd(), measured, end));
    if (waiting.lawEnd() != null) {
      lines.add(line("plateau ends", "by the escape law", waiting.lawEnd(), measured, end));
    }
    lines.add(
        line(
            "half of a constant prediction’s loss",
            "",
            waiting.half(),
            measured,
            run -> step(run.half())));
    return new Plot(
            "Steps, foretold and measured",
            "Large dot: the forecast; small dots: what was trained, with the run’s seed and those"
                + " after it. The plateau ends at the first step with a training loss 5 % below a"
                + " constant prediction’s.",
            true,
            "never",
            List.of(),
            lines)
        .html();
  }

  private static Plot.Line line(
      String name,
      String note,
      Long foretold,
      List<MeasuredWait> measured,
      Function<MeasuredWait, Long> step) {
    double[] points = measured.stream().mapToDouble(run -> orNever(step.apply(run))).toArray();
    return new Plot.Line(
        name,
        note,
        points,
        orNever(foretold),
        null,
        null,
        Figures.of(orNever(foretold))
            + " against "
            + measured.stream()
                .map(run -> Figures.of(orNever(step.apply(run))))
                .collect(Collectors.joining(", ")),
        false);
  }

  private static double orNever(Long step) {
    return step == null ? Double.POSITIVE_INFINITY : step;
  }

  private static void curves(Html html, Waiting waiting, List<MeasuredWait> measured) {
    List<List<String>> rows = new ArrayList<>();
    add(rows, "forecast", waiting.curve());
    for (int run = 0; run < measured.size(); run++) {
      add(rows, measured(run), measured.get(run).curve());
    }
    html.raw("<details><summary>The losses behind it</summary>")
        .table(List.of("run", "step", "loss over a constant prediction’s"), rows)
        .raw("</details>");
  }

  private static String measured(int run) {
    return run == 0 ? "measured" : "measured, seed + " + run;
  }

  private static void add(List<List<String>> rows, String name, LossPath curve) {
    for (int i = 0; i < curve.steps().length; i++) {
      rows.add(List.of(name, Figures.of(curve.steps()[i]), Figures.of(curve.losses()[i])));
    }
  }

  private static void layers(Html html, List<LayerSignal> layers) {
    html.raw("<details><summary>The numbers behind it</summary>")
        .table(
            List.of(
                "layer",
                "units",
                "sums, mean square",
                "by theory",
                "saturated",
                "gradient, mean square",
                "by theory",
                "correlation",
                "by theory"),
            layers.stream()
                .map(
                    layer ->
                        List.of(
                            Figures.of(layer.layer()),
                            Figures.of(layer.units()),
                            Figures.of(layer.sums()),
                            Figures.of(layer.sumsTheory()),
                            Figures.percent(layer.saturated()),
                            Figures.of(layer.gradient()),
                            Figures.of(layer.gradientTheory()),
                            Figures.of(layer.correlation()),
                            Figures.of(layer.correlationTheory())))
                .toList())
        .raw("</details>");
  }

  private static String json(Forecast forecast, List<MeasuredWait> measured) {
    List<Map<String, Object>> runs = new ArrayList<>();
    for (int run = 0; run < measured.size(); run++) {
      runs.add(Map.of("name", measured(run), "curve", measured.get(run).curve()));
    }
    try {
      return JSON.writeValueAsString(
          Map.of("curve", forecast.waiting().curve(), "runs", runs, "layers", forecast.layers()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a forecast has a form of its own", e);
    }
  }
}

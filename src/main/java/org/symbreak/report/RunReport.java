package org.symbreak.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.symbreak.film.History;
import org.symbreak.guard.AtomicFile;
import org.symbreak.guard.Destination;
import org.symbreak.model.Evaluation;
import org.symbreak.problem.InputException;
import org.symbreak.run.RunDirectory;
import org.symbreak.run.RunRecord;
import org.symbreak.run.RunResult;
import org.symbreak.setting.RunSpec;
import org.symbreak.symmetry.LayerSymmetry;
import org.symbreak.symmetry.Measure;

/** The page of one run, or of several side by side, from the files that they left. */
public final class RunReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RunReport() {}

  /**
   * Writes the page of runs.
   *
   * @param runs directories of runs that are done, at least one; the first is the baseline
   * @param target where to, replaced whole or not at all
   * @throws InputException where a directory holds no finished run
   */
  public static void write(List<RunDirectory> runs, Path target) throws IOException {
    String html = html(runs);
    AtomicFile.write(
        Destination.file(target), out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
  }

  /** Writes report.html beside a run's results. */
  public static void write(RunDirectory run) throws IOException {
    write(List.of(run), run.report());
  }

  static String html(List<RunDirectory> directories) {
    List<Run> runs = directories.stream().map(Run::read).toList();
    return new Page(title(runs), body(runs), json(runs), "report.js").html();
  }

  /** What a run's directory holds. */
  private record Run(RunRecord record, History history, Map<String, List<Double>> metrics) {
    static Run read(RunDirectory directory) {
      RunRecord record = directory.read();
      if (record.result() == null) {
        throw InputException.of(
            directory.runJson().toString(),
            "a run that is done",
            "one that is not; go on with: symbreak train --resume " + directory.path());
      }
      return new Run(
          record,
          Files.exists(directory.history()) ? History.read(directory.history()) : null,
          Files.exists(directory.metrics()) ? Metrics.read(directory.metrics()) : Map.of());
    }

    RunSpec spec() {
      return record.spec();
    }

    RunResult result() {
      return record.result();
    }

    String dataName() {
      return Path.of(spec().data().file()).getFileName().toString();
    }
  }

  private static String title(List<Run> runs) {
    return runs.get(0).dataName()
        + " from "
        + String.join(", ", runs.stream().map(run -> run.result().initialization()).toList());
  }

  private static String body(List<Run> runs) {
    Html html = new Html();
    html.raw(
        "<div class=\"topline\"><h1>"
            + Html.text(headline(runs))
            + "</h1><button id=\"theme\" class=\"noprint\" type=\"button\">Theme</button></div>");
    runs.forEach(run -> html.raw("<p class=\"muted\">" + recipe(run) + "</p>"));
    if (runs.size() == 1) {
      advice(html, runs.get(0));
      numbers(html, runs.get(0));
    } else {
      comparison(html, runs);
    }
    html.raw(
            "<section aria-label=\"the film of the hidden units\"><h2>How alike the hidden units"
                + " are</h2><div id=\"film\" class=\"cards\"></div>")
        .raw(
            "<noscript><p>The film needs JavaScript; the numbers below do"
                + " not.</p></noscript></section>")
        .raw(
            "<section><h2>Over the iterations</h2><div id=\"charts\""
                + " class=\"grid2\"></div></section>");
    if (runs.stream().anyMatch(run -> run.history() != null && !run.history().layers().isEmpty())) {
      html.raw("<section><h2>Sums of inputs to the hidden units, at start and at end</h2>")
          .raw(
              "<p class=\"muted\">Hatched: the flat zones, where the slope is below 1 % of its"
                  + " largest and learning all but stops. Dashed: the activation function.</p>")
          .raw("<div id=\"activations\"></div></section>");
    }
    runs.forEach(run -> evaluation(html, run, runs.size() > 1));
    html.raw(
        "<section><h2>With a threshold of your own</h2><div id=\"evaluation\"></div></section>");
    runs.forEach(run -> mostWrong(html, run, runs.size() > 1));
    html.raw("<section><h2>Where this comes from</h2>");
    runs.forEach(run -> provenance(html, run));
    html.raw("</section>");
    deck(html);
    return html.toString();
  }

  private static String headline(List<Run> runs) {
    RunResult first = runs.get(0).result();
    if (runs.size() == 1) {
      Evaluation shown = first.test() != null ? first.test() : first.train();
      String part = first.test() != null ? "test" : "training";
      if (shown == null) {
        return String.format(Locale.ROOT, "From %s: %s.", first.initialization(), first.verdict());
      }
      return String.format(
          Locale.ROOT,
          "From %s: %s of the %d %s rows called right, AUC %s; %s.",
          first.initialization(),
          Figures.percent(shown.accuracy()),
          shown.rows(),
          part,
          Figures.of(shown.auc()),
          first.verdict());
    }
    return String.format(
        Locale.ROOT,
        "%s, from %d starts: %s",
        runs.get(0).dataName(),
        runs.size(),
        String.join(
            "; ",
            runs.stream()
                .map(run -> run.result().initialization() + ": " + run.result().verdict())
                .toList()));
  }

  private static String recipe(Run run) {
    RunSpec spec = run.spec();
    List<String> sizes = new ArrayList<>();
    sizes.add(String.valueOf(run.result().features()));
    spec.network().hidden().forEach(units -> sizes.add(String.valueOf(units)));
    sizes.add("1");
    String activations =
        spec.network().hidden().isEmpty()
            ? "no hidden layer"
            : String.join(
                "/", spec.network().activations().stream().map(Object::toString).toList());
    return String.format(
        Locale.ROOT,
        "Train <b>%s</b> with <b>%s</b> on <b>%s</b> from <b>%s</b>, biases <b>%s</b>, by"
            + " <b>%s</b>, seed <b>%d</b>.",
        String.join("-", sizes),
        Html.text(activations),
        Html.text(run.dataName()),
        Html.text(spec.network().weights().toString()),
        Html.text(spec.network().biases().toString()),
        Html.text(
            spec.optimizer().kind()
                + (spec.optimizer().kind().isLineSearch()
                    ? ""
                    : " " + Figures.of(spec.optimizer().learningRate()))),
        spec.seed());
  }

  private static void advice(Html html, Run run) {
    if (run.result().stoppedBecause() != null) {
      html.element("p", "It stopped because " + run.result().stoppedBecause() + ".");
    }
    if (!run.result().notices().isEmpty()) {
      html.raw(
          "<details><summary>"
              + run.result().notices().size()
              + " things to know about the data and the run</summary><ul>");
      run.result().notices().forEach(notice -> html.element("li", notice));
      html.raw("</ul></details>");
    }
  }

  private static void numbers(Html html, Run run) {
    RunResult result = run.result();
    Evaluation shown = result.test() != null ? result.test() : result.train();
    String part = result.test() != null ? "Test" : "Training";
    LayerSymmetry worst = result.symmetry() == null ? null : result.symmetry().worst();
    html.raw("<dl class=\"numbers\">")
        .raw(
            number(part + " accuracy", shown == null ? "–" : Figures.percent(shown.accuracy()), ""))
        .raw(number(part + " AUC", shown == null ? "–" : Figures.of(shown.auc()), ""))
        .raw(
            number(
                "Distinct units",
                worst == null ? "–" : String.valueOf(worst.distinctUnits()),
                worst == null ? "" : " of " + worst.hiddenUnits()))
        .raw(
            number(
                "Effective rank",
                worst == null ? "–" : Figures.of(Measure.EFFECTIVE_RANK.of(worst)),
                ""))
        .raw("</dl>");
  }

  private static String number(String name, String value, String unit) {
    return "<div><dt>"
        + Html.text(name)
        + "</dt><dd>"
        + Html.text(value)
        + "<small>"
        + Html.text(unit)
        + "</small></dd></div>";
  }

  private static void comparison(Html html, List<Run> runs) {
    html.table(
        List.of(
            "Initialization",
            "Loss",
            "Test accuracy",
            "Test AUC",
            "Distinct units",
            "Effective rank",
            "What became of the units"),
        runs.stream()
            .map(Run::result)
            .map(
                result -> {
                  Evaluation test = result.test();
                  LayerSymmetry worst =
                      result.symmetry() == null ? null : result.symmetry().worst();
                  return List.of(
                      result.initialization(),
                      Figures.of(result.loss()),
                      Figures.percent(test == null ? null : test.accuracy()),
                      Figures.of(test == null ? null : test.auc()),
                      worst == null ? "–" : Measure.DISTINCT_UNITS.text(worst, "–"),
                      worst == null ? "–" : Figures.of(Measure.EFFECTIVE_RANK.of(worst)),
                      result.verdict());
                })
            .toList());
  }

  private static void evaluation(Html html, Run run, boolean named) {
    RunResult result = run.result();
    List<List<String>> rows = new ArrayList<>();
    parts(result)
        .forEach(
            (name, part) ->
                rows.add(
                    List.of(
                        name,
                        String.valueOf(part.rows()),
                        Figures.percent(part.accuracy()),
                        Figures.of(part.auc()),
                        Figures.of(part.prAuc()),
                        Figures.of(part.f1()),
                        Figures.of(part.logLoss()),
                        Figures.of(part.brier()),
                        part.confusion().truePositives()
                            + " / "
                            + part.confusion().falsePositives()
                            + " / "
                            + part.confusion().trueNegatives()
                            + " / "
                            + part.confusion().falseNegatives())));
    html.element("h2", "How well it predicts" + (named ? ", from " + result.initialization() : ""))
        .table(
            List.of(
                "Rows",
                "Number",
                "Accuracy",
                "AUC",
                "PR AUC",
                "F1",
                "Log loss",
                "Brier",
                "TP / FP / TN / FN"),
            rows);
  }

  private static Map<String, Evaluation> parts(RunResult result) {
    Map<String, Evaluation> parts = new LinkedHashMap<>();
    parts.put("training", result.train());
    parts.put("validation", result.validation());
    parts.put("test", result.test());
    parts.values().removeIf(part -> part == null);
    return parts;
  }

  private static void mostWrong(Html html, Run run, boolean named) {
    History history = run.history();
    if (history == null || (history.test() == null && history.validation() == null)) {
      return;
    }
    History.Predictions held = history.test() != null ? history.test() : history.validation();
    List<HeldOutRow> wrong = HeldOutRow.mostWrong(held, 10);
    html.element(
        "h2", "Rows it got most wrong" + (named ? ", from " + run.result().initialization() : ""));
    if (wrong.isEmpty()) {
      html.element("p", "None: every held-out row is on the right side of 0.5.");
      return;
    }
    html.table(
        List.of("Line of the file", "Is", "Probability of " + run.result().positive()),
        wrong.stream()
            .map(
                row ->
                    List.of(
                        String.valueOf(row.line()),
                        row.label() == 1
                            ? run.result().positive()
                            : "not " + run.result().positive(),
                        Figures.of(row.probability())))
            .toList());
  }

  private static void provenance(Html html, Run run) {
    html.raw("<pre>" + Html.text(run.spec().toCommand()) + "</pre>");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("engine", run.result().engine()));
    rows.add(List.of("backend", run.result().backend()));
    rows.add(List.of("started", String.valueOf(run.record().started())));
    rows.add(
        List.of(
            "time",
            Figures.of(run.result().seconds())
                + " s, "
                + run.result().iterations()
                + " iterations, "
                + run.result().epochs()
                + " epochs; stopped: "
                + run.result().stopped()));
    rows.add(List.of("data", run.spec().data().file() + ", SHA-256 " + run.record().dataHash()));
    run.record().versions().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(version -> rows.add(List.of(version.getKey(), version.getValue())));
    html.table(List.of("What", "Which"), rows);
  }

  private static void deck(Html html) {
    html.raw("<div id=\"deck\" class=\"deck\" role=\"group\" aria-label=\"film\"><div>")
        .raw(
            "<button id=\"play\" type=\"button\">Play</button><button id=\"step\" type=\"button\""
                + " aria-label=\"one step on\">+1</button>")
        .raw(
            "<div class=\"track\"><canvas id=\"story\" aria-hidden=\"true\"></canvas><input"
                + " id=\"slider\" type=\"range\" min=\"0\" max=\"0\" value=\"0\""
                + " aria-label=\"iteration\"></div>")
        .raw(
            "<output id=\"iteration\"></output></div></div><div id=\"spoken\" class=\"sr\""
                + " aria-live=\"polite\"></div>");
  }

  private static String json(List<Run> runs) {
    List<Map<String, Object>> pictured = new ArrayList<>();
    for (Run run : runs) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("initialization", run.result().initialization());
      entry.put("threshold", run.result().threshold());
      entry.put("metrics", run.metrics());
      entry.put("history", run.history());
      pictured.add(entry);
    }
    try {
      return JSON.writeValueAsString(
          Map.of(
              "positive",
              runs.get(0).result().positive(),
              "figures",
              Measure.figures().stream().map(RunReport::figure).toList(),
              "runs",
              pictured));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report's data have a form of their own", e);
    }
  }

  /** How the page calls a measure, and whether it is a share. */
  private static Map<String, Object> figure(Measure measure) {
    return Map.of(
        "key",
        measure.key(),
        "title",
        measure.title(),
        "share",
        measure.unit() == Measure.Unit.SHARE);
  }
}

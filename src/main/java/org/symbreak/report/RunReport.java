package org.symbreak.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.symbreak.film.History;
import org.symbreak.guard.AtomicFile;
import org.symbreak.guard.Destination;
import org.symbreak.model.Evaluation;
import org.symbreak.optimizer.StopReason;
import org.symbreak.problem.InputException;
import org.symbreak.run.RunDirectory;
import org.symbreak.run.RunResult;
import org.symbreak.symmetry.LayerProbe;
import org.symbreak.symmetry.LayerSymmetry;
import org.symbreak.symmetry.Measure;
import org.symbreak.watch.HiddenUnitProbe;

/** The page of one run, or of several side by side, from the files that they left. */
public final class RunReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of so many runs the headline tells what became of the units. */
  private static final int FEW = 3;

  private static final int MOST_WRONG = 10;

  /** Letters that the films of members may take, so that a page stays below 3 MB. */
  private static final int ROOM = 2_300_000;

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
    List<StoredRun> runs = StoredRun.read(directories);
    List<MatchedUnits> matched =
        directories.size() == 2
            ? MatchedUnits.of(directories.get(0), directories.get(1))
            : List.of();
    String title =
        runs.get(0).dataName()
            + " from "
            + runs.stream().map(StoredRun::name).collect(Collectors.joining(", "));
    return new Page(title, body(runs, matched), json(runs), List.of("units.js", "report.js"))
        .html();
  }

  private static String body(List<StoredRun> runs, List<MatchedUnits> matched) {
    boolean several = runs.size() > 1;
    Html html = new Html();
    html.heading(several ? headline(runs) : headline(runs.get(0)));
    runs.forEach(run -> html.raw("<p class=\"muted\">" + run.recipe(runs.get(0)) + "</p>"));
    if (several) {
      comparison(html, runs);
    } else {
      advice(html, runs.get(0).result());
      tiles(html, runs.get(0));
      units(html, runs.get(0));
    }
    film(html, runs);
    MatchedUnits.write(html, matched);
    Foretold.write(html, runs);
    html.raw(
        "<section><h2>With a threshold of your own</h2><div id=\"evaluation\"></div></section>");
    runs.forEach(run -> mostWrong(html, run, several));
    html.raw("<section><h2>Where this comes from</h2>");
    runs.forEach(run -> provenance(html, run));
    html.raw("</section>");
    deck(html);
    return html.toString();
  }

  private static String headline(StoredRun run) {
    RunResult result = run.result();
    Evaluation shown = result.test() != null ? result.test() : result.train();
    String ended =
        result.stopped() == StopReason.STUCK
            ? "nothing learned, "
            : result.stopped() == StopReason.DIVERGED ? "diverged, " : "";
    if (shown == null) {
      return String.format(Locale.ROOT, "From %s: %s%s.", run.name(), ended, result.verdict());
    }
    return String.format(
        Locale.ROOT,
        "From %s: %s%s of the %d %s rows called right, AUC %s; %s.",
        run.name(),
        ended,
        Figures.percent(shown.accuracy()),
        shown.rows(),
        result.test() != null ? "test" : "training",
        Figures.of(shown.auc()),
        result.verdict());
  }

  /** What became of the units in a word each; the table below has the verdicts. */
  private static String headline(List<StoredRun> runs) {
    String starts = runs.get(0).dataName() + ", " + runs.size() + " runs";
    if (runs.size() > FEW || runs.stream().anyMatch(run -> run.worst() == null)) {
      return starts + " side by side";
    }
    return starts
        + ": "
        + runs.stream()
            .map(run -> distinct(run.worst()) + " different units from " + run.name())
            .collect(Collectors.joining(", "));
  }

  private static String distinct(LayerSymmetry layer) {
    return layer == null ? "–" : Measure.DISTINCT_UNITS_WITHIN_TOLERANCE.text(layer, "–");
  }

  private static void advice(Html html, RunResult result) {
    findings(html, result);
    if (result.stoppedBecause() != null) {
      html.element("p", "It stopped because " + result.stoppedBecause() + ".");
    }
    if (!result.notices().isEmpty()) {
      html.raw(
          "<details><summary>"
              + result.notices().size()
              + " things to know about the data and the run</summary><ul>");
      result.notices().forEach(notice -> html.element("li", notice));
      html.raw("</ul></details>");
    }
  }

  private static void findings(Html html, RunResult result) {
    if (!result.findings().isEmpty()) {
      html.raw("<ul class=\"findings\">");
      result
          .findings()
          .forEach(
              finding -> html.raw("<li>" + Html.sentence(capital(finding.sentence())) + ".</li>"));
      html.raw("</ul>");
    }
  }

  private static String capital(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }

  private static void tiles(Html html, StoredRun run) {
    RunResult result = run.result();
    Evaluation shown = result.test() != null ? result.test() : result.train();
    String part = result.test() != null ? "Test" : "Training";
    LayerSymmetry worst = run.worst();
    String layer =
        worst == null || result.symmetry().layers().size() == 1 ? "" : ", layer " + worst.layer();
    List<List<String>> tiles = new ArrayList<>();
    tiles.add(
        List.of(
            part + " accuracy",
            Figures.percent(shown == null ? null : shown.accuracy()),
            shown == null ? "" : "95 % interval: " + Foretold.accuracyInterval(shown)));
    tiles.add(
        List.of(
            part + " AUC",
            Figures.of(shown == null ? null : shown.auc()),
            shown == null ? "" : "log loss " + Figures.of(shown.logLoss())));
    if (worst != null) {
      tiles.add(
          List.of(
              "Distinct units" + layer,
              String.valueOf(worst.distinctUnitsWithinTolerance()),
              "of " + worst.hiddenUnits()));
      tiles.add(
          List.of(
              "Effective rank" + layer,
              Figures.of(Measure.EFFECTIVE_RANK.of(worst)),
              "of at most " + worst.hiddenUnits()));
    }
    html.tiles(tiles);
  }

  /** What the figures are of, and at which weights they were measured. */
  private static void units(Html html, StoredRun run) {
    RunResult result = run.result();
    LayerSymmetry worst = run.worst();
    if (run.spec().budget().members() == 1) {
      html.element(
          "p class=\"muted\"",
          String.format(
              Locale.ROOT,
              "All of this is of the weights that are kept, those of iteration %d of %d.",
              result.bestIteration(),
              result.iterations()));
    }
    if (worst == null) {
      return;
    }
    long rows = result.train() == null ? 0 : result.train().rows();
    String sample =
        rows > HiddenUnitProbe.MOST_ROWS
            ? HiddenUnitProbe.MOST_ROWS + " evenly spread of the " + rows + " training rows"
            : "the training rows";
    html.raw("<details><summary>What these numbers are</summary>")
        .element(
            "p class=\"muted\"",
            String.format(
                Locale.ROOT,
                "Distinct units differ by more than %s of the layer's largest weight%s. Effective"
                    + " rank is how many directions their outputs on %s fill: the exponential of"
                    + " the entropy of their normalized singular values. Log loss keeps"
                    + " probabilities %s away from 0 and 1, the loss of training does not.",
                Figures.of(worst.tolerance()),
                worst.distinctUnits() == worst.distinctUnitsWithinTolerance()
                    ? ""
                    : "; " + worst.distinctUnits() + " differ in a bit",
                sample,
                Figures.of(Evaluation.CLIP)))
        .raw("</details>");
  }

  /** Each run beside the first, which is the baseline. */
  private static void comparison(Html html, List<StoredRun> runs) {
    boolean lost = runs.stream().anyMatch(run -> run.worst() == null);
    StoredRun first = runs.get(0);
    html.table(
        List.of(
            "Run",
            "Loss",
            "Test accuracy",
            "95 % interval",
            "Test AUC",
            "Distinct units",
            "Effective rank",
            "Test log loss",
            "Against the first"),
        runs.stream()
            .map(
                run -> {
                  RunResult result = run.result();
                  Evaluation test = result.test();
                  return List.of(
                      run.name(),
                      Figures.of(result.loss()),
                      Figures.percent(test == null ? null : test.accuracy()),
                      test == null ? "–" : Foretold.accuracyInterval(test),
                      Figures.of(test == null ? null : test.auc()),
                      distinct(run.worst()),
                      run.worst() == null
                          ? "–"
                          : Figures.of(Measure.EFFECTIVE_RANK.of(run.worst())),
                      Figures.of(test == null ? null : test.logLoss()),
                      run == first
                          ? "the first"
                          : Foretold.difference(test, first.result().test()));
                })
            .toList());
    html.element(
        "p class=\"muted\"",
        "Each run at the weights that it keeps: "
            + runs.stream()
                .map(run -> run.name() + " at iteration " + run.result().bestIteration())
                .collect(Collectors.joining(", "))
            + (lost ? "." : "; units are those of the layer with the fewest distinct ones."));
    if (runs.stream().anyMatch(run -> !run.result().findings().isEmpty())) {
      html.raw("<ul class=\"findings\">");
      runs.forEach(
          run ->
              run.result()
                  .findings()
                  .forEach(finding -> html.raw(of(run, finding.sentence() + "."))));
      html.raw("</ul>");
    }
  }

  private static String of(StoredRun run, String sentence) {
    return "<li><code>" + Html.text(run.name()) + "</code>: " + Html.sentence(sentence) + "</li>";
  }

  private static void film(Html html, List<StoredRun> runs) {
    html.raw(
        "<section aria-label=\"the film of the hidden units\"><h2>How alike the hidden units"
            + " are</h2>");
    members(html, runs);
    html.raw(
            "<div id=\"members\" class=\"controls\"></div><div id=\"layers\""
                + " class=\"controls\"></div><div id=\"film\" class=\"cards\"></div>")
        .raw("<noscript><p>The film needs JavaScript; the tables do not.</p></noscript></section>")
        .raw(
            "<section><h2>Over the iterations</h2><div id=\"charts\""
                + " class=\"grid2\"></div></section>");
    if (runs.stream().anyMatch(run -> run.history() != null && !run.history().layers().isEmpty())) {
      html.raw("<section><h2>Sums of inputs to the hidden units, from start to end</h2>")
          .raw(
              "<p class=\"muted\">Hatched: the flat zones, where the slope is below 1 % of its"
                  + " largest and learning all but stops. Dashed: the activation function.</p>")
          .raw("<div id=\"activations\"></div></section>");
    }
  }

  /** Whose film a run of several members has. */
  private static void members(Html html, List<StoredRun> runs) {
    for (StoredRun run : runs) {
      int members = run.spec().budget().members();
      if (members == 1) {
        continue;
      }
      int shown = runs.size() > 1 ? 0 : filmed(run).size();
      String whole =
          runs.size() == 1
              ? "The figures above are of the one network that "
                  + members
                  + " members make, which nobody trained."
              : run.name() + " is " + members + " members made one, which nobody trained.";
      html.element(
          "p",
          whole
              + (shown == 0
                  ? " Films are of its members, each on a page of its own in its directory."
                  : " The pictures, curves and threshold below are of the member that is chosen"
                      + " here, alone."
                      + (shown < members
                          ? " There is room for " + shown + "; the others have pages of their own."
                          : "")));
    }
  }

  /** The members whose films a page has room for. */
  private static List<StoredRun> filmed(StoredRun run) {
    List<StoredRun> filmed = new ArrayList<>();
    long room = ROOM;
    for (StoredRun member : run.members()) {
      room -= member.history() == null ? 0 : write(entry(member)).length();
      if (room < 0) {
        break;
      }
      filmed.add(member);
    }
    return filmed;
  }

  private static void mostWrong(Html html, StoredRun run, boolean named) {
    History history = run.history();
    if (history == null || (history.test() == null && history.validation() == null)) {
      return;
    }
    History.Predictions held = history.test() != null ? history.test() : history.validation();
    List<HeldOutRow> wrong = HeldOutRow.mostWrong(held, MOST_WRONG);
    String rows = history.test() != null ? "Test rows" : "Validation rows";
    html.element("h2", rows + " it got most wrong" + (named ? ", from " + run.name() : ""));
    if (wrong.isEmpty()) {
      html.element("p", "None: each of them is on the right side of one half.");
      return;
    }
    String positive = run.result().positive();
    html.table(
        List.of("Line of the file", "Is", "Probability of " + positive),
        wrong.stream()
            .map(
                row ->
                    List.of(
                        String.valueOf(row.line()),
                        row.label() == 1 ? positive : "not " + positive,
                        Figures.of(row.probability())))
            .toList());
  }

  private static void provenance(Html html, StoredRun run) {
    RunResult result = run.result();
    if (result.wasChangedByHand()) {
      html.element(
          "p",
          "It was changed by hand while it was trained, as the notices say; the command trains it"
              + " without that.");
    }
    html.command(run.spec().toCommand());
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("engine", result.engine()));
    rows.add(List.of("backend", result.backend()));
    rows.add(List.of("started", String.valueOf(run.record().started())));
    rows.add(
        List.of(
            "time",
            Figures.of(result.seconds())
                + " s, "
                + result.iterations()
                + " iterations, "
                + result.epochs()
                + " epochs; stopped: "
                + result.stopped()));
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
                + " aria-label=\"+1 step\">+1</button><button id=\"kept\""
                + " type=\"button\">Kept</button>")
        .raw(
            "<div class=\"track\"><canvas id=\"story\" aria-hidden=\"true\"></canvas><input"
                + " id=\"slider\" type=\"range\" min=\"0\" max=\"0\" value=\"0\""
                + " aria-label=\"iteration\"></div>")
        .raw(
            "<output id=\"iteration\"></output></div></div><div id=\"spoken\" class=\"sr\""
                + " aria-live=\"polite\"></div>");
  }

  private static String json(List<StoredRun> runs) {
    return write(
        Map.of(
            "positive",
            runs.get(0).result().positive(),
            "tolerance",
            LayerProbe.TOLERANCE,
            "figures",
            Measure.figures().stream().map(RunReport::figure).toList(),
            "runs",
            runs.stream().map(RunReport::entry).toList(),
            "members",
            runs.size() > 1
                ? List.of()
                : filmed(runs.get(0)).stream().map(RunReport::entry).toList()));
  }

  private static Map<String, Object> entry(StoredRun run) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", run.name());
    entry.put("initialization", run.result().initialization());
    entry.put("threshold", run.result().threshold());
    entry.put("kept", run.result().bestIteration());
    entry.put("layer", run.worst() == null ? 0 : run.worst().layer());
    entry.put("trainingRows", run.result().train() == null ? null : run.result().train().rows());
    entry.put("metrics", run.metrics());
    entry.put("history", run.history());
    return entry;
  }

  private static String write(Object data) {
    try {
      return JSON.writeValueAsString(data);
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

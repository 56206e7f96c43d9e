package org.symbreak.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.experiment.Column;
import org.symbreak.problem.InputException;

class ExperimentReportTest {
  @TempDir Path folder;

  @Test
  void showsDepthAgainstScaleAndAnyOtherAxes() throws IOException {
    ledger(
        List.of(
            run("1", "0.01", "1", "0.99", "0"),
            run("8", "0.01", "1", "0.51", "1"),
            run("1", "1", "1", "0.98", "0"),
            run("8", "1", "1", "0.97", "0")));
    Path page = folder.resolve("report.html");

    ExperimentReport.write(folder, page);

    try (Browser browser = Browser.start()) {
      Browser.Watched watched = browser.open(1280, 900, ColorScheme.LIGHT);
      watched.page().navigate(page.toUri().toString());
      watched.awaitReady();

      assertThat(watched.page().locator("table.heat td").allTextContents())
          .containsExactly("0.990", "0.980", "0.510", "0.970");
      assertThat(watched.page().locator("table.heat td.failed").allTextContents())
          .containsExactly("0.510");
      watched.page().locator("#sweep select").first().selectOption("scale");
      watched.page().locator("#sweep select").nth(1).selectOption("depth");
      assertThat(watched.page().locator("table.heat td").allTextContents())
          .containsExactly("0.990", "0.510", "0.980", "0.970");
      assertThat(watched.complaints()).isEmpty();
      assertThat(watched.requests()).hasSize(1);
    }
  }

  /** Foretold to stay: eight layers from 0.01; it is so, and another cell comes out otherwise. */
  @Test
  void drawsTheBorderThatWasForetoldOverWhatWasMeasured() throws IOException {
    List<Map<Column, String>> rows =
        List.of(
            run("1", "0.01", "1", "0.99", "0"),
            run("8", "0.01", "1", "0.51", "1"),
            run("1", "1", "1", "0.98", "1"),
            run("8", "1", "1", "0.97", "0"));
    for (int i = 0; i < rows.size(); i++) {
      rows.get(i).put(Column.RUN, "run" + i);
    }
    ledger(rows);
    Path page = folder.resolve("report.html");
    ExperimentReport.write(folder, page);
    assertThat(borders(page)).isEmpty();

    Files.writeString(
        folder.resolve("forecast.json"),
        """
        {"format": 1, "runs": [
          {"run": "run0", "steps": 9, "plateauEnd": 2}, {"run": "run1", "steps": 9, "plateauEnd": null},
          {"run": "run2", "steps": 9, "plateauEnd": 5}, {"run": "run3", "steps": 9, "plateauEnd": 7}]}
        """);
    ExperimentReport.write(folder, page);
    assertThat(borders(page))
        .containsExactly(
            "0.990 border-below",
            "0.510 failed border-right",
            "came out, by the runs that failed, 3 of 4 cells.");
  }

  /** The cells at which a border is drawn, and what the caption says of it. */
  private static List<String> borders(Path page) {
    try (Browser browser = Browser.start()) {
      Browser.Watched watched = browser.open(1280, 900, ColorScheme.LIGHT);
      watched.page().navigate(page.toUri().toString());
      watched.awaitReady();
      assertThat(watched.complaints()).isEmpty();
      List<String> found = new ArrayList<>();
      for (var cell : watched.page().locator("table.heat td[class*=border]").all()) {
        List<String> classes = new ArrayList<>(List.of(cell.getAttribute("class").split(" ")));
        Collections.sort(classes, Collections.reverseOrder()); // failed first
        found.add(cell.textContent() + " " + String.join(" ", classes));
      }
      String caption = watched.page().locator("#sweep figcaption").textContent();
      int said = caption.indexOf("came out");
      return said < 0
          ? found
          : Stream.concat(found.stream(), Stream.of(caption.substring(said))).toList();
    }
  }

  @Test
  void saysHowManyRunsFailed() throws IOException {
    ledger(List.of(run("1", "0.01", "1", "0.99", "0"), run("8", "0.01", "1", "0.51", "1")));
    Path page = folder.resolve("report.html");

    ExperimentReport.write(folder, page);

    assertThat(Files.readString(page)).contains("circles.csv: 2 runs, of which 1 failed");
  }

  /** Medians of 0.1, 0.3 and of 0.15, 0.2; a single lucky run is not judged. */
  @Test
  void namesTheSettingsWithTheLowestMedianLoss() throws IOException {
    ledger(
        List.of(
            compared("glorot", 1, 0.1),
            compared("he", 1, 0.2),
            compared("glorot", 2, 0.3),
            compared("he", 2, 0.15),
            compared("lecun", 1, 0.01)));
    Path page = folder.resolve("report.html");

    ExperimentReport.write(folder, page);

    assertThat(Files.readString(page))
        .contains(
            "<h1>circles.csv: he has the lowest validation log loss of 2 settings</h1>",
            "Its validation log loss is 0.175 (median of 2 runs, 0.150 to 0.200)",
            "The other setting has a run as low as its highest");
  }

  /** Of as many runs each, the best stands first; what a single lucky run came to, last. */
  @Test
  void linksTheBestCellWithItsRow() throws IOException {
    List<Map<Column, String>> rows = new ArrayList<>();
    for (String depth : List.of("1", "2")) {
      for (String scale : List.of("0.1", "1")) {
        for (int seed = 1; seed <= 2; seed++) {
          Map<Column, String> row = run(depth, scale, Integer.toString(seed), "0.9", "0");
          double loss = 0.1 * Double.parseDouble(depth) + Double.parseDouble(scale) + seed * 0.01;
          row.put(Column.VALIDATION_LOG_LOSS, Double.toString(loss));
          rows.add(row);
        }
      }
    }
    Map<Column, String> lucky = run("4", "1", "1", "0.9", "0");
    lucky.put(Column.VALIDATION_LOG_LOSS, "0.001");
    rows.add(lucky);
    Path page = folder.resolve("report.html");
    ledger(rows);
    ExperimentReport.write(folder, page);

    try (Browser browser = Browser.start()) {
      Browser.Watched watched = browser.open(1280, 900, ColorScheme.LIGHT);
      watched.page().navigate(page.toUri().toString());
      watched.awaitReady();

      assertThat(watched.page().locator("td.best").allInnerTexts())
          .containsExactly("0.215\nlowest");
      assertThat(watched.page().locator("#settings tbody tr").first().innerText())
          .isEqualTo("1\t0.1\t2\t0\t0.215 [0.210, 0.220]\t–\t0.900");
      assertThat(watched.page().locator("#settings tbody tr").last().innerText())
          .startsWith("4\t1\t1\t0\t0.00100");
      assertThat(watched.page().getAttribute("td.best a", "href")).isEqualTo("#setting-1");
      watched.page().hover("#setting-2");
      assertThat(watched.page().locator("td.lit").allInnerTexts()).containsExactly("0.315");
      watched.page().hover("td.best");
      assertThat(watched.page().locator("tr.lit").getAttribute("id")).isEqualTo("setting-1");
      assertThat(watched.complaints()).isEmpty();
    }
  }

  /**
   * Three settings: a slice through the best one by those that matter most, a line a combination.
   */
  @Test
  void cutsThroughTheBestWhereThreeSettingsVary() throws IOException {
    List<Map<Column, String>> rows = new ArrayList<>();
    for (String depth : List.of("1", "2")) {
      for (String scale : List.of("0.1", "1")) {
        for (String activation : List.of("tanh", "relu")) {
          Map<Column, String> row = run(depth, scale, "1", "0.9", "0");
          row.put(Column.ACTIVATION, activation);
          double loss = 0.1 * Double.parseDouble(depth) + Double.parseDouble(scale);
          row.put(
              Column.VALIDATION_LOG_LOSS,
              Double.toString(activation.equals("relu") ? loss : loss + 3));
          rows.add(row);
        }
      }
    }
    Path page = folder.resolve("report.html");
    ledger(rows);
    ExperimentReport.write(folder, page);

    try (Browser browser = Browser.start()) {
      Browser.Watched watched = browser.open(1280, 900, ColorScheme.LIGHT);
      watched.page().navigate(page.toUri().toString());
      watched.awaitReady();

      assertThat(watched.page().locator("svg.parallel g").count()).isEqualTo(8);
      assertThat(watched.page().locator("table.heat td").allInnerTexts())
          .containsExactly("0.200\nlowest", "3.20", "1.10", "4.10");
      watched.page().locator("#sweep .controls .controls select").selectOption("2");
      assertThat(watched.page().locator("table.heat td").allInnerTexts())
          .containsExactly("0.300", "3.30", "1.20", "4.20");
      assertThat(watched.complaints()).isEmpty();
    }
  }

  @Test
  void comparesByTheSeedsWhateverTheOrderOfTheLedger() throws IOException {
    List<Map<Column, String>> rows = new ArrayList<>();
    for (int seed = 1; seed <= 12; seed++) {
      rows.add(trained("glorot", seed, 100 + 10 * (seed % 5)));
      rows.add(trained("he", seed, 101 + seed + 10 * (seed % 5)));
      rows.add(tested("glorot", seed, 0.3));
      rows.add(tested("he", seed, 0.3 + 0.0001 * seed));
    }
    Files.writeString(folder.resolve("compare.json"), "{}");
    Path page = folder.resolve("report.html");
    ledger(rows);
    ExperimentReport.write(folder, page);
    String inOrder = comparison(page);
    Collections.shuffle(rows, new Random(1));
    ledger(rows);
    ExperimentReport.write(folder, page);

    assertThat(inOrder)
        .contains("<b>12</b> seeds each", "Later than that beyond chance: he (", "p = 0.000488")
        .contains("Does it foretell new rows?", "As good as that, within 0.01: he (")
        .doesNotContain("left out");
    assertThat(comparison(page)).isEqualTo(inOrder);
  }

  @Test
  void comparesWhatAnInterruptedComparisonHasOfAll() throws IOException {
    List<Map<Column, String>> rows = new ArrayList<>();
    for (int seed = 1; seed <= 9; seed++) {
      rows.add(trained("glorot", seed, 100 + seed));
      if (seed != 2) {
        rows.add(trained("he", seed, 200 + seed));
      }
    }
    Files.writeString(folder.resolve("compare.json"), "{}");
    Path page = folder.resolve("report.html");
    ledger(rows);

    ExperimentReport.write(folder, page);

    assertThat(comparison(page))
        .contains("<b>8</b> seeds each", "from 8 seeds.")
        .contains("Runs left out, since not every initialization has run with their seed yet: 1.");
    ledger(List.of(rows.get(2), rows.get(4)));
    ExperimentReport.write(folder, page);
    assertThat(Files.readString(page)).contains("2 runs, of which 0 failed");
  }

  @Test
  void refusesALedgerWithoutRuns() throws IOException {
    ledger(List.of());

    assertThatThrownBy(() -> ExperimentReport.write(folder, folder.resolve("report.html")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("at least one run");
  }

  private static Map<Column, String> run(
      String depth, String scale, String seed, String auc, String failed) {
    Map<Column, String> row = new LinkedHashMap<>();
    row.put(Column.DATA, "circles.csv");
    row.put(Column.INITIALIZATION, "gaussian:" + scale);
    row.put(Column.DEPTH, depth);
    row.put(Column.SCALE, scale);
    row.put(Column.SEED, seed);
    row.put(Column.TEST_AUC, auc);
    row.put(Column.FAILED, failed);
    return row;
  }

  private static Map<Column, String> compared(String initialization, int seed, double loss) {
    Map<Column, String> row = run("1", "1", Integer.toString(seed), "0.9", "0");
    row.put(Column.INITIALIZATION, initialization);
    row.put(Column.BUDGET, "100");
    row.put(Column.VALIDATION_LOG_LOSS, Double.toString(loss));
    return row;
  }

  private static Map<Column, String> trained(String initialization, int seed, double steps) {
    Map<Column, String> row = compared(initialization, seed, 0.2);
    row.put(Column.TARGET_ITERATION, Double.toString(steps));
    row.put(Column.TRAIN_LOG_LOSS, "0.2");
    row.put(Column.EARLY_STOPPING, "false");
    row.put(Column.TRAIN_ROWS, "100");
    row.put(Column.VALIDATION_ROWS, "0");
    row.put(Column.TEST_ROWS, "0");
    return row;
  }

  private static Map<Column, String> tested(String initialization, int seed, double loss) {
    Map<Column, String> row = compared(initialization, seed, 0.2);
    row.put(Column.TEST_LOG_LOSS, Double.toString(loss));
    row.put(Column.EARLY_STOPPING, "true");
    row.put(Column.TRAIN_ROWS, "70");
    row.put(Column.VALIDATION_ROWS, "10");
    row.put(Column.TEST_ROWS, "20");
    return row;
  }

  /** What the page says of the comparison. */
  private static String comparison(Path page) throws IOException {
    String html = Files.readString(page);
    return html.substring(
        html.indexOf("<h1>"),
        html.indexOf("<summary>Any two settings against each other</summary>"));
  }

  private void ledger(List<Map<Column, String>> rows) throws IOException {
    StringBuilder csv = new StringBuilder(String.join(",", Column.headers())).append('\n');
    for (Map<Column, String> row : rows) {
      csv.append(
              Column.values().stream()
                  .map(column -> row.getOrDefault(column, ""))
                  .collect(Collectors.joining(",")))
          .append('\n');
    }
    Files.writeString(folder.resolve("ledger.csv"), csv);
  }

  @Test
  void drawsIntervalsAndALaneForNever() {
    double never = Double.POSITIVE_INFINITY;
    String html =
        new Plot(
                "Iterations",
                "",
                true,
                "never",
                List.of(),
                List.of(
                    new Plot.Line(
                        "he", "", new double[] {10, 20, 30}, 20.0, 10.0, 30.0, "20", false),
                    new Plot.Line(
                        "zeros", "", new double[] {never}, never, null, null, "never", true)))
            .html();

    assertThat(html)
        .contains(">never</text>", "cx=\"94.00%\"", ">zeros</span>")
        .doesNotContain("NaN", "Infinity");
  }

  /** Steps between them are lost in their last digits; they are one value. */
  @Test
  void drawsValuesThatDifferByRoundingAlone() {
    double value = Math.log(2);
    String html = plot(false, value, Math.nextUp(value));

    assertThat(html).contains("cx=\"50.00%\"").doesNotContain("NaN");
  }

  /** Below a decade a logarithmic axis has its ticks where the values are. */
  @Test
  void itsTicksAreAtRoundNumbersThatDoNotOverlap() {
    assertThat(ticks(plot(true, 0.051, 0.697))).containsExactly("0.1", "0.2", "0.5");
    assertThat(ticks(plot(false, -0.001, 0.001))).containsExactly("−0.001", "0", "0.001");
    assertThat(ticks(plot(true, 1e-9, 1))).hasSizeBetween(3, 5).contains("10⁻⁹");
  }

  private static String plot(boolean logarithmic, double... values) {
    return new Plot(
            "Loss",
            "",
            logarithmic,
            "never",
            List.of(),
            Arrays.stream(values)
                .mapToObj(v -> new Plot.Line("", "", new double[0], v, null, null, "", false))
                .toList())
        .html();
  }

  private static List<String> ticks(String html) {
    return Pattern.compile("class=\"tick\"[^>]*>([^<]*)<")
        .matcher(html)
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  @Test
  void writesNumbersInSentencesAsItDoesElsewhere() {
    assertThat(
            Html.sentence(
                "to 1.000e-05 of it, from -0.5 (-2.5e-10); try `mend --split` <or> --l2 1e-05, -x"))
        .isEqualTo(
            "to 1.000 × 10⁻⁵ of it, from −0.5 (−2.5 × 10⁻¹⁰); try <code>mend --split</code>"
                + " &lt;or&gt; --l2 1e-05, -x");
  }
}

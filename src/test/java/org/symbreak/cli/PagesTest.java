package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.report.Browser;
import org.symbreak.report.PageNumbers;

/**
 * Every page in a real browser. One iteration, one sample, one number: whatever a page shows stands
 * in the files beside it; it is one small file; it can be used without eyes or hands that others
 * have, on a phone, in either theme.
 */
class PagesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path CIRCLES = Path.of("data", "circles.csv");
  @TempDir static Path folder;
  private static Browser browser;
  private static Path early;
  private static Path zeros;
  private static Path members;
  private static String claims;
  private static String forecast;
  private static String inspected;

  @BeforeAll
  static void draw() throws IOException {
    browser = Browser.start();
    Path rows = folder.resolve("it's $HOME & co.csv");
    Files.copy(Path.of("data", "sonar.csv"), rows);
    early = run("early", rows, "--learning-rate", 0.1, "--patience", 60);
    zeros = run("zeros", CIRCLES, "--init", "zeros", "--hidden", "6/4", "--epochs", 60);
    done("report", early, zeros, "--out", folder.resolve("both.html"));
    done(
        "compare",
        CIRCLES,
        "--init",
        "zeros,glorot",
        "--seeds",
        7,
        "--epochs",
        40,
        "--hidden",
        6,
        "--out",
        folder.resolve("compare"));
    done(
        "advise",
        GoldenFiles.ROWS,
        "--label",
        "ripe",
        "--runs",
        120,
        "--epochs",
        15,
        "--out",
        folder.resolve("advise"));
    done(
        "sweep",
        CIRCLES,
        "--init",
        "gaussian",
        "--scale",
        "0.01,1",
        "--depth",
        "1,2",
        "--width",
        6,
        "--epochs",
        20,
        "--seeds",
        2,
        "--out",
        folder.resolve("sweep"));
    claims = done("claims", "C1", "C6", "--json", "--out", folder.resolve("claims.html"));
    members = run("members", CIRCLES, "--members", 2, "--hidden", 5, "--epochs", 40);
    forecast =
        done(
            "forecast",
            Path.of("data", "moons.csv"),
            "--hidden",
            "8/8",
            "--init",
            "gaussian:0.2",
            "--epochs",
            300,
            "--verify",
            "--json",
            "--out",
            folder.resolve("forecast.html"));
    inspected = done("inspect", zeros, "--json", "--report", folder.resolve("inspect.html"));
  }

  private static List<Path> pages() {
    return Stream.of(
            "early/report.html",
            "zeros/report.html",
            "both.html",
            "compare/report.html",
            "advise/report.html",
            "sweep/report.html",
            "members/report.html",
            "claims.html",
            "forecast.html",
            "inspect.html")
        .map(folder::resolve)
        .toList();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  private static Path run(String name, Path data, Object... options) {
    Path out = folder.resolve(name);
    done(
        Stream.concat(Stream.of("train", data, "--l2", 0, "--out", out), Stream.of(options))
            .toArray());
    return out;
  }

  private static String done(Object... command) {
    CommandRun run = CommandRun.of(command);
    assertThat(run.code()).as(run.err()).isIn(ExitCode.DONE, ExitCode.ALARM);
    return run.out();
  }

  @Test
  void ofARun() throws IOException {
    for (Path run : List.of(early, zeros)) {
      assertThat(new PageNumbers().run(run).strangers(open(run.resolve("report.html")))).isEmpty();
    }
  }

  @Test
  void ofRunsSideBySide() throws IOException {
    PageNumbers numbers = new PageNumbers().run(early).run(zeros);
    numbers.also(testLoss(zeros) - testLoss(early));
    assertThat(numbers.strangers(open(folder.resolve("both.html")))).isEmpty();
  }

  private static double testLoss(Path run) throws IOException {
    return JSON.readTree(run.resolve("run.json").toFile()).at("/result/test/logLoss").asDouble();
  }

  /** Each run at the weights that it keeps, though these are of other iterations. */
  @Test
  void cardsOfRunsSideBySideAgreeWithTheirTable() throws IOException {
    Page page = open(folder.resolve("both.html"));
    List<String> table = page.locator("table").first().locator("td:nth-child(6)").allInnerTexts();
    List<String> cards =
        page.locator("#film .counter").allInnerTexts().stream()
            .map(text -> text.replaceAll("\\s+", " "))
            .toList();
    assertThat(page.locator("#film .kept:visible").count()).isEqualTo(2);
    for (int run = 0; run < 2; run++) {
      assertThat(cards.get(run))
          .contains(table.get(run).replaceFirst("of (\\d+)", "of $1 distinct"));
    }
    assertThat(page.textContent("#iteration")).isEqualTo("each as kept");
    page.focus("#slider");
    page.keyboard().press("End");
    assertThat(page.locator("#film .kept:visible").count()).isLessThan(2);
  }

  /** Nobody trained what members make: the film is of the one that is chosen. */
  @Test
  void aRunOfMembersHasTheFilmOfEach() throws IOException {
    Page page = open(members.resolve("report.html"));
    PageNumbers numbers =
        new PageNumbers()
            .json(members.resolve("run.json"))
            .run(members.resolve("member-1"))
            .run(members.resolve("member-2"));
    assertThat(numbers.strangers(page)).isEmpty();
    assertThat(page.textContent("#film .counter")).startsWith("member 1");
    String map = "() => document.querySelector('#film canvas').toDataURL()";
    Object one = page.evaluate(map);
    page.locator("#members select").selectOption("1");
    assertThat(page.textContent("#film .counter")).startsWith("member 2");
    assertThat(page.evaluate(map)).isNotEqualTo(one);
    assertThat(numbers.strangers(page)).isEmpty();
    assertThat(page.textContent("main")).contains("the one network that 2 members make");
  }

  @Test
  void ofManyRuns() throws IOException {
    for (String name : List.of("compare", "advise", "sweep")) {
      Path directory = folder.resolve(name);
      List<String> ledger = Files.readAllLines(directory.resolve("ledger.csv"));
      int seconds = List.of(ledger.get(0).split(",")).indexOf("seconds");
      int failed = List.of(ledger.get(0).split(",")).indexOf("failed");
      List<String[]> rows = ledger.stream().skip(1).map(line -> line.split(",", -1)).toList();
      PageNumbers numbers =
          new PageNumbers()
              .csv(directory.resolve("ledger.csv"))
              .also(rows.size())
              .also(rows.stream().filter(row -> row[failed].equals("1")).count())
              .also(rows.stream().mapToDouble(row -> Double.parseDouble(row[seconds])).sum());
      if (name.equals("sweep")) {
        medians(numbers, ledger);
        numbers.also(foretoldRightly(directory, ledger));
      } else {
        numbers.json(directory.resolve(name.equals("compare") ? "compare.json" : "advice.json"));
      }
      assertThat(numbers.strangers(open(directory.resolve("report.html")))).as(name).isEmpty();
    }
  }

  /**
   * Of two runs a setting: their mean, and how many others have one as low as the best's highest.
   */
  private static void medians(PageNumbers numbers, List<String> ledger) {
    List<String> head = List.of(ledger.get(0).split(","));
    Map<String, List<String[]>> settings = settings(ledger);
    assertThat(settings.values()).hasSize(4).allMatch(rows -> rows.size() == 2);
    for (String column : List.of("validation.logLoss", "test.logLoss", "test.auc")) {
      settings.values().stream()
          .map(rows -> losses(rows, head.indexOf(column)))
          .forEach(two -> numbers.also((two[0] + two[1]) / 2));
    }
    List<double[]> judged =
        settings.values().stream()
            .map(rows -> losses(rows, head.indexOf("validation.logLoss")))
            .sorted(Comparator.comparingDouble(two -> two[0] + two[1]))
            .toList();
    numbers.also(judged.stream().skip(1).filter(two -> two[0] <= judged.get(0)[1]).count());
    numbers.also(settings.size()).also(settings.size() - 1).also(2);
  }

  private static Map<String, List<String[]>> settings(List<String> ledger) {
    List<String> head = List.of(ledger.get(0).split(","));
    return ledger.stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .collect(
            Collectors.groupingBy(
                row -> row[head.indexOf("scale")] + " " + row[head.indexOf("depth")]));
  }

  private static double[] losses(List<String[]> rows, int column) {
    return rows.stream().mapToDouble(row -> Double.parseDouble(row[column])).sorted().toArray();
  }

  /**
   * Of cells of two runs: in how many most failed where the one forecast has them stay on the
   * plateau.
   */
  private static long foretoldRightly(Path sweep, List<String> ledger) throws IOException {
    JsonNode foretold = JSON.readTree(sweep.resolve("forecast.json").toFile()).get("runs");
    assertThat(foretold).hasSize(settings(ledger).size());
    Map<String, Boolean> stays =
        StreamSupport.stream(foretold.spliterator(), false)
            .collect(
                Collectors.toMap(
                    run -> run.get("run").asText(), run -> run.get("plateauEnd").isNull()));
    List<String> head = List.of(ledger.get(0).split(","));
    return settings(ledger).values().stream()
        .filter(
            rows -> {
              boolean stay =
                  rows.stream()
                      .map(row -> stays.get(row[0]))
                      .filter(Objects::nonNull)
                      .findAny()
                      .get();
              long failed =
                  rows.stream().filter(row -> row[head.indexOf("failed")].equals("1")).count();
              return stay == failed * 2 > rows.size();
            })
        .count();
  }

  @Test
  void ofAForecast() throws IOException {
    assertThat(new PageNumbers().json(forecast).strangers(open(folder.resolve("forecast.html"))))
        .isEmpty();
  }

  @Test
  void ofClaimsAndOfAnInspectedModel() throws IOException {
    assertThat(new PageNumbers().json(claims).strangers(open(folder.resolve("claims.html"))))
        .isEmpty();
    assertThat(new PageNumbers().json(inspected).strangers(open(folder.resolve("inspect.html"))))
        .isEmpty();
  }

  /** By axe's rules, all of them. */
  @Test
  void noPageHasASeriousOrModerateFinding() throws IOException {
    Path axe =
        Path.of(
            System.getProperty("user.home"),
            ".cache/symbreak/axe/node_modules/axe-core/axe.min.js");
    assumeTrue(Files.exists(axe), "no axe-core: scripts/install-browser-tests installs it");
    String rules = Files.readString(axe);
    for (Path file : pages()) {
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        Page page = open(file, 1280, scheme);
        page.evaluate("() => document.querySelectorAll('details').forEach((d) => d.open = true)");
        page.evaluate(rules);
        assertThat(
                page.evaluate(
                    """
                    async () => (await axe.run(document)).violations
                      .filter((v) => v.impact !== 'minor')
                      .map((v) => `${v.impact} ${v.id}: ${v.nodes[0].html}`)\
                    """))
            .as(file + " " + scheme)
            .isEqualTo(List.of());
        page.close();
      }
    }
  }

  @Test
  void everyPageIsOneSmallFileThatFitsAPhone() throws IOException {
    for (Path file : pages()) {
      assertThat(Files.size(file)).as(file.toString()).isLessThan(3_000_000);
      Page page = open(file, 390, ColorScheme.LIGHT);
      assertThat(page.evaluate("() => document.documentElement.scrollWidth"))
          .as(file.toString())
          .isEqualTo(390);
      page.close();
    }
  }

  /** What the page gives to be copied, a shell takes as the words of the run. */
  @Test
  void itsCommandIsForAShell() throws Exception {
    String command = open(early.resolve("report.html")).textContent(".command pre");
    Process shell =
        new ProcessBuilder("bash", "-c", "symbreak() { printf '%s\\n' \"$@\"; }\n" + command)
            .start();
    List<String> words =
        new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();

    assertThat(words)
        .startsWith("train", folder.resolve("it's $HOME & co.csv").toString())
        .containsSequence("--learning-rate", "0.1");
  }

  /** Were a number made up, it would be noticed. */
  @Test
  void findsANumberThatIsNowhere() throws IOException {
    Path page = folder.resolve("false.html");
    String html = Files.readString(early.resolve("report.html"));
    Files.writeString(page, html.replaceFirst("(<dd>[0-9]+)\\.([0-9])", "$1.$2" + "7"));

    assertThat(new PageNumbers().run(early).strangers(open(page))).hasSize(1);
  }

  /** The weights of an earlier iteration than the last are kept, at which nobody was to look. */
  @Test
  void tileCardVerdictAndMetricsSpeakOfTheWeightsThatAreKept() throws IOException {
    JsonNode result = JSON.readTree(early.resolve("run.json").toFile()).get("result");
    long kept = result.get("bestIteration").asLong();
    assertThat(kept).isLessThan(result.get("iterations").asLong());
    List<String> lines = Files.readAllLines(early.resolve("metrics.csv"));
    List<String> header = List.of(lines.get(0).split(","));
    String[] row =
        lines.stream().filter(line -> line.startsWith(kept + ",")).findFirst().get().split(",");
    JsonNode symmetry = result.get("symmetry");
    for (String measure : List.of("effectiveRank", "meanAbsCosine", "distinctUnits", "saturated")) {
      assertThat(Double.parseDouble(row[header.indexOf("layer1." + measure)]))
          .as(measure)
          .isEqualTo(symmetry.get(measure).asDouble());
    }

    Page page = open(early.resolve("report.html"));
    String tile = page.locator(".numbers > div:last-child dd").innerText().split("\n")[0];
    assertThat(page.textContent("#iteration").replace(",", "")).isEqualTo("iteration " + kept);
    assertThat(page.locator("#film .kept").isVisible()).isTrue();
    assertThat(page.textContent("#film .card")).contains("effective rank " + tile);
    assertThat(page.textContent("#film .counter"))
        .contains(symmetry.get("distinctUnitsWithinTolerance").asText() + " of 16 distinct");
    page.focus("#slider");
    page.keyboard().press("Home");
    assertThat(page.locator("#film .kept").isVisible()).isFalse();
    page.click("#kept");
    assertThat(page.locator("#film .kept").isVisible()).isTrue();
  }

  private static Page open(Path file) {
    return open(file, 1280, ColorScheme.LIGHT);
  }

  private static Page open(Path file, int width, ColorScheme scheme) {
    Browser.Watched watched = browser.open(width, 900, scheme);
    watched.page().navigate(file.toUri().toString());
    watched.awaitReady();
    assertThat(watched.complaints()).as(file.toString()).isEmpty();
    assertThat(watched.requests()).as(file.toString()).hasSize(1);
    return watched.page();
  }
}

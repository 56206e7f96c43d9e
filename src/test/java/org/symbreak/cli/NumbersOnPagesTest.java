package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.report.Browser;
import org.symbreak.report.PageNumbers;

/** One iteration, one sample, one number: whatever a page shows stands in the files beside it. */
class NumbersOnPagesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  @TempDir static Path folder;
  private static Browser browser;
  private static Path early;
  private static Path zeros;

  @BeforeAll
  static void train() {
    browser = Browser.start();
    early = run("early", "sonar", "--learning-rate", 0.1, "--patience", 60);
    zeros = run("zeros", "breast-cancer", "--init", "zeros", "--hidden", "6/4", "--epochs", 60);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  private static Path run(String name, String data, Object... options) {
    Path out = folder.resolve(name);
    done(
        Stream.concat(
                Stream.of("train", Path.of("data", data + ".csv"), "--l2", 0, "--out", out),
                Stream.of(options))
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
    Path page = folder.resolve("both.html");
    done("report", early, zeros, "--out", page);

    assertThat(new PageNumbers().run(early).run(zeros).strangers(open(page))).isEmpty();
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
    Browser.Watched watched = browser.open(1280, 900, ColorScheme.LIGHT);
    watched.page().navigate(file.toUri().toString());
    watched.awaitReady();
    assertThat(watched.complaints()).isEmpty();
    return watched.page();
  }
}

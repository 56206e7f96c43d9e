package org.symbreak.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.data.GeneratedData;
import org.symbreak.init.Initializations;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.run.Recording;
import org.symbreak.run.RunDirectory;
import org.symbreak.run.RunResult;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.setting.RunSpec;

/** The page of a real run, as a file and in a real browser. */
class RunReportTest {
  @TempDir static Path folder;
  private static RunDirectory zeros;
  private static RunDirectory gaussian;

  @BeforeAll
  static void train() throws IOException {
    Path csv = folder.resolve("circles<b>.csv");
    StringBuilder rows = new StringBuilder();
    GeneratedData.CIRCLES.generate(new GeneratedData.Recipe(200, 0.05, 1, 0.5, 0.5)).writeCsv(rows);
    Files.writeString(csv, rows);
    zeros = run(csv, "zeros");
    gaussian = run(csv, "gaussian:0.01");
  }

  private static RunDirectory run(Path csv, String init) throws IOException {
    RunSpec spec =
        new RunSpec(
            DataSpec.of(csv.toString(), "label", "1"),
            new NetworkSpec(
                List.of(6),
                List.of(Activation.TANH),
                Initializations.parseLayers(init),
                Initializations.parseLayers("zeros"),
                0,
                Precision.FLOAT),
            new OptimizerSpec(OptimizerSpec.Kind.ADAM, 0.05, 0, OptimizerSpec.Decay.NONE),
            new BudgetSpec(300, BudgetSpec.FULL_BATCH, false, 1, false),
            "0.5",
            1,
            "auto",
            1);
    RunDirectory directory = RunDirectory.create(folder.resolve(init.replace(':', '-')), false);
    try (Dataset data = Dataset.open(spec.data(), spec.seed())) {
      directory.train(spec, data, List.of(), Recording.DEFAULT);
    }
    RunReport.write(directory);
    return directory;
  }

  @Test
  void isOneSmallFileWithoutAnyAddress() throws IOException {
    String html = Files.readString(gaussian.report());

    assertThat(html.length()).isLessThan(3_000_000);
    assertThat(html)
        .contains("default-src 'none'")
        .doesNotContain("src=\"", "href=\"", "@import", "unsafe-inline");
  }

  @Test
  void escapesWhatComesFromOutside() throws IOException {
    assertThat(Files.readString(gaussian.report()))
        .contains("circles&lt;b&gt;.csv")
        .doesNotContain("circles<b>");
  }

  @Test
  void saysInTextWhatRunJsonSays() throws IOException {
    JsonNode result = new ObjectMapper().readTree(gaussian.runJson().toFile()).get("result");
    String html = Files.readString(gaussian.report());

    assertThat(html).contains("<dd>" + Figures.percent(result.at("/test/accuracy").asDouble()));
    assertThat(html).contains("<dd>" + Figures.of(result.at("/test/auc").asDouble()));
    assertThat(html)
        .contains(
            "<dd>" + result.at("/symmetry/distinctUnitsWithinTolerance").asInt() + "<small>of 6");
    assertThat(html).contains(result.get("verdict").asText());
  }

  @Test
  void comparesRunsByTheirTestRowsAloneWhereThereAreAny() throws IOException {
    Path untested = Files.createDirectory(folder.resolve("untested"));
    ObjectNode record = (ObjectNode) new ObjectMapper().readTree(gaussian.runJson().toFile());
    record.withObject("/result").putNull("test");
    Files.writeString(untested.resolve("run.json"), record.toPrettyString());
    RunResult tested = zeros.read().result();

    String table =
        RunReport.html(List.of(zeros, new RunDirectory(untested))).replaceAll(">\\s+<", "><");

    assertThat(table)
        .contains("<td>" + Figures.percent(tested.test().accuracy()) + "</td>")
        .containsPattern(
            "gaussian:0.01</td><td>[^<]+</td>(<td[^>]*>–</td>){3}<td class=\"text short\">6 of 6<");
  }

  @Test
  void saysWhichUnitOfTwoRunsIsWhich() throws IOException {
    assertThat(MatchedUnits.of(gaussian, gaussian))
        .singleElement()
        .satisfies(
            layer -> {
              assertThat(layer.matching().after()).isCloseTo(1, within(1e-9));
              assertThat(layer.chance()).isBetween(0.5, 0.95);
            });
    assertThat(RunReport.html(List.of(zeros, gaussian))).contains("Which unit is which");
    assertThat(RunReport.html(List.of(gaussian))).doesNotContain("Which unit is which");
  }

  @Test
  void isDrawnAgainFromTheFilesAlone() throws IOException {
    String before = Files.readString(gaussian.report());
    Files.delete(gaussian.report());

    RunReport.write(gaussian);

    assertThat(Files.readString(gaussian.report())).isEqualTo(before);
  }

  @Test
  void opensFromDiskAndItsSliderMovesTheFilm() {
    try (Browser browser = Browser.start()) {
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        Browser.Watched watched = browser.open(1280, 900, scheme);
        Page page = watched.page();
        page.navigate(gaussian.report().toUri().toString());
        watched.awaitReady();

        byte[] end = page.locator("#film canvas").first().screenshot();
        String counted = page.textContent("#film .counter");
        page.focus("#slider");
        page.keyboard().press("Home");
        byte[] start = page.locator("#film canvas").first().screenshot();

        assertThat(counted).contains("6 of 6 distinct");
        assertThat(page.textContent("#iteration")).isEqualTo("iteration 0");
        assertThat(start).isNotEqualTo(end);
        assertThat(watched.complaints()).isEmpty();
        assertThat(watched.requests()).hasSize(1);
      }
    }
  }

  /** Drawn for a wide dark screen, on a sheet of A4 (794 points of CSS wide). */
  @Test
  void goesOnPaperLightAndNoWiderThanIt() {
    String map = "() => document.querySelector('#film canvas').toDataURL()";
    try (Browser browser = Browser.start()) {
      Page light = browser.open(1280, 900, ColorScheme.LIGHT).page();
      Browser.Watched watched = browser.open(1280, 900, ColorScheme.DARK);
      Page dark = watched.page();
      for (Page page : List.of(light, dark)) {
        page.navigate(gaussian.report().toUri().toString());
      }
      watched.awaitReady();
      Object before = dark.evaluate(map);
      assertThat(before).isNotEqualTo(light.evaluate(map));

      dark.evaluate("() => dispatchEvent(new Event('beforeprint'))");
      dark.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
      assertThat(dark.evaluate(map)).isEqualTo(light.evaluate(map));
      dark.setViewportSize(794, 1123);
      assertThat(
              dark.evaluate(
                  "() => [...document.querySelectorAll('.chart canvas')].filter(c =>"
                      + " c.getBoundingClientRect().width >"
                      + " c.parentElement.getBoundingClientRect().width + 0.5).length"))
          .isEqualTo(0);
      assertThat(dark.evaluate("() => document.querySelectorAll('.chart canvas').length"))
          .isNotEqualTo(0);
      assertThat(dark.evaluate("() => document.documentElement.scrollWidth")).isEqualTo(794);

      dark.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
      dark.setViewportSize(1280, 900);
      dark.evaluate("() => dispatchEvent(new Event('afterprint'))");
      assertThat(dark.evaluate(map)).isEqualTo(before);
      assertThat(watched.complaints()).isEmpty();
    }
  }

  @Test
  void itsThresholdAgreesWithRunJson() throws IOException {
    JsonNode confusion =
        new ObjectMapper().readTree(zeros.runJson().toFile()).at("/result/test/confusion");
    try (Browser browser = Browser.start()) {
      Browser.Watched watched = browser.open(1280, 900, ColorScheme.LIGHT);
      watched.page().navigate(zeros.report().toUri().toString());
      watched.awaitReady();

      assertThat(watched.page().locator(".confusion td").allTextContents())
          .containsExactly(
              confusion.get("truePositives").asText(),
              confusion.get("falseNegatives").asText(),
              confusion.get("falsePositives").asText(),
              confusion.get("trueNegatives").asText());
    }
  }

  @Test
  void showsRunsSideBySideOnAPhoneWithoutSidewaysScroll() throws IOException {
    Path both = folder.resolve("both.html");
    RunReport.write(List.of(zeros, gaussian), both);
    try (Browser browser = Browser.start()) {
      Browser.Watched watched = browser.open(320, 640, ColorScheme.LIGHT);
      watched.page().navigate(both.toUri().toString());
      watched.awaitReady();

      assertThat(watched.page().locator("#film article").count()).isEqualTo(2);
      assertThat(watched.page().locator("#film .counter").first().textContent())
          .contains("1 of 6 distinct");
      assertThat(watched.page().evaluate("() => document.documentElement.scrollWidth"))
          .isEqualTo(320);
      assertThat(watched.complaints()).isEmpty();
    }
  }
}

package org.symbreak.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.data.GeneratedData;
import org.symbreak.report.Browser;
import org.symbreak.run.ResolvedRun;
import org.symbreak.run.Trainer;
import org.symbreak.setting.RunSpec;

/** The live page in a real browser, with the real engine behind it. */
class LivePageTest {
  @TempDir static Path models;
  private static Browser browser;
  private static LiveServer server;

  @BeforeAll
  static void startBrowser() {
    browser = Browser.start();
  }

  /** One a test: tabs that are left open are many, and a server has a limit for them. */
  @BeforeEach
  void startServer() throws IOException {
    server = LiveServer.start(InetAddress.getLoopbackAddress(), 0, models);
  }

  @AfterEach
  void stopServer() {
    browser.closePages();
    server.close();
  }

  @AfterAll
  static void stopBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void showsFirstThatZerosStayAtHalfWhileRandomOnesGetAllRight() {
    Browser.Watched watched = open("");
    Page page = watched.page();

    assertThat(page.textContent("#headline")).isEqualTo("Will the units on the left ever differ?");
    page.click("#play");
    page.waitForFunction(
        "() => document.getElementById('headline').textContent.includes('100 % of the rows shown right')");
    page.click("#play");

    assertThat(page.textContent("#headline"))
        .isEqualTo(
            "zeros: 1 of 4 units distinct, 50 % of the rows shown right. gaussian:0.01: 4 of 4 units"
                + " distinct, 100 % of the rows shown right.");
    assertThat(page.locator("#film .card:first-child .tile").count()).isEqualTo(1);
    assertThat(page.locator("#film .card:last-child .tile").count()).isEqualTo(4);
    assertThat(watched.complaints()).isEmpty();
    assertThat(watched.requests()).allMatch(request -> request.startsWith("http://127.0.0.1:"));
  }

  @Test
  void nudgingOneWeightPartsEqualUnits() {
    Browser.Watched watched = open("&data=circles:100&hidden=3&act=tanh&init=constant:0.5&cmp=");
    Page page = watched.page();

    page.click("#film .tile");
    page.click("#nudge");
    page.waitForFunction(
        "() => document.querySelector('#film .counter').textContent.includes('2 of 3 distinct')");

    assertThat(page.locator("#film .tile").count()).isEqualTo(2);
    assertThat(page.textContent(".by-hand"))
        .isEqualTo("iteration 0: layer 1, unit 1, weight 1: 0.500 → 0.510");
    page.click("#save-left");
    page.waitForFunction("() => !document.getElementById('banner').hidden");
    assertThat(page.textContent("#banner")).contains("one that was changed by hand");

    page.click("text=Undo");
    page.waitForFunction(
        "() => document.querySelector('#film .counter').textContent.includes('1 of 3 distinct')");
  }

  @Test
  void goesThroughTheTourByNextAlone() {
    Browser.Watched watched = open("");
    Page page = watched.page();
    int steps = (int) page.evaluate("() => document.querySelectorAll('#tour-list option').length");

    for (int step = 1; step < steps; step++) {
      String before = page.textContent("#film .counter code");
      page.click("#tour-next");
      page.waitForFunction(
          "() => location.hash.includes('tour=' + document.getElementById('tour-list').value)");
      page.waitForFunction(
          "() => document.getElementById('iteration').textContent !== 'iteration 0'");
      page.click("#tour-step .answer >> nth=0");
      assertThat(page.textContent("#tour-step .judged"))
          .as("step %d, after %s", step, before)
          .matches(
              "(Yes|No|This page does not measure that|The numbers do not show it so far)\\."
                  + " Measured at iteration [\\d,]+: .*");
    }

    assertThat(steps).isEqualTo(17);
    assertThat(watched.complaints()).isEmpty();
  }

  @Test
  void theTourJudgesTheRunThatItSetUpAndNoOther() {
    Page page = open("").page();
    String answer = "#tour-step .answer >> nth=1";

    page.click(answer);
    assertThat(page.textContent(".judged"))
        .isEqualTo("The page does not show this step’s run: play it first.");

    page.click("text=Play it again");
    page.waitForFunction(
        "() => document.getElementById('iteration').textContent !== 'iteration 0'");
    page.click(answer);
    assertThat(page.textContent(".judged")).startsWith("Yes. Measured at iteration ");

    page.fill("[name=init]", "gaussian:1");
    page.press("[name=init]", "Tab");
    page.waitForFunction("() => location.hash.includes('init=gaussian:1')");
    page.click(answer);
    assertThat(page.textContent(".judged")).startsWith("The page does not show");
  }

  @Test
  void pausesAndGoesOn() {
    Page page = open("").page();
    String beyond =
        "least => Number(document.getElementById('iteration').textContent.replace(/\\D/g, '')) > least";
    page.click("#play");
    page.waitForFunction(beyond, 20);
    page.click("#play");
    page.waitForFunction("() => document.getElementById('play').textContent === 'Play'");
    String paused = page.textContent("#iteration");
    page.waitForTimeout(300);
    assertThat(page.textContent("#iteration")).isEqualTo(paused);

    page.click("#play");
    page.waitForFunction("() => document.getElementById('play').textContent === 'Pause'");
    page.waitForFunction(beyond, Integer.parseInt(paused.replaceAll("\\D", "")));
  }

  @Test
  void stepsOneIterationAtATime() {
    Page page = open("").page();

    page.click("#step");
    page.waitForFunction(
        "() => document.getElementById('iteration').textContent === 'iteration 1'");
    page.click("#step");
    page.waitForFunction(
        "() => document.getElementById('iteration').textContent === 'iteration 2'");
  }

  @Test
  void keepsItsStateInTheAddressAndNeverTheToken() {
    Page page = open("&hidden=3&init=constant:0.5").page();

    assertThat(page.inputValue("[name=hidden]")).isEqualTo("3");
    page.selectOption("[name=act]", "tanh");
    page.waitForFunction("() => location.hash.includes('act=tanh')");

    assertThat(page.url()).contains("hidden=3", "init=constant:0.5").doesNotContain("token");
    page.waitForFunction(
        "() => document.querySelector('#film .counter').textContent.includes('of 3')");
  }

  @Test
  void sharesTheIterationToo() {
    Page page = open("&it=37").page();

    page.waitForFunction(
        "() => document.getElementById('iteration').textContent === 'iteration 37'");
    page.click("#step");
    page.waitForFunction("() => location.hash.includes('it=38')");
    page.click("#reset");
    page.waitForFunction(
        "() => document.getElementById('iteration').textContent === 'iteration 0'");

    assertThat(page.url()).doesNotContain("&it=");
  }

  @Test
  void saysWhatIsWrongWithAValue() {
    Page page = open("").page();

    page.fill("[name=hidden]", "1000");
    page.press("[name=hidden]", "Tab");
    page.waitForFunction("() => !document.getElementById('banner').hidden");

    assertThat(page.textContent("#banner"))
        .isEqualTo("hidden: expected a whole number from 1 to 256, found '1000'");
  }

  @Test
  void tabsDoNotDisturbEachOther() {
    Page first = open("").page();
    Page second = open("&hidden=5").page();

    first.click("#step");
    first.waitForFunction(
        "() => document.getElementById('iteration').textContent === 'iteration 1'");

    assertThat(second.textContent("#iteration")).isEqualTo("iteration 0");
    assertThat(second.textContent("#film .counter")).contains("of 5 distinct");
  }

  @Test
  void takesADroppedFile() {
    StringBuilder csv = new StringBuilder("a,b,c,label\n");
    for (int i = 0; i < 60; i++) {
      csv.append(
          "%s,%s,%s,%s%n"
              .formatted(
                  i * 0.37 % 1, i * 0.61 % 1, i * 0.17 % 1, i * 0.37 % 1 > 0.5 ? "yes" : "no"));
    }
    Page page = open("").page();

    page.setInputFiles(
        "#file",
        new FilePayload("own.csv", "text/csv", csv.toString().getBytes(StandardCharsets.UTF_8)));
    page.waitForFunction("() => location.hash.includes('data=upload')");

    assertThat(page.textContent("#dropped")).startsWith("own.csv: 60 rows, 3 features. ");
    assertThat(
            page.getAttribute("#dropped [aria-label=Positive] button >> text=yes", "aria-pressed"))
        .isEqualTo("true");

    page.click("#dropped >> text=Back to drawn rows");
    page.waitForFunction("() => location.hash.includes('data=circles')");
    assertThat(page.isVisible("#dropped")).isFalse();
  }

  /** A file whose label has no usual name: the page asks, and the click is the answer. */
  @Test
  void asksForTheLabelOfADroppedFile() {
    Page page = open("&data=circles:60").page();
    page.setInputFiles("#file", Path.of("data/breast-cancer.csv"));
    page.waitForSelector("#dropped [aria-label=Label]");
    assertThat(page.textContent("#dropped"))
        .startsWith("breast-cancer.csv: which column is to be foretold?")
        .contains("diagnosis (benign, malignant)");
    page.click("#dropped [aria-label=Label] button");
    page.waitForFunction("() => location.hash.includes('data=upload')");
    assertThat(page.textContent("#dropped")).contains("569 rows, 30 features");
    page.click("#dropped [aria-label=Positive] button >> text=benign");
    page.waitForSelector("#dropped [aria-label=Positive] button[aria-pressed=true] >> text=benign");
    page.waitForFunction("() => document.documentElement.dataset.ready === 'true'");
    page.click("#step");
    page.waitForFunction(
        "() => document.getElementById('iteration').textContent === 'iteration 1'");
  }

  @Test
  void aFileThatIsRefusedLeavesWhatWasThere() throws IOException {
    Page page = open("&data=circles:60").page();
    page.click("#step");
    page.waitForFunction(
        "() => document.getElementById('iteration').textContent === 'iteration 1'");
    Path text = Files.writeString(models.resolve("text.csv"), "a,b\n1,2\n3,4\n5,6\n");
    page.setInputFiles("#file", text);
    page.waitForSelector("#banner:not([hidden])");
    assertThat(page.textContent("#banner")).contains("a column with two values for the label");
    assertThat(page.textContent("#iteration")).isEqualTo("iteration 1");
    page.click("#step");
    page.waitForFunction(
        "() => document.getElementById('iteration').textContent === 'iteration 2'");
  }

  @Test
  void savesTheStateThatIsShown() throws IOException {
    Page page = open("&data=circles:60").page();
    page.click("#step");
    page.waitForFunction(
        "() => document.getElementById('iteration').textContent === 'iteration 1'");

    page.click("#save-right");
    page.waitForFunction("() => document.getElementById('said').textContent.startsWith('Saved ')");

    try (Stream<Path> saved = Files.walk(models)) {
      assertThat(saved.map(path -> path.getFileName().toString()).toList())
          .contains("model.zip", "report.html", "run.json");
    }
  }

  @Test
  void drawsFluentlyWhileTrainingCircles() {
    Page page = open("&data=circles:300&hidden=8&act=tanh&opt=adam:0.02").page();
    page.click("#play");
    page.waitForTimeout(2000);

    int drawn = (int) page.evaluate("() => Number(document.documentElement.dataset.frames)");

    // 30 a second on a machine that is at rest; here only that frames flow
    assertThat(drawn).isGreaterThan(5);
  }

  @Test
  void fitsAPhoneWithoutSidewaysScroll() {
    Browser.Watched watched = browser.open(320, 640, ColorScheme.DARK);
    watched.page().navigate(server.url().toString());
    watched.awaitReady();

    assertThat(watched.page().evaluate("() => document.documentElement.scrollWidth"))
        .isEqualTo(320);
  }

  @Test
  void looksOnWhileARunIsTrained() throws Exception {
    RunSpec spec =
        Recipe.of(Map.of("hidden", "4", "act", "tanh", "init", "constant:0.5", "opt", "adam:0.02"))
            .spec(DataSpec.of(moons(), "label", "1"), 400);
    try (Dataset data = Dataset.open(spec.data(), 1)) {
      ResolvedRun resolved = ResolvedRun.of(spec, data);
      WatchedRun run = new WatchedRun(resolved);
      try (LiveServer watching = LiveServer.watch(run, 0)) {
        Browser.Watched watched = browser.open(1280, 900, ColorScheme.LIGHT);
        watched.page().navigate(watching.url().toString());
        watched.awaitReady();
        run.awaitPage();
        Trainer.run(resolved, List.of(run));

        watched
            .page()
            .waitForFunction(
                "() => document.getElementById('iteration').textContent === 'iteration 400'");

        assertThat(watched.page().textContent("#headline"))
            .startsWith("constant:0.5: 1 of 4 units distinct,");
        assertThat(watched.page().isVisible("#recipe")).isFalse();
        assertThat(watched.complaints()).isEmpty();
        run.close();
      }
    }
  }

  @Test
  void tellsNothingToWhoeverAnswersInPlaceOfTheServer() throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    LiveServer first = LiveServer.start(here, 0, models);
    URI old = first.url();
    Browser.Watched watched = browser.open(1280, 900, ColorScheme.LIGHT);
    Page page = watched.page();
    page.navigate(old.toString());
    watched.awaitReady();
    page.click("#step");
    awaitIteration(page, 1);
    first.close();
    page.waitForFunction("() => !document.getElementById('banner').hidden");

    List<String> asked = Collections.synchronizedList(new ArrayList<>());
    HttpServer foreign =
        HttpServer.create(new InetSocketAddress(here, old.getPort()), 0); // whoever that may be
    foreign.createContext(
        "/",
        exchange -> {
          asked.add(
              exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().get("X-Symbreak-Token"));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    foreign.start();
    page.click("#play");
    page.click("#step");
    page.click("#reset");
    page.waitForTimeout(300);
    assertThat(asked).isEmpty();
    assertThat(page.textContent("#banner")).contains("open the address that it prints");
    assertThat(page.evaluate("() => sessionStorage.getItem('token')")).isNull();
    foreign.stop(0);

    try (LiveServer second = LiveServer.start(here, old.getPort(), models)) {
      page.navigate(second.url().toString()); // the fragment alone is new
      awaitIteration(page, 0);
      page.click("#step");
      awaitIteration(page, 1);
      assertThat(page.isHidden("#banner")).isTrue();
      assertThat(page.url()).doesNotContain("token");
    }
  }

  private static void awaitIteration(Page page, int iteration) {
    page.waitForFunction(
        "() => document.getElementById('iteration').textContent === 'iteration %d'"
            .formatted(iteration));
  }

  private static String moons() throws IOException {
    Path csv = models.resolve("moons.csv");
    try (Writer rows = Files.newBufferedWriter(csv)) {
      GeneratedData.MOONS.generate(new GeneratedData.Recipe(200, 0.1, 1, 0.6, 0.5)).writeCsv(rows);
    }
    return csv.toString();
  }

  private static Browser.Watched open(String recipe) {
    Browser.Watched watched = browser.open(1280, 900, ColorScheme.LIGHT);
    watched.page().navigate(server.url() + recipe);
    watched.awaitReady();
    return watched;
  }
}

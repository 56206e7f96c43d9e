package org.symbreak.serve;

import static com.microsoft.playwright.options.WaitForSelectorState.HIDDEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.data.GeneratedData;
import org.symbreak.report.Browser;
import org.symbreak.run.ResolvedRun;
import org.symbreak.run.RunDirectory;
import org.symbreak.run.Trainer;
import org.symbreak.setting.RunSpec;

/** The live page in a real browser, with the real engine behind it. */
class LivePageTest {
  /** The first plane's pixels. */
  private static final String PLANE =
      "() => document.querySelector('#film .card canvas.square').toDataURL()";

  /** Whether the whole of an element is on the screen, and not scrolled out of its part. */
  private static final String IS_SEEN =
      """
      (part) => {
        const box = document.querySelector(part).getBoundingClientRect();
        const foot = document.getElementById('foot').getBoundingClientRect();
        const inFoot = document.querySelector('#foot ' + part) !== null;
        return box.top >= 0 && box.left >= 0 && box.right <= innerWidth
          && box.bottom <= (inFoot ? innerHeight : foot.top);
      }\
      """;

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
        "() => document.getElementById('headline').textContent.includes('100 % right')");
    page.click("#play");

    assertThat(page.textContent("#headline"))
        .isEqualTo(
            "zeros: 1 of 4 units distinct, 50 % right. gaussian:0.01: 4 of 4 units distinct,"
                + " 100 % right.");
    assertThat(page.textContent(".card:first-child .foretold summary"))
        .isEqualTo("Foretold: stays on its plateau");
    assertThat(page.textContent(".card:last-child .foretold summary"))
        .startsWith("Foretold: leaves its plateau at about step ");
    assertThat(page.textContent(".card:last-child .foretold p"))
        .contains("the loss of a constant prediction, 0.693", "integrated: the same network");
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
    assertThat(page.isHidden(".card .foretold")).as("of what was changed, nothing is").isTrue();

    page.click("text=Undo");
    page.waitForFunction(
        "() => document.querySelector('#film .counter').textContent.includes('1 of 3 distinct')");
  }

  @Test
  void aWeightsLineIsDragged() {
    Page page = open("&data=circles:60&hidden=2&act=tanh&init=constant:0.5&cmp=").page();
    String from = page.textContent("#film .counter");
    double[] at =
        ((List<?>)
                page.evaluate(
                    """
                    () => {
                      const path = document.querySelector('.weights path');
                      const point = path.getPointAtLength(path.getTotalLength() / 2);
                      const box = path.ownerSVGElement.getBoundingClientRect();
                      return [box.left + point.x, box.top + point.y];
                    }\
                    """))
            .stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();

    page.mouse().move(at[0], at[1]);
    assertThat(page.textContent(".weight-hint")).isEqualTo("x1 to unit 1: 0.500");
    page.mouse().down();
    page.mouse().move(at[0], at[1] - 25);
    page.mouse().up();
    page.waitForSelector(".by-hand li");

    assertThat(from).contains("1 of 2 distinct");
    assertThat(page.textContent(".by-hand"))
        .isEqualTo("iteration 0: layer 1, unit 1, weight 1: 0.500 → 0.750");
    page.waitForFunction(
        "() => document.querySelector('#film .counter').textContent.includes('2 of 2 distinct')");
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

    page.click("text=Show me");
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
        "least => Number(document.getElementById('iteration').textContent.replace(/\\D/g, '')) >"
            + " least";
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
    page.selectOption("[name=activation]", "tanh");
    page.waitForFunction("() => location.hash.includes('activation=tanh')");

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

    assertThat(page.url()).doesNotContain("it=");
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

  /** Two steps, a change between them, one more: what is saved is the state of the slider. */
  @Test
  void savesWhatWasChangedByHandAndSaysThatNoCommandRepeatsIt() throws IOException {
    Page page = open("&data=circles:60&hidden=3&init=constant:0.5&cmp=").page();
    page.click("#step");
    awaitIteration(page, 1);
    page.click("#film .tile");
    page.click("#nudge");
    page.waitForSelector(".by-hand li");
    page.click("#step");
    awaitIteration(page, 2);

    page.click("#save-left");
    page.waitForFunction("() => document.getElementById('said').textContent.startsWith('Saved ')");
    String touched = page.textContent("#said");
    page.evaluate(
        """
        () => {
          const slider = document.getElementById('slider');
          slider.value = 0;
          slider.dispatchEvent(new Event('input'));
        }\
        """);
    page.waitForFunction("() => !document.getElementById('live').hidden");
    page.click("#save-left");
    page.waitForSelector("#banner:not([hidden])");

    assertThat(touched)
        .contains("iteration 2. No command repeats it, as one change was made by hand");
    assertThat(page.textContent("#banner")).contains("a run of at least one step");
    Path run = Path.of(touched.replaceAll("^Saved (\\S+)model\\.zip.*$", "$1"));
    assertThat(RunDirectory.open(run).read().result().notices())
        .anyMatch(notice -> notice.contains("iteration 1: layer 1, unit 1, weight 1:"));
    assertThat(RunDirectory.open(run).read().result().symmetry().worst().distinctUnits())
        .as("the nudge is in the model")
        .isEqualTo(2);
    assertThat(Files.readString(RunDirectory.open(run).report()))
        .contains("It was changed by hand while it was trained");
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

  /** What is copied opens in another tab of the browser, which asks the first one for the token. */
  @Test
  void aCopiedLinkWorksInTheBrowsersOtherTab() {
    Page first = open("&hidden=3&init=constant:0.5").page();
    String link = first.url();
    Page second = first.context().newPage();

    second.navigate(link);
    second.waitForFunction("() => document.documentElement.dataset.ready === 'true'");

    assertThat(link).contains("hidden=3").doesNotContain("token");
    assertThat(second.isHidden("#banner")).isTrue();
    second.click("#step");
    awaitIteration(second, 1);
    assertThat(second.textContent("#film .counter")).contains("of 3 distinct");
    assertThat(second.evaluate("() => Object.keys(localStorage).concat(document.cookie).join()"))
        .isEqualTo("");

    first.close();
    second.evaluate("() => sessionStorage.removeItem('token')");
    second.reload();
    second.waitForFunction("() => document.documentElement.dataset.ready === 'true'");
    assertThat(second.textContent("#banner")).startsWith("This page has no token.");
  }

  /** After another start nothing is lost: the page says what it wants, and goes on where it was. */
  @Test
  void goesOnAfterARestart() throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    LiveServer first = LiveServer.start(here, 0, models);
    Browser.Watched watched = browser.open(1280, 900, ColorScheme.LIGHT);
    Page page = watched.page();
    URI old = first.url();
    page.navigate(old + "&data=circles:60&hidden=3&init=constant:0.5");
    watched.awaitReady();
    page.click("#step");
    awaitIteration(page, 1);
    first.close();
    page.waitForSelector("#banner:not([hidden])");
    assertThat(page.textContent("#banner"))
        .contains("kept in this page’s address", "open the address that it prints");

    try (LiveServer second = LiveServer.start(here, old.getPort(), models)) {
      page.fill("#banner input", "http://example.org/#token=" + "0".repeat(32));
      page.click("#banner button");
      assertThat(page.textContent("#banner")).contains("Expected an address of this machine");
      page.fill("#banner input", second.url().toString());
      page.click("#banner button");
      page.waitForSelector("#banner", new Page.WaitForSelectorOptions().setState(HIDDEN));
      page.waitForFunction(
          "() => document.querySelector('#film .counter').textContent.includes('of 3 distinct')");
      awaitIteration(page, 1);
      assertThat(page.url()).contains("hidden=3").doesNotContain("token");
    }
  }

  @Test
  void playHoldsWhateverIsClickedHoweverQuickly() {
    Page page = open("&data=circles:60").page();

    page.evaluate(
        """
        () => {
          document.getElementById('reset').click();
          document.querySelector('[data-set=moons]').click();
          document.getElementById('play').click();
        }\
        """);
    page.waitForFunction("() => location.hash.includes('data=moons')");
    page.waitForFunction(
        "() => Number(document.getElementById('iteration').textContent.replace(/\\D/g, '')) > 20");
    page.evaluate("() => { for (let i = 0; i < 5; i++) document.getElementById('play').click(); }");
    page.waitForFunction(
        """
        async () => {
          const now = () => document.getElementById('iteration').textContent
              + document.getElementById('play').textContent;
          const before = now();
          await new Promise((done) => setTimeout(done, 200));
          return now() === before && before.endsWith('Play');
        }\
        """);
  }

  @Test
  void slidersSayWhatTheyComeToAndTestRowsAreDrawnOnDemand() {
    Page page = open("&data=circles:100&noise=0.3").page();
    assertThat(page.textContent("#recipe")).contains("80 rows train, 20 test.");
    String plain = (String) page.evaluate(PLANE);

    page.check("[name=test]");
    page.waitForFunction("plain => (" + PLANE + ")() !== plain", plain);
    assertThat(page.url()).contains("test=shown");

    page.focus("[aria-label='Batch, slider']");
    page.keyboard().press("ArrowLeft");
    page.waitForFunction("() => location.hash.includes('batch=256')");
    page.fill("[name=batch]", "16");
    page.press("[name=batch]", "Tab");
    page.waitForFunction("() => location.hash.includes('batch=16')");
    page.fill("[name=l2]", "0.1");
    page.press("[name=l2]", "Tab");
    page.waitForFunction("() => location.hash.includes('l2=0.1')");
    assertThat(page.textContent("#recipe"))
        .contains("16 of 80 rows a step, drawn anew each pass, weights pulled to zero strongly");
    page.click("#step");
    awaitIteration(page, 1);
    assertThat(page.textContent("#film .card > .muted"))
        .contains("of the 80 training rows right, test");
  }

  @Test
  void saysOfALimitThatItWasReached() {
    Page page = open("&data=circles:60&it=300000&cmp=").page();

    assertThat(page.textContent("#banner"))
        .isEqualTo(
            "it: a run here has at most 200,000 iterations, and stops there instead of at"
                + " 300,000.");
  }

  @Test
  void aStepOfTheTourHasAnAddress() {
    Page page = open("&tour=C6").page();

    assertThat(page.inputValue("#tour-list")).isEqualTo("C6");
    assertThat(page.textContent(".card:last-child .counter")).contains("activation sigmoid");
    assertThat(page.textContent(".card:first-child .counter")).contains("activation tanh");
    page.click("#tour-next");
    page.waitForFunction("() => location.hash.includes('tour=C7')");
    page.goBack();
    page.waitForFunction("() => document.getElementById('tour-list').value === 'C6'");
    page.waitForFunction(
        "() => document.querySelector('.card .counter').textContent.includes('activation tanh')");
  }

  /** By axe's rules, all of them; every part that can be opened is open. */
  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  void hasNoSeriousOrModerateFinding(ColorScheme scheme) throws IOException {
    Path axe =
        Path.of(
            System.getProperty("user.home"),
            ".cache/symbreak/axe/node_modules/axe-core/axe.min.js");
    assumeTrue(Files.exists(axe), "no axe-core: scripts/install-browser-tests installs it");
    Browser.Watched watched = browser.open(1280, 720, scheme);
    Page page = watched.page();
    page.navigate(server.url() + "&data=circles:60&hidden=3&init=constant:0.5&test=shown");
    watched.awaitReady();
    page.click("#film .tile");
    page.click("#nudge");
    page.waitForSelector(".by-hand li");
    page.evaluate("() => document.querySelectorAll('details').forEach((d) => d.open = true)");
    page.evaluate(Files.readString(axe));

    assertThat(
            page.evaluate(
                """
                async () => (await axe.run(document)).violations
                  .filter((v) => v.impact !== 'minor')
                  .map((v) => `${v.impact} ${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`)\
                """))
        .isEqualTo(List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&tour=C13"})
  void isOneScreen(String recipe) {
    Browser.Watched watched = browser.open(1280, 720, ColorScheme.LIGHT);
    Page page = watched.page();
    page.navigate(server.url() + recipe);
    watched.awaitReady();
    page.click("#step");
    awaitIteration(page, 1);

    assertThat(
            page.evaluate(
                "() => [document.documentElement.scrollWidth,"
                    + " document.documentElement.scrollHeight]"))
        .isEqualTo(List.of(1280, 720));
    for (String part : List.of("#play", "#curves", "#film .card canvas", "[name=seed]", "#tour")) {
      assertThat((boolean) page.evaluate(IS_SEEN, part)).as(part + " with " + recipe).isTrue();
    }
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
      awaitIteration(page, 1); // where it was
      page.click("#step");
      awaitIteration(page, 2);
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

package org.symbreak.report;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A real, headless Chromium; tests that ask for it are skipped, with a word, where it is not
 * installed.
 */
public final class Browser implements AutoCloseable {
  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;

  private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium) {
    this.playwright = playwright;
    this.chromium = chromium;
  }

  public static Browser start() {
    Path driver =
        Path.of(
            System.getenv()
                .getOrDefault(
                    "SYMBREAK_BROWSER_DRIVER",
                    System.getProperty("user.home") + "/.cache/symbreak/browser-driver"));
    Path chromium = Path.of("/usr/bin/chromium");
    assumeTrue(
        Files.exists(chromium) && Files.exists(driver.resolve("package/cli.js")),
        "no browser: scripts/install-browser-tests installs it");
    System.setProperty("playwright.cli.dir", driver.toString());
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_NODEJS_PATH",
                        node(),
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1")));
    return new Browser(
        playwright,
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync"))));
  }

  private static String node() {
    for (String folder : System.getenv("PATH").split(":")) {
      if (Files.isExecutable(Path.of(folder, "node"))) {
        return folder + "/node";
      }
    }
    assumeTrue(false, "no browser: node is not on the PATH");
    throw new AssertionError();
  }

  /** A page that notes every complaint and every request. */
  public Watched open(int width, int height, ColorScheme scheme) {
    Page page =
        chromium
            .newContext(
                new com.microsoft.playwright.Browser.NewContextOptions()
                    .setViewportSize(width, height)
                    .setColorScheme(scheme))
            .newPage();
    List<String> complaints = new ArrayList<>();
    List<String> requests = new ArrayList<>();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    page.onRequest(request -> requests.add(request.url()));
    return new Watched(page, complaints, requests);
  }

  /**
   * @param complaints errors and warnings of the console
   * @param requests addresses of everything that was asked for
   */
  public record Watched(Page page, List<String> complaints, List<String> requests) {
    public void awaitReady() {
      page.waitForFunction("() => document.documentElement.dataset.ready === 'true'");
    }
  }

  /** Closes every page: one that goes on drawing slows down what is tried after it. */
  public void closePages() {
    List.copyOf(chromium.contexts()).forEach(BrowserContext::close);
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}

package org.symbreak.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Styles and scripts that pages are made of; the report has them inside it, the live page asks for
 * them.
 */
public final class PageResources {
  private static final String CHARTS =
      "/META-INF/resources/webjars/chart.js/4.4.9/dist/chart.umd.js";

  private PageResources() {}

  /** A file of this package's resources. */
  public static String text(String name) {
    try (InputStream in = PageResources.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Chart.js, without the link to its source map, which a browser would ask for. */
  public static String charts() {
    return text(CHARTS).replaceAll("(?m)^//# sourceMappingURL=.*$", "");
  }
}

package org.symbreak.serve;

import java.util.Map;
import org.symbreak.report.PageResources;

/**
 * A file that the server hands out; there are no others, and no path is ever put together.
 *
 * @param type its media type
 * @param content its text
 */
record StaticFile(String type, String content) {
  private static final Map<String, StaticFile> ALL =
      Map.of(
          "/", new StaticFile("text/html", PageResources.text("live.html")),
          "/page.css", new StaticFile("text/css", PageResources.text("page.css")),
          "/live.css", new StaticFile("text/css", PageResources.text("live.css")),
          "/chart.js", new StaticFile("text/javascript", PageResources.charts()),
          "/views.js", new StaticFile("text/javascript", PageResources.text("views.js")),
          "/network.js", new StaticFile("text/javascript", PageResources.text("network.js")),
          "/live.js", new StaticFile("text/javascript", PageResources.text("live.js")),
          "/tour.json", new StaticFile("application/json", PageResources.text("tour.json")),
          "/favicon.ico", new StaticFile("image/x-icon", ""));

  /** The file at a path, or null. */
  static StaticFile at(String path) {
    return ALL.get(path);
  }
}

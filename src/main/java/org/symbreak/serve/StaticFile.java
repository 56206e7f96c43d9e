package org.symbreak.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.symbreak.report.PageResources;

/**
 * A file that the server hands out; there are no others, and no path is ever put together.
 *
 * @param type its media type
 * @param content its text
 */
record StaticFile(String type, String content) {
  private static final String HOME = "/org/symbreak/serve/";
  private static final String SCRIPT = "text/javascript";

  /** The page's own modules; a new one is a line here. */
  private static final List<String> MODULES =
      List.of(
          "live.js",
          "state.js",
          "server.js",
          "data.js",
          "begin.js",
          "network.js",
          "hand.js",
          "deck.js",
          "curves.js",
          "keep.js",
          "tour.js");

  private static final Map<String, StaticFile> ALL = all();

  private static Map<String, StaticFile> all() {
    Map<String, StaticFile> all = new HashMap<>();
    all.put("/", new StaticFile("text/html", PageResources.text(HOME + "live.html")));
    all.put("/page.css", new StaticFile("text/css", PageResources.text("page.css")));
    all.put("/live.css", new StaticFile("text/css", PageResources.text(HOME + "live.css")));
    all.put("/chart.js", new StaticFile(SCRIPT, PageResources.charts()));
    all.put("/views.js", new StaticFile(SCRIPT, PageResources.text("views.js")));
    all.put("/units.js", new StaticFile(SCRIPT, PageResources.text("units.js")));
    MODULES.forEach(
        name -> all.put("/" + name, new StaticFile(SCRIPT, PageResources.text(HOME + name))));
    all.put(
        "/tour.json", new StaticFile("application/json", PageResources.text(HOME + "tour.json")));
    all.put("/settings.json", new StaticFile("application/json", settings()));
    all.put("/favicon.ico", new StaticFile("image/x-icon", ""));
    return Map.copyOf(all);
  }

  private static String settings() {
    try {
      return new ObjectMapper().writeValueAsString(Recipe.page());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the table of settings has a form of its own", e);
    }
  }

  /** The file at a path, or null. */
  static StaticFile at(String path) {
    return ALL.get(path);
  }
}

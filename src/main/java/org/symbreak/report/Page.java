package org.symbreak.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One HTML file that needs nothing else: scripts and styles stand in it, and its content security
 * policy allows just these, by their hashes, and no request to anywhere.
 *
 * @param title of the document, as text
 * @param body markup
 * @param json data for the pictures, or null for a page without any that a script draws
 * @param drawing the scripts that draw them, files of this package's resources; empty likewise
 */
record Page(String title, String body, String json, List<String> drawing) {
  String html() {
    String style = PageResources.text("page.css") + PageResources.text("report.css");
    List<String> scripts = new ArrayList<>();
    if (json != null) {
      scripts.add(PageResources.charts());
      scripts.add(PageResources.text("views.js"));
      drawing.forEach(name -> scripts.add(PageResources.text(name)));
    }
    scripts.add(PageResources.text("plain.js"));
    String policy =
        "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; style-src "
            + hash(style)
            + "; script-src "
            + scripts.stream().map(Page::hash).collect(Collectors.joining(" "))
            + "; require-trusted-types-for 'script'";
    Html html = new Html();
    html.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")
        .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"" + Html.text(policy) + "\">")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .raw("<meta name=\"referrer\" content=\"no-referrer\">")
        .element("title", title)
        .raw("<style>" + style + "</style>\n</head>\n<body>")
        .raw("<main>" + body + "</main>");
    if (json != null) {
      html.raw(
          "<script type=\"application/json\" id=\"data\">"
              + json.replace("<", "\\u003c")
              + "</script>");
    }
    scripts.forEach(script -> html.raw("<script>" + script + "</script>"));
    return html.raw("</body>\n</html>").toString();
  }

  private static String hash(String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}

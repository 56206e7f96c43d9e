package org.symbreak.report;

import java.util.List;
import java.util.regex.Pattern;

/** Markup put together from text that is escaped and markup that is not. */
final class Html {
  /** A cell of so many letters stays on a line. */
  private static final int SHORT = 28;

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** A number with an exponent, but for an option's value. */
  private static final Pattern EXPONENT =
      Pattern.compile("(?<![\\w:.-])(?<!--[a-z0-9-]{1,30} )-?[0-9.]+[eE][-+]?[0-9]+(?![\\w:])");

  /** A hyphen for a minus, likewise. */
  private static final Pattern MINUS =
      Pattern.compile("(?<=[ (\\[])(?<!--[a-z0-9-]{1,30} )-(?=[0-9])");

  private final StringBuilder markup = new StringBuilder();

  /** Escapes text for an element's content or an attribute in double quotes. */
  static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** Markup as it stands. */
  Html raw(String fragment) {
    markup.append(fragment).append('\n');
    return this;
  }

  /**
   * A sentence of the program, escaped: what stands between backticks as code, numbers as the pages
   * write them. What follows an option stays as it is, to be copied.
   */
  static String sentence(String sentence) {
    String text = EXPONENT.matcher(text(sentence)).replaceAll(m -> Figures.power(m.group()));
    return CODE.matcher(MINUS.matcher(text).replaceAll("−")).replaceAll("<code>$1</code>");
  }

  /** An element with nothing but text in it. */
  Html element(String name, String content) {
    return raw("<" + name + ">" + text(content) + "</" + name.split(" ")[0] + ">");
  }

  /** The page's heading, with what every page has beside it. */
  Html heading(String title) {
    return raw(
        "<div class=\"topline\"><h1>"
            + text(title)
            + "</h1><button id=\"theme\" class=\"noprint\" type=\"button\""
            + " hidden>Theme</button></div>");
  }

  /**
   * Large numbers side by side.
   *
   * @param tiles name, value, and what is said below it, each
   */
  Html tiles(List<List<String>> tiles) {
    raw("<dl class=\"numbers\">");
    for (List<String> tile : tiles) {
      raw(
          "<div><dt>"
              + text(tile.get(0))
              + "</dt><dd>"
              + text(tile.get(1))
              + "<small>"
              + text(tile.get(2))
              + "</small></dd></div>");
    }
    return raw("</dl>");
  }

  /** A command to be copied, word for word. */
  Html command(String command) {
    return raw(
        "<div class=\"command\"><pre tabindex=\"0\" aria-label=\"command\">"
            + text(command)
            + "</pre><button type=\"button\" class=\"copy noprint\" hidden>Copy"
            + " command</button></div>");
  }

  /** A table; numbers stand right, words left. */
  Html table(List<String> head, List<List<String>> rows) {
    raw(
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\""
            + text("table: " + String.join(", ", head))
            + "\"><table><thead><tr>");
    for (int column = 0; column < head.size(); column++) {
      boolean words = !rows.isEmpty() && !isNumber(rows.get(0).get(column));
      raw(
          (words ? "<th scope=\"col\" class=\"text\">" : "<th scope=\"col\">")
              + text(head.get(column))
              + "</th>");
    }
    raw("</tr></thead><tbody>");
    for (List<String> row : rows) {
      raw("<tr>");
      for (int column = 0; column < row.size(); column++) {
        String open =
            isNumber(rows.get(0).get(column))
                ? "<td>"
                : row.get(column).length() <= SHORT
                    ? "<td class=\"text short\">"
                    : "<td class=\"text\">";
        raw(open + text(row.get(column)) + "</td>");
      }
      raw("</tr>");
    }
    return raw("</tbody></table></div>");
  }

  private static boolean isNumber(String cell) {
    return cell.matches("[−–+]?[0-9][0-9.,]*( × 10[⁻⁰-⁹¹²³]+)?( ?%)?|–");
  }

  @Override
  public String toString() {
    return markup.toString();
  }
}

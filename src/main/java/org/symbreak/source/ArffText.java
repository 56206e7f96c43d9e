package org.symbreak.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Nearest;

/**
 * Weka's attribute-relation file format, dense and sparse (Witten, Frank, Hall, Pal: Data Mining,
 * 4th edition, section 2.4; the ARFF page of Weka's manual). {@code ?} is a missing cell.
 */
final class ArffText extends Converted {
  /** A byte-order mark in UTF-8, a character a byte. */
  private static final String MARK = "^\u00EF\u00BB\u00BF";

  private static final Set<String> NUMBERS = Set.of("numeric", "real", "integer");
  private static final String TYPES = "numeric, real, integer, string, date or {value, ...}";
  private static final int LIMIT = 1 << 16;

  /**
   * A column.
   *
   * @param type as the file has it, in small letters; nominal where there are values
   * @param values that it may have, bytes as characters, in their order; null for any
   */
  private record Attribute(String name, String type, Set<String> values) {
    boolean number() {
      return NUMBERS.contains(type);
    }

    /** What a sparse row means by saying nothing. */
    String usual() {
      return values == null ? "0" : values.iterator().next();
    }
  }

  private final Lines lines;
  private final List<Attribute> attributes = new ArrayList<>();
  private long skipped;

  private ArffText(Lines lines) {
    this.lines = lines;
  }

  /** Whether a text begins so. */
  static boolean begins(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1).replaceFirst(MARK, "");
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("%"))
        .findFirst()
        .filter(line -> line.toLowerCase(Locale.ROOT).matches("@relation\\b.*"))
        .isPresent();
  }

  /**
   * Reads the declarations.
   *
   * @param name of the file
   * @param in closed with the table's text
   * @throws InputException where they are faulty
   */
  static TableText table(String name, InputStream in) throws IOException {
    ArffText text = new ArffText(new Lines(name, in));
    text.readHeader();
    List<String> columns =
        text.attributes.stream().map(attribute -> Lines.text(attribute.name)).toList();
    Set<String> categories = new LinkedHashSet<>();
    text.attributes.stream()
        .filter(attribute -> !attribute.number() && !attribute.type.equals("date"))
        .forEach(attribute -> categories.add(Lines.text(attribute.name)));
    return new TableText(text, columns, categories);
  }

  private void readHeader() throws IOException {
    while (true) {
      String line = lines.next();
      if (line == null) {
        throw InputException.of(lines.place(), "@data and rows below it", "the end of the file");
      }
      Tokens tokens = new Tokens(line);
      String word = tokens.word().toLowerCase(Locale.ROOT);
      if (word.equals("@data")) {
        break;
      }
      if (word.equals("@attribute")) {
        attributes.add(attribute(tokens));
        if (attributes.size() > LIMIT) {
          throw InputException.of(lines.place(), "at most " + LIMIT + " attributes", "more");
        }
      } else if (!word.isEmpty() && !word.endsWith("@relation")) {
        throw InputException.of(lines.place(), "@attribute or @data", Lines.quoted(word));
      }
    }
    if (attributes.isEmpty()) {
      throw InputException.of(lines.place(), "an @attribute above @data", "none");
    }
    skipped = lines.number();
  }

  private Attribute attribute(Tokens tokens) {
    String name = tokens.value("{").text;
    tokens.passBlanks();
    if (tokens.at('{')) {
      return new Attribute(name, "nominal", tokens.list());
    }
    String type = tokens.word().toLowerCase(Locale.ROOT);
    if (!NUMBERS.contains(type) && !type.equals("string") && !type.equals("date")) {
      throw InputException.of(
          lines.place(), TYPES, type.isEmpty() ? "nothing" : Lines.quoted(type));
    }
    return new Attribute(name, type, null);
  }

  @Override
  String next() throws IOException {
    if (skipped > 0) {
      skipped--;
      return "";
    }
    String line = lines.next();
    if (line == null) {
      return null;
    }
    Tokens tokens = new Tokens(line);
    tokens.passBlanks();
    if (tokens.ended()) {
      return "";
    }
    List<String> cells = tokens.at('{') ? sparse(tokens) : dense(tokens);
    tokens.passBlanks();
    if (!tokens.ended()) {
      throw InputException.of(
          lines.place(), "the end of the row (weights of rows are not read)", tokens.rest());
    }
    return row(cells);
  }

  private List<String> dense(Tokens tokens) {
    List<String> cells = new ArrayList<>(attributes.size());
    while (true) {
      Attribute attribute = cells.size() < attributes.size() ? attributes.get(cells.size()) : null;
      cells.add(cell(attribute, tokens.value("{")));
      if (!tokens.passComma()) {
        return cells;
      }
      tokens.passBlanks();
      if (tokens.at('{')) {
        return cells;
      }
    }
  }

  private List<String> sparse(Tokens tokens) {
    List<String> cells = new ArrayList<>();
    attributes.forEach(attribute -> cells.add(attribute.usual()));
    tokens.pass('{');
    tokens.passBlanks();
    while (!tokens.at('}')) {
      String index = tokens.word();
      if (!index.matches("\\d{1,5}") || Integer.parseInt(index) >= cells.size()) {
        throw InputException.of(
            lines.place(),
            "the number of an attribute, from 0 to " + (cells.size() - 1),
            index.isEmpty() ? tokens.rest() : Lines.quoted(index));
      }
      int column = Integer.parseInt(index);
      cells.set(column, cell(attributes.get(column), tokens.value("}")));
      tokens.passComma();
      tokens.passBlanks();
    }
    tokens.pass('}');
    return cells;
  }

  /**
   * @param attribute null beyond the last one, which is for the reader of the rows to refuse
   */
  private String cell(Attribute attribute, Value value) {
    if (value.text.equals("?") && !value.quoted) {
      return "";
    }
    if (attribute != null && attribute.values != null && !attribute.values.contains(value.text)) {
      List<String> values = attribute.values.stream().map(Lines::text).toList();
      throw InputException.of(
          lines.place() + ", column " + Lines.quoted(attribute.name),
          "one of the declared values",
          Lines.quoted(value.text),
          Nearest.names(Lines.text(value.text), values, 5).toArray(String[]::new));
    }
    return value.text;
  }

  /**
   * What stands between two commas.
   *
   * @param text bytes as characters
   */
  private record Value(String text, boolean quoted) {}

  /** A line, taken apart. */
  private final class Tokens {
    private final String line;
    private int i;

    Tokens(String line) {
      this.line = line;
    }

    boolean ended() {
      return i == line.length() || line.charAt(i) == '%';
    }

    boolean at(char c) {
      return i < line.length() && line.charAt(i) == c;
    }

    void passBlanks() {
      while (i < line.length() && isBlank(line.charAt(i))) {
        i++;
      }
    }

    private boolean isBlank(char c) {
      return c == ' ' || c == '\t';
    }

    void pass(char c) {
      if (!at(c)) {
        throw InputException.of(lines.place(), "a '" + c + "'", rest());
      }
      i++;
    }

    /** Passes what separates values: a comma, or blanks alone. */
    boolean passComma() {
      int before = i;
      passBlanks();
      if (at(',')) {
        i++;
        return true;
      }
      return i > before && !ended() && !at('}');
    }

    /** Up to the next blank; empty where a comment begins or nothing is left. */
    String word() {
      passBlanks();
      int from = i;
      while (!(ended() && (i == line.length() || i == from))
          && !isBlank(line.charAt(i))
          && line.charAt(i) != '{'
          && line.charAt(i) != '}') {
        i++;
      }
      return line.substring(from, i);
    }

    /**
     * A value in quotes or without.
     *
     * @param ends characters that end one without quotes, besides blanks and commas
     */
    Value value(String ends) {
      passBlanks();
      if (at('\'') || at('"')) {
        return new Value(inQuotes(line.charAt(i++)), true);
      }
      int from = i;
      while (i < line.length()
          && !isBlank(line.charAt(i))
          && line.charAt(i) != ','
          && ends.indexOf(line.charAt(i)) < 0) {
        i++;
      }
      if (i == from) {
        throw InputException.of(lines.place(), "a value", rest());
      }
      return new Value(line.substring(from, i), false);
    }

    private String inQuotes(char quote) {
      StringBuilder text = new StringBuilder();
      while (i < line.length() && line.charAt(i) != quote) {
        if (line.charAt(i) == '\\' && i + 1 < line.length()) {
          i++;
          // a row is a line: what breaks lines becomes a blank
          text.append("nrt".indexOf(line.charAt(i)) >= 0 ? ' ' : line.charAt(i));
        } else {
          text.append(line.charAt(i));
        }
        i++;
      }
      if (i == line.length()) {
        throw InputException.of(lines.place(), "a closing " + quote, "the end of the line");
      }
      i++;
      return text.toString();
    }

    /** The values between braces. */
    Set<String> list() {
      pass('{');
      Set<String> values = new LinkedHashSet<>();
      passBlanks();
      while (!at('}')) {
        String value = value("}").text;
        if (!values.add(value)) {
          throw InputException.of(lines.place(), "each value once", Lines.quoted(value) + " again");
        }
        passComma();
        passBlanks();
      }
      if (values.isEmpty()) {
        throw InputException.of(lines.place(), "values between { and }", "none");
      }
      pass('}');
      return values;
    }

    /** What is left, for a message. */
    String rest() {
      return i == line.length() ? "the end of the line" : Lines.quoted(line.substring(i));
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}

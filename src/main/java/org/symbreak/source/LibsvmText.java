package org.symbreak.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.symbreak.problem.InputException;

/**
 * The sparse format of LIBSVM and LIBLINEAR, {@code label index:value index:value ...} (the README
 * of LIBSVM), as a table: the column {@value #LABEL}, then f1, f2, ..., 0 where a row says nothing.
 */
final class LibsvmText extends Converted {
  /** Name of the first column. */
  static final String LABEL = "label";

  /** Features that a table may have. */
  private static final int LIMIT = (1 << 16) - 1;

  /** Never goes back over digits: a line may have millions of them. */
  private static final String NUMBER = "[-+]?(\\d++\\.?+\\d*+|\\.\\d++)([eE][-+]?\\d++)?+";

  private static final Pattern TARGET = Pattern.compile(NUMBER);
  private static final Pattern FEATURE = Pattern.compile("\\d{1,9}:" + NUMBER);

  private static final Pattern ANY_FEATURE =
      Pattern.compile("\\d+:(" + NUMBER + "|[-+]?(nan|inf|infinity))", Pattern.CASE_INSENSITIVE);
  private static final Pattern COLUMN = Pattern.compile("f\\d{1,9}");
  private static final String PAIR = "index:value, the indices ascending";

  private final Lines lines;
  private final int first;
  private final int last;

  private LibsvmText(Lines lines, int first, int last) {
    this.lines = lines;
    this.first = first;
    this.last = last;
  }

  /** What is looked for in pieces of lines, each of which may be millions of characters long. */
  static Stream<Pattern> patterns() {
    return Stream.of(TARGET, FEATURE, ANY_FEATURE);
  }

  /** Whether a text that begins so is in this format: a row with a feature and none without. */
  static boolean begins(byte[] head, boolean whole) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    int end = whole ? text.length() : Math.max(text.lastIndexOf('\n'), text.lastIndexOf(' '));
    boolean features = false;
    for (String line : text.substring(0, Math.max(0, end)).split("\r?\n")) {
      StringTokenizer tokens = new StringTokenizer(withoutComment(line));
      if (tokens.hasMoreTokens() && !areTargets(tokens.nextToken())) {
        return false;
      }
      while (tokens.hasMoreTokens()) {
        String token = tokens.nextToken();
        if (!ANY_FEATURE.matcher(token).matches() && !token.matches("qid:\\d+")) {
          return false;
        }
        features = true;
      }
    }
    return features;
  }

  /** One label or more, of which more are for {@link #next} to refuse, with a word. */
  private static boolean areTargets(String token) {
    return Stream.of(token.split(",", -1)).allMatch(label -> TARGET.matcher(label).matches());
  }

  private static String withoutComment(String line) {
    int comment = line.indexOf('#');
    return comment < 0 ? line : line.substring(0, comment);
  }

  /**
   * With the columns of another table, so that both have the same: f1 to the highest.
   *
   * @param columns some of which are called f1, f2, ...
   */
  static TableText like(List<String> columns, String name, InputStream in) {
    int[] indices =
        columns.stream()
            .filter(column -> COLUMN.matcher(column).matches())
            .mapToInt(column -> Integer.parseInt(column.substring(1)))
            .toArray();
    if (indices.length == 0) {
      throw InputException.of(
          name, "a file that names its columns, as the model does", "a LIBSVM file");
    }
    Range range = new Range(name);
    IntStream.of(indices).forEach(range::include);
    return range.table(in);
  }

  /** Reads a whole file to find out how many columns it has. */
  static Range range(String name, InputStream in) throws IOException {
    Range range = new Range(name);
    try (Lines lines = new Lines(name, in)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        StringTokenizer tokens = new StringTokenizer(withoutComment(line));
        while (tokens.hasMoreTokens()) {
          String token = tokens.nextToken();
          if (FEATURE.matcher(token).matches()) {
            range.include(Integer.parseInt(token.substring(0, token.indexOf(':'))));
          }
        }
      }
    }
    return range;
  }

  /** Which features a table has. */
  static final class Range {
    private final String name;
    private int first = 1;
    private int last;

    private Range(String name) {
      this.name = name;
    }

    private void include(int index) {
      first = Math.min(first, index);
      last = Math.max(last, index);
    }

    /** The rows of a file with these columns. */
    TableText table(InputStream in) {
      if (last - first >= LIMIT) {
        throw InputException.of(name, "at most " + LIMIT + " features", "f" + last);
      }
      List<String> columns = new ArrayList<>();
      columns.add(LABEL);
      IntStream.rangeClosed(first, last).forEach(index -> columns.add("f" + index));
      return new TableText(new LibsvmText(new Lines(name, in), first, last), columns, Set.of());
    }
  }

  @Override
  String next() throws IOException {
    String line = lines.next();
    if (line == null) {
      return null;
    }
    StringTokenizer tokens = new StringTokenizer(withoutComment(line));
    if (!tokens.hasMoreTokens()) {
      return "";
    }
    String target = tokens.nextToken();
    if (!TARGET.matcher(target).matches()) {
      throw InputException.of(lines.place(), "one label a row, a number", Lines.quoted(target));
    }
    StringBuilder row = new StringBuilder(target.startsWith("+") ? target.substring(1) : target);
    int column = first;
    int before = -1;
    while (tokens.hasMoreTokens()) {
      String token = tokens.nextToken();
      int index = index(token);
      if (index <= before) {
        throw InputException.of(lines.place(), PAIR, Lines.quoted(token) + " after " + before);
      }
      before = index;
      if (index >= first && index <= last) {
        for (; column < index; column++) {
          row.append(",0");
        }
        row.append(',').append(token, token.indexOf(':') + 1, token.length());
        column++;
      }
    }
    for (; column <= last; column++) {
      row.append(",0");
    }
    return row.toString();
  }

  private int index(String token) {
    if (token.startsWith("qid:")) {
      throw InputException.of(lines.place(), "a file for classifying", "one for ranking, 'qid:'");
    }
    if (token.matches("\\d{10,}:.*")) {
      throw InputException.of(lines.place(), "at most " + LIMIT + " features", Lines.quoted(token));
    }
    if (!FEATURE.matcher(token).matches()) {
      throw InputException.of(lines.place(), PAIR, Lines.quoted(token));
    }
    return Integer.parseInt(token.substring(0, token.indexOf(':')));
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}

package org.symbreak.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/**
 * The rows of a CSV file, one after the other, every row with as many cells as the first. Spaces
 * and tabs around a cell do not belong to it, lines without anything are passed over. Holds one row
 * at a time.
 */
final class CsvRows implements AutoCloseable {
  /** Cells that a row may have. */
  static final int CELL_LIMIT = 1 << 16;

  /** The library's message on a character that does not belong after a closing quote. */
  private static final Pattern AFTER_QUOTE = Pattern.compile("\\(0x([0-9a-f]{1,4})\\)");

  private final Place place;
  private final CsvFormat format;
  private final CsvText text;
  private final CloseableIterator<Row> rows;
  private final Row row;
  private final List<String> names;
  private Optional<String> separatorGuess = Optional.empty();
  private boolean pending;
  private boolean ended;
  private long count;

  /**
   * Opens the file and reads its header.
   *
   * @param digest is given every byte that is read
   * @throws InputException where there is no such file, or no header in it that names each column
   *     once
   */
  CsvRows(Path file, CsvFormat format, MessageDigest digest) {
    this(new Place(file.toString()), open(file), format, digest);
  }

  /**
   * Reads from a stream, the header first.
   *
   * @param place what to call the stream
   * @param in closed with this
   * @param digest is given every byte that is read
   * @throws InputException where there is no header in it that names each column once
   */
  CsvRows(Place place, InputStream in, CsvFormat format, MessageDigest digest) {
    this.place = place;
    this.format = format;
    this.text = new CsvText(in, place, digest);
    this.row = new Row(format, place);
    this.rows =
        CsvReader.builder()
            .fieldSeparator(format.separator())
            .quoteCharacter(format.quote())
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .maxBufferSize(2 * CsvText.LINE_LIMIT)
            .build(row, text)
            .iterator();
    try {
      this.names = header();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static InputStream open(Path file) {
    if (!Files.exists(file)) {
      throw InputException.of(file.toString(), "a CSV file", "nothing of that name");
    }
    if (Files.isDirectory(file)) {
      throw InputException.of(file.toString(), "a CSV file", "a directory");
    }
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      String found =
          e instanceof AccessDeniedException
              ? "one that may not be read"
              : String.valueOf(e.getMessage());
      throw new InputException(
          List.of(new Problem(file.toString(), "a CSV file that can be read", found)), e);
    }
  }

  private List<String> header() {
    if (!advance()) {
      throw InputException.of(
          place.file(), format.header() ? "a header and rows below it" : "rows", "an empty file");
    }
    if (row.cells > CELL_LIMIT) {
      throw tooManyCells();
    }
    if (row.cells == 1) {
      separatorGuess = SeparatorGuess.from(row.cell(0), format.separator());
    }
    List<String> header = new ArrayList<>(row.cells);
    for (int i = 0; i < row.cells; i++) {
      String name = format.header() ? row.cell(i) : "";
      header.add(name.isEmpty() ? "c" + (i + 1) : name);
    }
    requireDistinct(header);
    pending = !format.header();
    return List.copyOf(header);
  }

  private void requireDistinct(List<String> header) {
    Map<String, Integer> first = new HashMap<>();
    Faults faults = new Faults(place);
    for (int i = 0; i < header.size(); i++) {
      Integer earlier = first.putIfAbsent(header.get(i), i + 1);
      if (earlier != null) {
        faults.add(
            new Problem(
                place.line(row.line) + ", column " + (i + 1),
                "a name that no other column has",
                Place.quoted(header.get(i)) + ", the name of column " + earlier));
      }
    }
    faults.throwIfAny();
  }

  CsvFormat format() {
    return format;
  }

  Place place() {
    return place;
  }

  /** The columns' names, in the file's order: the header's, or c1, c2, ... where it names none. */
  List<String> names() {
    return names;
  }

  /** The separator that was meant, where there is one column only and it looks like several. */
  Optional<String> separatorGuess() {
    return separatorGuess;
  }

  /**
   * Goes to the next row.
   *
   * @return whether there is one
   * @throws InputException where the row does not have the header's number of cells, after which
   *     the next row can be read, or where nothing more can be read
   */
  boolean next() {
    if (pending) {
      pending = false;
    } else if (!advance()) {
      return false;
    }
    count++;
    if (row.cells > CELL_LIMIT) {
      throw tooManyCells();
    }
    if (row.cells != names.size()) {
      throw InputException.of(
          place.line(row.line),
          cells(names.size()) + (format.header() ? " as in the header" : " as in the first row"),
          String.valueOf(row.cells));
    }
    if (row.strayQuote >= 0) {
      throw InputException.of(
          place.cell(row.line, names.get(row.strayQuote)),
          "quotes around a whole cell, with nothing outside",
          Place.quoted(row.cell(row.strayQuote)));
    }
    return true;
  }

  private static String cells(int n) {
    return n == 1 ? "1 cell" : n + " cells";
  }

  private InputException tooManyCells() {
    return InputException.of(
        place.line(row.line),
        "at most " + CELL_LIMIT + " cells in a row",
        String.valueOf(row.cells));
  }

  private boolean advance() {
    if (ended) {
      return false;
    }
    try {
      ended = !rows.hasNext();
      if (!ended) {
        rows.next();
      }
      return !ended;
    } catch (CsvParseException e) {
      ended = true;
      throw fault(e);
    } catch (InputException | UncheckedIOException e) {
      ended = true;
      throw e;
    }
  }

  /** In our words; what the library noticed while reading the text keeps its own. */
  private RuntimeException fault(CsvParseException e) {
    if (e.getCause() instanceof InputException inner) {
      return inner;
    }
    if (e.getCause() instanceof IOException inner) {
      return new UncheckedIOException(
          place.file() + " could not be read to its end: " + inner.getMessage(), inner);
    }
    String at =
        place.line(row.line)
            + ", column "
            + (names == null || row.cells >= names.size()
                ? row.cells + 1
                : Place.quoted(names.get(row.cells)));
    String closing = "a closing " + format.quote() + " for the quote that opens here";
    if (text.ended() && e.getMessage().startsWith("Unclosed")) {
      return new InputException(List.of(new Problem(at, closing, "the end of the file")), e);
    }
    if (e.getMessage().startsWith("The maximum buffer")) {
      return new InputException(
          List.of(
              new Problem(at, closing, "none within " + 2 * CsvText.LINE_LIMIT + " characters")),
          e);
    }
    return new InputException(
        List.of(
            new Problem(
                at,
                "a separator or the end of the line after the closing quote",
                "something else",
                separatorAfterQuote(e))),
        e);
  }

  /** The choice of another separator, where that is what follows a quoted cell of the first row. */
  private List<String> separatorAfterQuote(CsvParseException e) {
    Matcher character = AFTER_QUOTE.matcher(String.valueOf(e.getMessage()));
    return names == null && character.find()
        ? SeparatorGuess.asOption(Integer.parseInt(character.group(1), 16)).stream().toList()
        : List.of();
  }

  /** Whether nothing more can be read: the end, or a fault that makes the rest unreadable. */
  boolean ended() {
    return ended;
  }

  /** Number of the current row, from 1; the header is not counted. */
  long count() {
    return count;
  }

  /** Line on which the current row begins, from 1. */
  long line() {
    return row.line;
  }

  /** The text of a cell of the current row. */
  String cell(int column) {
    return row.cell(column);
  }

  /**
   * Whether a cell of the current row is empty or one of the texts that stand for a missing value.
   */
  boolean missing(int column) {
    return row.missing(column);
  }

  /** Texts that stood for a missing value so far, in the format's order. */
  List<String> marksSeen() {
    return IntStream.range(0, row.seen.length)
        .filter(mark -> row.seen[mark])
        .mapToObj(format.missing()::get)
        .toList();
  }

  /** A cell of the current row as {@link NumberText} reads it. */
  double number(int column) {
    return NumberText.parse(row.text, row.from[column], row.to[column], format.decimal());
  }

  /** Whether a cell of the current row has a zero before a further digit. */
  boolean beginsWithZero(int column) {
    int from = row.from[column];
    return row.to[column] - from > 1
        && row.text[from] == '0'
        && row.text[from + 1] >= '0'
        && row.text[from + 1] <= '9';
  }

  @Override
  public void close() {
    try {
      text.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The one row that is held, filled anew for each; its cells lie one after the other in one array.
   */
  private static final class Row extends AbstractBaseCsvCallbackHandler<Row> {
    private final char[][] missing;
    private final boolean[] seen;
    private final char quote;
    private final Place place;
    private char[] text = new char[1024];
    private int length;
    private int[] from = new int[16];
    private int[] to = new int[16];
    private int cells;
    private int strayQuote;
    private long line;

    Row(CsvFormat format, Place place) {
      this.missing = format.missing().stream().map(String::toCharArray).toArray(char[][]::new);
      this.seen = new boolean[missing.length];
      this.quote = format.quote();
      this.place = place;
    }

    @Override
    protected void handleBegin(long startingLine) {
      line = startingLine;
      length = 0;
      cells = 0;
      strayQuote = -1;
    }

    @Override
    protected void handleField(int column, char[] buffer, int offset, int count, boolean quoted) {
      if (length + count > CsvText.LINE_LIMIT) {
        throw InputException.of(
            place.line(line), "at most " + CsvText.LINE_LIMIT + " characters a row", "more");
      }
      cells = column + 1;
      if (column >= CELL_LIMIT) {
        return;
      }
      int first = offset;
      int end = offset + count;
      while (first < end && isBlank(buffer[first])) {
        first++;
      }
      while (first < end && isBlank(buffer[end - 1])) {
        end--;
      }
      if (!quoted && first < end && buffer[first] == quote && strayQuote < 0) {
        strayQuote = column;
      }
      if (column == from.length) {
        from = Arrays.copyOf(from, 2 * column);
        to = Arrays.copyOf(to, 2 * column);
      }
      if (length + end - first > text.length) {
        text = Arrays.copyOf(text, Math.max(2 * text.length, length + end - first));
      }
      System.arraycopy(buffer, first, text, length, end - first);
      from[column] = length;
      length += end - first;
      to[column] = length;
    }

    private static boolean isBlank(char c) {
      return c == ' ' || c == '\t';
    }

    @Override
    protected Row buildRecord() {
      return this;
    }

    String cell(int column) {
      return new String(text, from[column], to[column] - from[column]);
    }

    boolean missing(int column) {
      int size = to[column] - from[column];
      if (size == 0) {
        return true;
      }
      for (int i = 0; i < missing.length; i++) {
        char[] mark = missing[i];
        if (mark.length == size && Arrays.equals(mark, 0, size, text, from[column], to[column])) {
          seen[i] = true;
          return true;
        }
      }
      return false;
    }
  }
}

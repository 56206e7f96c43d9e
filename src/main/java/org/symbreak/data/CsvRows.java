package org.symbreak.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.symbreak.problem.InputException;
import org.symbreak.source.TableText;

/**
 * The rows of a CSV text, one after the other, every row with as many cells as the first (RFC 4180,
 * with any separator, quote and line end). Spaces and tabs around a cell, also outside its quotes,
 * do not belong to it, lines without anything are passed over. Holds one row at a time: its cells
 * are pieces of one array, in UTF-8, so that no cell needs an object.
 */
final class CsvRows implements AutoCloseable {
  /** Cells that a row may have. */
  static final int CELL_LIMIT = 1 << 16;

  /** Bytes that may be read in search of a closing quote. */
  private static final int QUOTE_LIMIT = 2 * Utf8Text.LINE_LIMIT;

  private static final int FIRST_BUFFER = 1 << 16;

  /** Rows below the header that are looked at before the first is read. */
  private static final int LOOKED_AT = 50;

  private static final String SEPARATOR_LINE = "sep=";

  /** What CP/M and DOS write behind a text. */
  private static final byte END_OF_FILE = 0x1A;

  private final Place place;
  private final CsvFormat format;
  private final Utf8Text text;
  private byte separator;
  private final byte quote;

  /** What comment lines begin with; 0 where there are none. */
  private final byte comment;

  /** Whether cells are separated by any number of spaces and tabs. */
  private final boolean blanksSeparate;

  /** Whether a byte ends a run of bytes without quotes. */
  private final boolean[] endsCell = new boolean[256];

  private final byte[][] missing;
  private final boolean[] missingSeen;

  /** The bytes that were read, one more than {@link #limit}, where a line end stands guard. */
  private byte[] buffer = new byte[FIRST_BUFFER];

  private int limit;
  private int position;
  private boolean textEnded;

  /** Where the current row begins in the buffer. */
  private int begin;

  private int[] from = new int[16];
  private int[] to = new int[16];
  private int cells;
  private long line;
  private long nextLine = 1;

  /** Null while it is being read. */
  private Header header;

  private final Set<String> categories;
  private boolean pending;
  private boolean ended;
  private long count;

  /** The first row's cells where it is a header; none where not. */
  private byte[][] names = {};

  private long repeatedHeaders;
  private long openEnds;

  /**
   * Reads from a stream, the header first.
   *
   * @param place what to call the stream
   * @param table closed with this
   * @param format how its text is written, where its own format does not say
   * @throws InputException where there is no header in it that names each column once
   */
  CsvRows(Place place, TableText table, CsvFormat format) {
    this.place = place;
    this.format = table.isConverted() ? format.converted() : format;
    this.categories = table.categories();
    this.text = new Utf8Text(table.text(), place);
    this.separator = (byte) this.format.separator();
    this.quote = (byte) this.format.quote();
    this.comment = (byte) this.format.comment();
    this.blanksSeparate = separator == ' ';
    endsCell[separator] = true;
    endsCell['\t'] |= blanksSeparate;
    endsCell['\n'] = true;
    endsCell['\r'] = true;
    this.missing =
        format.missing().stream()
            .map(mark -> mark.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    this.missingSeen = new boolean[missing.length];
    buffer[0] = '\n';
    try {
      this.header = table.isConverted() ? told(table.columns()) : header();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** A piece of a text, read without looking at what its rows are. */
  private CsvRows(CsvRows whole, byte[] piece) {
    this.place = whole.place;
    this.format = whole.format;
    this.categories = Set.of();
    this.text = new Utf8Text(new ByteArrayInputStream(piece), place);
    this.separator = whole.separator;
    this.quote = whole.quote;
    this.comment = whole.comment;
    this.blanksSeparate = whole.blanksSeparate;
    System.arraycopy(whole.endsCell, 0, endsCell, 0, endsCell.length);
    this.missing = new byte[0][];
    this.missingSeen = new boolean[0];
    buffer[0] = '\n';
  }

  /** Rows that were cut off by {@link #cutOff}. */
  private CsvRows(CsvRows whole, Piece piece, boolean[] missingSeen) {
    this.place = whole.place;
    this.format = whole.format;
    this.categories = whole.categories;
    this.text = null;
    this.separator = whole.separator;
    this.quote = whole.quote;
    this.comment = whole.comment;
    this.blanksSeparate = whole.blanksSeparate;
    System.arraycopy(whole.endsCell, 0, endsCell, 0, endsCell.length);
    this.missing = whole.missing;
    this.missingSeen = missingSeen;
    this.header = whole.header;
    this.buffer = piece.bytes.clone(); // quotes are taken out in place
    this.limit = buffer.length - 1;
    this.textEnded = true;
    this.nextLine = piece.line;
  }

  /**
   * Rows as they are written.
   *
   * @param bytes and a line end as a guard
   * @param line on which the first row begins, from 1
   */
  record Piece(byte[] bytes, long line) {}

  /**
   * Passes over the next whole rows, those that begin in about so many bytes; they are to be read
   * by {@link #read}, whoever does so.
   *
   * @return null where no whole row was found: {@link #next} then reads one, or meets the fault or
   *     the end
   */
  Piece cutOff(int size) {
    if (pending || ended) {
      return null;
    }
    begin = position;
    cells = 0;
    try {
      while (limit - position < size && fill(false)) {}
    } catch (IOException | InputException e) {
      // whoever reads on will meet it
    }
    RowEnds ends = new RowEnds();
    ends.look(size);
    if (ends.end == position) {
      return null;
    }
    byte[] bytes = Arrays.copyOfRange(buffer, position, ends.end + 1);
    bytes[bytes.length - 1] = '\n';
    Piece piece = new Piece(bytes, nextLine);
    nextLine += ends.lines;
    position = ends.end;
    begin = position;
    return piece;
  }

  /** Reads rows that were cut off; by any thread. */
  CsvRows read(Piece piece) {
    return new CsvRows(this, piece, new boolean[missing.length]);
  }

  /** The same, knowing which marks of missing cells were seen before. */
  CsvRows readAgain(Piece piece) {
    return new CsvRows(this, piece, missingSeen.clone());
  }

  /** Goes on counting after rows that were cut off and read to their end. */
  void join(CsvRows piece) {
    count += piece.count;
    for (int i = 0; i < missingSeen.length; i++) {
      missingSeen[i] |= piece.missingSeen[i];
    }
  }

  /** Where rows end in what lies in the buffer, told without reading cells. */
  private final class RowEnds {
    private static final long ONES = 0x0101010101010101L;

    private final long quotes = (quote & 0xff) * ONES;
    private int i = position;
    private boolean lineBegins = true;
    private boolean cellBegins = true;
    private boolean quoted;
    private long linesSoFar;

    /** Behind the last whole row, and the lines up to there. */
    private int end = position;

    private long lines;

    void look(int size) {
      while (i < limit && end - position < size && (isDull() || isTold())) {}
      if (i == limit && textEnded && !quoted && end < limit) {
        end = limit;
        lines = linesSoFar;
      }
    }

    /** Passes eight bytes without quotes and line ends. */
    private boolean isDull() {
      if (quoted || lineBegins || i + Long.BYTES > limit) {
        return false;
      }
      long eight = (long) Utf8Text.EIGHT.get(buffer, i);
      if ((zeros(eight ^ quotes) | zeros(eight ^ '\n' * ONES) | zeros(eight ^ '\r' * ONES)) != 0) {
        return false;
      }
      int last = i + Long.BYTES - 1;
      while (last >= i && isBlank(buffer[last]) && !separates(buffer[last])) {
        last--;
      }
      cellBegins = last < i ? cellBegins : separates(buffer[last]);
      i += Long.BYTES;
      return true;
    }

    /** Not 0 where one of the eight bytes is. */
    private static long zeros(long eight) {
      return eight - ONES & ~eight & ONES << 7;
    }

    private boolean separates(byte b) {
      return b == separator || blanksSeparate && isBlank(b);
    }

    /**
     * Passes a byte.
     *
     * @return whether it could be told what it is without the one behind it
     */
    private boolean isTold() {
      byte b = buffer[i];
      boolean known = i + 1 < limit || textEnded;
      boolean lineEnds = b == '\n' || b == '\r';
      boolean pair = i + 1 < limit && (b == '\r' && buffer[i + 1] == '\n');
      if (quoted) {
        boolean twice = b == quote && i + 1 < limit && buffer[i + 1] == quote;
        linesSoFar += lineEnds && !pair ? 1 : 0;
        quoted = b != quote || twice;
        i += twice ? 2 : 1;
        return known || b != quote && b != '\r';
      }
      if (lineEnds) {
        if (b == '\r' && !known) {
          return false;
        }
        i += pair ? 2 : 1;
        lines = ++linesSoFar;
        end = i;
        lineBegins = true;
        cellBegins = true;
      } else if (lineBegins && b == comment && comment != 0) {
        while (i < limit && buffer[i] != '\n' && buffer[i] != '\r') {
          i++;
        }
      } else {
        quoted = cellBegins && b == quote;
        cellBegins = separates(b) || cellBegins && isBlank(b);
        lineBegins &= blanksSeparate && isBlank(b);
        i++;
      }
      return true;
    }
  }

  private Header told(List<String> names) {
    return Header.of(names, List.of(), format.converted(), place, 1);
  }

  private Header header() {
    if (!advance()) {
      throw InputException.of(
          place.file(), format.header() ? "a header and rows below it" : "rows", "an empty file");
    }
    Optional<String> told = Optional.empty();
    if (takeSeparatorLine()) {
      told =
          Optional.of(
              place.line(line)
                  + " says that "
                  + SeparatorGuess.name(separator)
                  + " separates cells");
      if (!advance()) {
        throw InputException.of(
            place.file(), "rows below the line that names the separator", "none");
      }
    }
    requireFewCells();
    List<String> first = row();
    if (format.header()) {
      names =
          first.stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    }
    pending = !format.header();
    if (pending) {
      return Header.of(first, List.of(), format, place, line).with(told);
    }
    return Header.of(first, rowsBelow(), format, place, line).with(told);
  }

  /** Excel's first line, such as sep=; whose separator is that of the file. */
  private boolean takeSeparatorLine() {
    int length = position - begin;
    while (length > 0 && buffer[begin + length - 1] < ' ' && buffer[begin + length - 1] != '\t') {
      length--;
    }
    byte named = separatorIn(new String(buffer, begin, length, StandardCharsets.ISO_8859_1));
    if (named <= 0 || named == quote) {
      return false;
    }
    endsCell[separator] = false;
    separator = named;
    endsCell[separator] = true;
    return true;
  }

  /** The separator that a line such as sep=; names, also one in quotes; 0 for another line. */
  private byte separatorIn(String written) {
    int last = written.length() - 1;
    boolean inQuotes = last > 1 && written.charAt(0) == quote && written.charAt(last) == quote;
    String named = inQuotes ? written.substring(1, last) : written;
    if (!named.regionMatches(true, 0, SEPARATOR_LINE, 0, SEPARATOR_LINE.length())) {
      return 0;
    }
    String mark = named.substring(SEPARATOR_LINE.length());
    return mark.equals("\\t") ? (byte) '\t' : mark.length() == 1 ? (byte) mark.charAt(0) : 0;
  }

  private List<String> row() {
    List<String> row = new ArrayList<>(cells);
    for (int i = 0; i < cells; i++) {
      row.add(cell(i));
    }
    return row;
  }

  /** Some of the rows that come next, at least one if there is any; the position stays. */
  private List<List<String>> rowsBelow() {
    begin = position;
    List<List<String>> below = new ArrayList<>();
    try {
      while (lastLineEnd() < position && fill(false)) {}
      int end = textEnded ? limit : lastLineEnd() + 1;
      CsvRows piece = new CsvRows(this, Arrays.copyOfRange(buffer, position, end));
      while (below.size() < LOOKED_AT && piece.advance() && piece.cells <= CELL_LIMIT) {
        below.add(piece.row());
      }
    } catch (IOException | InputException e) {
      return below; // whoever reads on will meet it
    }
    return below;
  }

  /** Of the bytes that were read but not passed; before the position where there is none. */
  private int lastLineEnd() {
    int i = limit - 1;
    while (i >= position && buffer[i] != '\n' && buffer[i] != '\r') {
      i--;
    }
    return i;
  }

  CsvFormat format() {
    return format;
  }

  Place place() {
    return place;
  }

  /** The columns' names, in the file's order: the header's, or c1, c2, ... where it names none. */
  List<String> names() {
    return header.names();
  }

  /** What the user should know of how columns and rows were found so far, a sentence each. */
  List<String> notices() {
    List<String> notices = new ArrayList<>(header.notices());
    if (repeatedHeaders > 0) {
      notices.add(
          place.file()
              + ": "
              + (repeatedHeaders == 1 ? "a row repeats" : repeatedHeaders + " rows repeat")
              + " the header and "
              + (repeatedHeaders == 1 ? "is" : "are")
              + " passed over");
    }
    if (openEnds > 0 && !header.endsOpen()) {
      notices.add(
          place.file()
              + ": "
              + (openEnds == 1 ? "a row ends" : openEnds + " rows end")
              + " with a separator more than the header has; nothing is read behind it");
    }
    return notices;
  }

  /** Columns that hold categories, whatever they look like: the file says so. */
  Set<String> categories() {
    return categories;
  }

  /** Columns of which the first rows have two values, as a label's column has. */
  List<String> twoValued() {
    return header.twoValued();
  }

  /** What the first row looks like where it may be no header, or is cut up wrongly. */
  Optional<String> guess() {
    return header.guess();
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
    } else {
      do {
        if (!advance()) {
          return false;
        }
      } while (repeatsHeader());
    }
    count++;
    requireFewCells();
    int columns = header.names().size();
    if (cells == columns + 1 && isEmpty(columns)) {
      openEnds++;
    } else if (cells != columns) {
      throw InputException.of(
          place.line(line),
          cells(columns) + (format.header() ? " as in the header" : " as in the first row"),
          String.valueOf(cells),
          Header.isCommentMark(buffer[begin])
              ? new String[] {Header.commentOption((char) buffer[begin])}
              : new String[0]);
    }
    return true;
  }

  /** As where files were put together with their headers. */
  private boolean repeatsHeader() {
    if (cells != names.length || cells < 2) {
      return false;
    }
    for (int i = 0; i < cells; i++) {
      if (!Arrays.equals(buffer, from[i], to[i], names[i], 0, names[i].length)) {
        return false;
      }
    }
    repeatedHeaders++;
    return true;
  }

  private boolean isEmpty(int column) {
    return from[column] == to[column];
  }

  private static String cells(int n) {
    return n == 1 ? "1 cell" : n + " cells";
  }

  private void requireFewCells() {
    if (cells > CELL_LIMIT) {
      throw InputException.of(
          place.line(line), "at most " + CELL_LIMIT + " cells in a row", String.valueOf(cells));
    }
  }

  private boolean advance() {
    if (ended) {
      return false;
    }
    try {
      ended = !passEmptyLines();
      if (!ended) {
        readRow();
      }
      return !ended;
    } catch (IOException e) {
      ended = true;
      throw new UncheckedIOException(
          place.file() + " could not be read to its end: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      ended = true;
      throw e;
    }
  }

  /**
   * @return whether there is a line that is neither empty nor a comment
   */
  private boolean passEmptyLines() throws IOException {
    cells = 0;
    while (true) {
      begin = position;
      if (blanksSeparate) {
        passBlanks();
        begin = position;
      }
      if (position == limit && !fill(false)) {
        return false;
      }
      byte b = buffer[position];
      if (b == END_OF_FILE && position + 1 == limit && !fill(false)) {
        return false;
      }
      if (b == comment && comment != 0) {
        passComment();
      } else if (b == '\n' || b == '\r') {
        passLineEnd();
      } else {
        return true;
      }
    }
  }

  private void passBlanks() throws IOException {
    while ((position < limit || fill(false)) && isBlank(buffer[position])) {
      position++;
    }
  }

  private void passComment() throws IOException {
    while ((position < limit || fill(false))
        && buffer[position] != '\n'
        && buffer[position] != '\r') {
      begin = ++position;
    }
    if (position < limit) {
      passLineEnd();
    }
  }

  /** Goes beyond the line end, of one or two characters, at which the position is. */
  private void passLineEnd() throws IOException {
    if (buffer[position++] == '\r'
        && (position < limit || fill(false))
        && buffer[position] == '\n') {
      position++;
    }
    nextLine++;
  }

  private void readRow() throws IOException {
    line = nextLine;
    do {
      if (cells == from.length && cells < CELL_LIMIT) {
        from = Arrays.copyOf(from, 2 * cells);
        to = Arrays.copyOf(to, 2 * cells);
      }
      if (passBlanksToQuote()) {
        readQuoted();
      } else {
        readPlain();
      }
      cells++;
    } while (passSeparator());
    if (position - begin > Utf8Text.LINE_LIMIT) {
      throw tooLong();
    }
  }

  /**
   * Passes blanks before an opening quote, and no others.
   *
   * @return whether there is one
   */
  private boolean passBlanksToQuote() throws IOException {
    int ahead = 0;
    while (position + ahead < limit || fill(false)) {
      byte b = buffer[position + ahead];
      if (!isBlank(b) || endsCell[b]) {
        position += b == quote ? ahead : 0;
        return b == quote;
      }
      ahead++;
    }
    return false;
  }

  /** Of the byte at which a cell ended: whether another cell follows in this row. */
  private boolean passSeparator() throws IOException {
    if (blanksSeparate) {
      passBlanks();
      if (position < limit && buffer[position] != '\n' && buffer[position] != '\r') {
        return true;
      }
    }
    if (position == limit) {
      return false;
    }
    if (buffer[position] == separator) {
      position++;
      return true;
    }
    passLineEnd();
    return false;
  }

  private void readPlain() throws IOException {
    int start = position - begin;
    byte[] bytes = buffer;
    int i = position;
    while (true) {
      while (!endsCell[bytes[i] & 0xff]) {
        i++;
      }
      position = i;
      if (i < limit || !fill(false)) {
        break;
      }
      bytes = buffer;
      i = position;
    }
    setCell(begin + start, position);
  }

  /** The cell without its quotes, two quotes in it made one in place. */
  private void readQuoted() throws IOException {
    position++;
    int start = position - begin;
    int shift = 0;
    while (true) {
      if (position == limit && !fill(true)) {
        throw unclosed("the end of the file");
      }
      byte b = buffer[position];
      if (b == quote) {
        if (!isBefore(quote)) {
          break;
        }
        position++;
        shift++;
      } else if (b == '\n' || b == '\r' && !isBefore((byte) '\n')) {
        nextLine++;
      }
      buffer[position - shift] = buffer[position];
      position++;
    }
    int end = position - shift - begin;
    position++;
    while ((position < limit || fill(false))
        && isBlank(buffer[position])
        && !endsCell[buffer[position]]) {
      position++;
    }
    setCell(begin + start, begin + end);
    if (position < limit && !endsCell[buffer[position] & 0xff]) {
      throw textAfterQuote(buffer[position] & 0xff);
    }
  }

  /** Whether this byte follows the one at the position. */
  private boolean isBefore(byte next) throws IOException {
    if (position + 1 == limit) {
      position++;
      boolean filled = fill(true);
      position--;
      return filled && buffer[position + 1] == next;
    }
    return buffer[position + 1] == next;
  }

  private void setCell(int start, int end) {
    if (cells >= CELL_LIMIT) {
      return;
    }
    int first = start;
    int last = end;
    while (first < last && isBlank(buffer[first])) {
      first++;
    }
    while (first < last && isBlank(buffer[last - 1])) {
      last--;
    }
    from[cells] = first;
    to[cells] = last;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /**
   * Reads more where the position has come to the limit. The row's bytes move to the buffer's
   * beginning.
   *
   * @param quoted whether a closing quote is looked for
   * @return whether there was more
   */
  private boolean fill(boolean quoted) throws IOException {
    if (textEnded) {
      return false;
    }
    int length = limit - begin;
    if (length > (quoted ? QUOTE_LIMIT : Utf8Text.LINE_LIMIT)) {
      throw quoted ? unclosed("none within " + QUOTE_LIMIT + " bytes") : tooLong();
    }
    byte[] target = length > buffer.length / 2 ? new byte[2 * buffer.length] : buffer;
    System.arraycopy(buffer, begin, target, 0, length);
    for (int i = 0; i < Math.min(cells, CELL_LIMIT); i++) {
      from[i] -= begin;
      to[i] -= begin;
    }
    buffer = target;
    position -= begin;
    limit = length;
    begin = 0;
    buffer[limit] = '\n';
    int read = text.read(buffer, limit, buffer.length - limit - 1);
    textEnded = read < 0;
    limit += Math.max(0, read);
    buffer[limit] = '\n';
    return !textEnded;
  }

  private InputException tooLong() {
    return InputException.of(
        place.line(line), "at most " + Utf8Text.LINE_LIMIT + " bytes a row", "more");
  }

  private InputException unclosed(String found) {
    return InputException.of(
        cellPlace(), "a closing " + format.quote() + " for the quote that opens here", found);
  }

  private InputException textAfterQuote(int found) {
    return InputException.of(
        cellPlace(),
        "a separator or the end of the line after the closing quote",
        isAfterBackslash() ? "a quote after a backslash" : "something else",
        isAfterBackslash()
            ? new String[] {"write a quote within a cell twice, without a backslash"}
            : header == null
                ? SeparatorGuess.asOption(found).stream().toArray(String[]::new)
                : new String[0]);
  }

  private boolean isAfterBackslash() {
    return cells < CELL_LIMIT && to[cells] > from[cells] && buffer[to[cells] - 1] == '\\';
  }

  /** Of the cell that is being read, whose name may not be known yet. */
  private String cellPlace() {
    return place.line(line)
        + ", column "
        + (header == null || cells >= names().size()
            ? cells + 1
            : Place.quoted(names().get(cells)));
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
    return line;
  }

  /** What the cells of the current row are pieces of: UTF-8; another array after each row. */
  byte[] bytes() {
    return buffer;
  }

  /** Where a cell of the current row begins in {@link #bytes()}. */
  int from(int column) {
    return from[column];
  }

  /** Where it ends: the first byte behind it. */
  int to(int column) {
    return to[column];
  }

  /** The text of a cell of the current row. */
  String cell(int column) {
    return new String(buffer, from[column], to[column] - from[column], StandardCharsets.UTF_8);
  }

  /**
   * Whether a cell of the current row is empty or one of the texts that stand for a missing value.
   */
  boolean missing(int column) {
    int first = from[column];
    int length = to[column] - first;
    if (length == 0) {
      return true;
    }
    for (int i = 0; i < missing.length; i++) {
      byte[] mark = missing[i];
      if (mark.length == length
          && mark[0] == buffer[first]
          && Arrays.equals(mark, 0, length, buffer, first, first + length)) {
        missingSeen[i] = true;
        return true;
      }
    }
    return false;
  }

  /** Texts that stood for a missing value so far, in the format's order. */
  List<String> marksSeen() {
    return IntStream.range(0, missingSeen.length)
        .filter(mark -> missingSeen[mark])
        .mapToObj(format.missing()::get)
        .toList();
  }

  /** A cell of the current row as {@link NumberText} reads it. */
  double number(int column) {
    return NumberText.parse(buffer, from[column], to[column], format.decimal());
  }

  /** Whether a cell of the current row has a zero before a further digit. */
  boolean beginsWithZero(int column) {
    int first = from[column];
    return to[column] - first > 1
        && buffer[first] == '0'
        && buffer[first + 1] >= '0'
        && buffer[first + 1] <= '9';
  }

  @Override
  public void close() {
    try {
      if (text != null) {
        text.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.symbreak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.problem.InputException;
import org.symbreak.random.Streams;
import org.symbreak.source.TableText;

class CsvRowsTest {
  private static final CsvFormat SEMICOLONS =
      CsvFormat.DEFAULT.withSeparator(';').withQuote('\'').withMissing(List.of("-"));
  private static final CsvFormat NO_HEADER =
      CsvFormat.DEFAULT.withHeader(false).withMissing(List.of());

  @TempDir private Path directory;

  @Test
  void readsPlainRows() {
    assertThat(read("a,b\n1,2\n3,4\n", CsvFormat.DEFAULT))
        .containsExactly("[a, b]", "2: [1, 2]", "3: [3, 4]");
  }

  @Test
  void needsNoLastLineEnd() {
    assertThat(read("a,b\n1,2", CsvFormat.DEFAULT)).containsExactly("[a, b]", "2: [1, 2]");
  }

  @Test
  void takesEveryKindOfLineEnd() {
    assertThat(read("a,b\r\n1,2\r\n3,4\r5,6\n", CsvFormat.DEFAULT))
        .containsExactly("[a, b]", "2: [1, 2]", "3: [3, 4]", "4: [5, 6]");
  }

  @Test
  void dropsAByteOrderMark() {
    assertThat(read("\uFEFFa,b\n1,2\n", CsvFormat.DEFAULT)).containsExactly("[a, b]", "2: [1, 2]");
  }

  @Test
  void keepsQuotedSeparatorsLineEndsAndQuotes() {
    assertThat(read("a,b\n\"x,y\",\"1\n2\r\n3\"\n\"say \"\"hi\"\"\",\"\"\n", CsvFormat.DEFAULT))
        .containsExactly("[a, b]", "2: [x,y, 1\n2\r\n3]", "5: [say \"hi\", ]");
  }

  @Test
  void takesBlanksAroundACellAway() {
    assertThat(read(" a ,\tb\n 1.5 , x y \n", CsvFormat.DEFAULT))
        .containsExactly("[a, b]", "2: [1.5, x y]");
  }

  @Test
  void passesOverEmptyLines() {
    assertThat(read("a,b\n\n1,2\n\n\r\n3,4\n\n", CsvFormat.DEFAULT))
        .containsExactly("[a, b]", "3: [1, 2]", "6: [3, 4]");
  }

  @Test
  void takesOtherSeparatorsAndQuotes() {
    assertThat(read("a;b\n'x;y';2,5\n", SEMICOLONS)).containsExactly("[a, b]", "2: [x;y, 2,5]");
    assertThat(read("a\tb\n1\t\n", CsvFormat.DEFAULT.withSeparator('\t').withMissing(List.of())))
        .containsExactly("[a, b]", "2: [1, ]");
  }

  @Test
  void namesColumnsByNumberWhereThereIsNoHeader() {
    assertThat(read("5,6\n7,8\n", NO_HEADER)).containsExactly("[c1, c2]", "1: [5, 6]", "2: [7, 8]");
  }

  @Test
  void namesAColumnWithoutANameByNumber() {
    assertThat(read(",b\n0,1\n", CsvFormat.DEFAULT)).containsExactly("[c1, b]", "2: [0, 1]");
  }

  @Test
  void keepsCharactersOfEveryLength() {
    assertThat(read("größe,日本,𝄞\nä,本,𝄞\n", CsvFormat.DEFAULT))
        .containsExactly("[größe, 日本, 𝄞]", "2: [ä, 本, 𝄞]");
  }

  @Test
  void knowsMissingCells() {
    try (CsvRows rows = open("a,b,c,d,e\n,NA,?,na,\" \"\n", CsvFormat.DEFAULT)) {
      rows.next();
      assertThat(
              List.of(
                  rows.missing(0),
                  rows.missing(1),
                  rows.missing(2),
                  rows.missing(3),
                  rows.missing(4)))
          .containsExactly(true, true, true, false, true);
    }
    try (CsvRows rows = open("a;b\n-;NA\n", SEMICOLONS)) {
      rows.next();
      assertThat(rows.missing(0)).isTrue();
      assertThat(rows.missing(1)).isFalse();
    }
  }

  @Test
  void goesOnAfterARaggedRow() {
    try (CsvRows rows = open("a,b\n1\n1,2,3\n4,5\n", CsvFormat.DEFAULT)) {
      assertThatThrownBy(rows::next)
          .hasMessageEndingWith("data.csv line 2: expected 2 cells as in the header, found 1");
      assertThatThrownBy(rows::next)
          .hasMessageEndingWith("data.csv line 3: expected 2 cells as in the header, found 3");
      assertThat(rows.ended()).isFalse();
      assertThat(rows.next()).isTrue();
      assertThat(rows.count()).isEqualTo(3);
      assertThat(rows.next()).isFalse();
      assertThat(rows.ended()).isTrue();
    }
  }

  @Test
  void saysWhereAQuoteIsNotClosed() {
    String text = "a,b\n1,2\n3,\"4\n5,6\n" + "7,8\n".repeat(40_000);
    try (CsvRows rows = open(text, CsvFormat.DEFAULT)) {
      rows.next();
      assertThatThrownBy(rows::next)
          .hasMessageEndingWith(
              "data.csv line 3, column 'b': expected a closing \" for the quote that opens here,"
                  + " found the end of the file");
      assertThat(rows.ended()).isTrue();
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void saysWhereAQuoteIsNotClosedWithinTheLongestRow() {
    String text = "a,b\n1,\"" + "7,8\n".repeat(Utf8Text.LINE_LIMIT);
    try (CsvRows rows = open(text, CsvFormat.DEFAULT)) {
      assertThatThrownBy(rows::next)
          .hasMessageContaining(
              "line 2, column 'b': expected a closing \" for the quote that opens here, found none"
                  + " within");
    }
  }

  @Test
  void refusesTextBesideAQuotedCell() {
    assertFault(
        "a,b\n1,\"2\"x\n",
        "line 2, column 'b': expected a separator or the end of the line after the closing quote,"
            + " found something else");
    assertFault(
        "a,b\n1,\"x \\\"y\\\" z\"\n",
        "line 2, column 'b': expected a separator or the end of the line after the closing quote,"
            + " found a quote after a backslash (choices: write a quote within a cell twice,"
            + " without a backslash)");
  }

  @Test
  void passesOverBlanksOutsideQuotes() {
    assertThat(read("a,b\n1, \"x, y\" \n\t\"2\" ,  \" z\"\n", CsvFormat.DEFAULT))
        .containsExactly("[a, b]", "2: [1, x, y]", "3: [2, z]");
    String far = " ".repeat(1 << 17) + "\"x,\ny\"" + " ".repeat(1 << 17);
    assertThat(read("a,b\n1," + far + "\n2,z\n", CsvFormat.DEFAULT))
        .containsExactly("[a, b]", "2: [1, x,\ny]", "4: [2, z]");
  }

  @Test
  void passesOverTheEndOfFileOfDos() {
    assertThat(read("a,b\n1,2\n\u001a", CsvFormat.DEFAULT)).containsExactly("[a, b]", "2: [1, 2]");
    assertFault("a,b\n1,2\n\u001a3\n", "line 3: expected 2 cells as in the header, found 1");
  }

  @Test
  void takesAQuoteInsideACellForItself() {
    assertThat(read("a,b\n5'10\",x\n", CsvFormat.DEFAULT))
        .containsExactly("[a, b]", "2: [5'10\", x]");
  }

  @Test
  void saysWhereTheTextIsNotUtf8() {
    byte[] bytes = "a,b\n1,2\nx,caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    try (CsvRows rows = open(bytes, CsvFormat.DEFAULT)) {
      assertThat(rows.next()).isTrue();
      assertThatThrownBy(rows::next)
          .hasMessageEndingWith(
              "data.csv line 3, character 6: expected UTF-8 text, found the byte 0xE9 (choices:"
                  + " --encoding windows-1252, save the file as UTF-8)");
      assertThat(rows.ended()).isTrue();
    }
    assertFault(
        new byte[] {'a', ',', 'b', '\n', (byte) 0xE6, (byte) 0x97},
        "line 2, character 1: expected UTF-8 text, found the byte 0xE6");
    assertThatThrownBy(
            () -> open("a,b\n1,2\n".getBytes(StandardCharsets.UTF_16), CsvFormat.DEFAULT))
        .hasMessageEndingWith(
            "data.csv: expected UTF-8 text, found UTF-16 text (choices: --encoding UTF-16)");
    byte[] wide = "\ufeffa,b\n1,2\n".getBytes(Charset.forName("UTF-32LE"));
    assertThatThrownBy(() -> open(wide, CsvFormat.DEFAULT))
        .hasMessageEndingWith(
            "data.csv: expected UTF-8 text, found UTF-32 text (choices: --encoding UTF-32)");
    assertFault(
        new byte[] {(byte) 0xC3, (byte) 0xA9, ',', 'b', '\n', (byte) 0xE9, '\n'},
        "line 2, character 1: expected UTF-8 text, found the byte 0xE9 (choices: save the file as"
            + " UTF-8)");
  }

  @Test
  void saysWhereANulByteStands() {
    assertFault(
        "a,b\r\n1,\"2\r\n3\",\u00004\n", "line 3, character 4: expected text, found a NUL byte");
  }

  @Test
  void boundsLinesRowsAndCells() {
    String cell = "x".repeat(Utf8Text.LINE_LIMIT);
    assertFault(
        "a,b\n" + cell + ",\n", "line 2: expected at most 4194304 bytes a line, found more");
    String manyLines = "\"" + "x".repeat(1000) + "\nx\"";
    String row = (manyLines + ",").repeat(Utf8Text.LINE_LIMIT / 1000 + 1) + "\n";
    assertFault("a,b\n" + row, "line 2: expected at most 4194304 bytes a row, found more");
    assertFault(
        ",".repeat(CsvRows.CELL_LIMIT) + "\n",
        "line 1: expected at most 65536 cells in a row, found 65537");
  }

  /** However few bytes come at once, and wherever the buffer ends. */
  @Test
  void readsTheSameInPiecesOfAnySize() {
    String[] cells = {
      "1.5", "", "x y", "\"q,\n\"\"r\"", "\"\r\n\"", "größe", "𝄞", "\"\"", " \t7 "
    };
    String[] ends = {"\n", "\r\n", "\r", "\n\n", "\r\n\r"};
    for (int seed = 0; seed < 20; seed++) {
      RandomGenerator random = Streams.of(seed);
      StringBuilder text = new StringBuilder("a,b,c\n");
      int rows = seed < 18 ? 30 : 20_000;
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < 3; j++) {
          text.append(j > 0 ? "," : "").append(cells[random.nextInt(cells.length)]);
        }
        text.append(ends[random.nextInt(ends.length)]);
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      List<String> whole = read(new ByteArrayInputStream(bytes));
      assertThat(whole).hasSizeGreaterThan(rows * 9 / 10);
      if (rows == 30) {
        assertThat(read(dripping(bytes, 1))).isEqualTo(whole);
      }
      assertThat(read(dripping(bytes, 7))).isEqualTo(whole);
      assertThat(read(dripping(bytes, 65_521))).isEqualTo(whole);
    }
  }

  private static InputStream dripping(byte[] bytes, int most) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int offset, int length) {
        return super.read(into, offset, Math.min(length, most));
      }
    };
  }

  private static List<String> read(InputStream in) {
    List<String> read = new ArrayList<>();
    TableText text = new TableText(in, List.of(), Set.of());
    try (CsvRows rows = new CsvRows(new Place("text"), text, CsvFormat.DEFAULT)) {
      while (rows.next()) {
        read.add(rows.line() + ": " + rows.cell(0) + "|" + rows.cell(1) + "|" + rows.cell(2));
      }
    }
    return read;
  }

  @Test
  void hashesEveryByte() throws Exception {
    var digest = Dataset.sha256Digest();
    try (CsvRows rows =
        StrictCsvRecordReader.of(
                CsvFile.write(directory, "\uFEFFa,b\n1,2\n"), CsvFormat.DEFAULT, List.of(), digest)
            .cells()) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.next()).isFalse();
    }
    // printf '\xef\xbb\xbfa,b\n1,2\n' | sha256sum
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo("4baf8d035fbc583379d998ac9ed3d18276d308ee43cf945ee88d0c54cca33992");
  }

  private void assertFault(String text, String message) {
    assertFault(text.getBytes(StandardCharsets.UTF_8), message);
  }

  private void assertFault(byte[] bytes, String message) {
    assertThatThrownBy(
            () -> {
              try (CsvRows rows = open(bytes, CsvFormat.DEFAULT)) {
                while (rows.next()) {}
              }
            })
        .isInstanceOf(InputException.class)
        .hasMessageContaining("data.csv " + message);
  }

  private CsvRows open(String text, CsvFormat format) {
    return open(text.getBytes(StandardCharsets.UTF_8), format);
  }

  private CsvRows open(byte[] bytes, CsvFormat format) {
    return StrictCsvRecordReader.of(CsvFile.write(directory, bytes), format, List.of(), null)
        .cells();
  }

  /** The names, then each row with its line. */
  private List<String> read(String text, CsvFormat format) {
    List<String> read = new ArrayList<>();
    try (CsvRows rows = open(text, format)) {
      read.add(rows.names().toString());
      while (rows.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < rows.names().size(); i++) {
          cells.add(rows.cell(i));
        }
        read.add(rows.line() + ": " + cells);
      }
    }
    return read;
  }
}

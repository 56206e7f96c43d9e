package org.symbreak.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbreak.problem.InputException;

/** ARFF and LIBSVM, and files that are neither these nor CSV. */
class OtherFormatsTest {
  @TempDir private Path directory;

  @Test
  void readsArff() throws IOException {
    TableText table =
        open(
            """
            % A comment
            @RELATION 'weather data'

            @attribute outlook {sunny, 'over cast', "rainy, too"} % values
            @attribute 'temperature, °C' REAL
            @attribute code {1,2}
            @attribute note string
            @attribute play {yes,no}
            @DATA
            % and another
            sunny,85,1,'it\\'s "hot"',no
            'over cast' , ? ,2 , "?",yes

            "rainy, too",-1e3,?,Größe,yes
            """);
    assertThat(table.columns())
        .containsExactly("outlook", "temperature, °C", "code", "note", "play");
    assertThat(table.categories()).containsExactlyInAnyOrder("outlook", "code", "note", "play");
    assertThat(table.isConverted()).isTrue();
    assertThat(TableFileTest.text(table))
        .as("a row on its line")
        .isEqualTo(
            "\n".repeat(10)
                + """
                sunny,85,1,"it's ""hot""\",no
                over cast,,2,?,yes

                "rainy, too",-1e3,,Größe,yes
                """);
  }

  @Test
  void readsSparseArff() throws IOException {
    TableText table =
        open(
            """
            @relation r
            @attribute a numeric
            @attribute b {x,y}
            @attribute c integer
            @data
            {0 1.5, 1 y}
            {}
            { 2 ? }
            """);
    assertThat(TableFileTest.text(table)).isEqualTo("\n".repeat(5) + "1.5,y,0\n0,x,0\n0,x,\n");
  }

  @Test
  void leavesRowsOfTheWrongLengthToTheirReader() throws IOException {
    assertThat(
            TableFileTest.text(
                open("@relation r\n@attribute a real\n@attribute b real\n@data\n1\n1,2,3\n")))
        .isEqualTo("\n\n\n\n1\n1,2,3\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "@attribute a {x,y}/@data/z | line 4, column 'a': expected one of the declared values,"
            + " found 'z' (choices: x, y)",
        "@attribute a complex/@data | line 2: expected numeric, real, integer, string, date or"
            + " {value, ...}, found 'complex'",
        "@attribute a/@data | line 2: expected numeric, real, integer, string, date or {value,"
            + " ...}, found nothing",
        "@attribute a {x,x}/@data | line 2: expected each value once, found 'x' again",
        "@attribute a {}/@data | line 2: expected values between { and }, found none",
        "@attribute a {x/@data | line 2: expected a value, found the end of the line",
        "@attribute 'a real/@data | line 2: expected a closing ', found the end of the line",
        "@attribute a real | line 2: expected @data and rows below it, found the end of the file",
        "@data/1 | line 2: expected an @attribute above @data, found none",
        "@atribute a real/@data | line 2: expected @attribute or @data, found '@atribute'",
        "@attribute a real/@data/{1 2} | line 4: expected the number of an attribute, from 0 to 0,"
            + " found '1'",
        "@attribute a real/@data/{0 2 | line 4: expected the number of an attribute, from 0 to 0,"
            + " found the end of the line",
        "@attribute a real/@data/1, {5} | line 4: expected the end of the row (weights of rows are"
            + " not read), found '{5}'",
        "@attribute a string/@data/'x | line 4: expected a closing ', found the end of the line",
      })
  void refusesFaultyArff(String text, String message) {
    assertThatThrownBy(
            () -> TableFileTest.text(open("@relation r\n" + text.replace('/', '\n') + "\n")))
        .isInstanceOf(InputException.class)
        .hasMessage("standard input " + message);
  }

  @Test
  void takesNeitherAWideRowOfDigitsNorManyBlankLinesForAnotherFormat() throws IOException {
    for (String text :
        List.of("0,1,".repeat(1 << 14) + "1\n", "\n".repeat(1 << 16) + "a,b\n1,2\n")) {
      assertThat(TableFileTest.text(open(text))).isEqualTo(text);
    }
  }

  @Test
  void readsLibsvm() throws IOException {
    Path file =
        Files.writeString(directory.resolve("a"), "+1 1:0.5 3:-2e-3 # first\n\n-1\n-1 2:1 4:7\n");
    TableText table = TableFile.open(file.toString(), StandardCharsets.UTF_8, List.of(), null);
    assertThat(table.columns()).containsExactly("label", "f1", "f2", "f3", "f4");
    assertThat(table.categories()).isEmpty();
    assertThat(TableFileTest.text(table)).isEqualTo("1,0.5,0,-2e-3,0\n\n-1,0,0,0,0\n-1,0,1,0,7\n");
    Files.writeString(file, "0 0:1\n1 1:1\n");
    assertThat(TableFile.open(file.toString(), StandardCharsets.UTF_8, List.of(), null).columns())
        .containsExactly("label", "f0", "f1");
  }

  @Test
  void givesALibsvmFileTheColumnsOfTheModel() throws IOException {
    byte[] rows = "1 1:5\n1 0:1 9:9\n".getBytes(StandardCharsets.UTF_8);
    TableText table =
        TableFile.open(
            "rows",
            new ByteArrayInputStream(rows),
            StandardCharsets.UTF_8,
            List.of("label", "f1", "f3"));
    assertThat(table.columns()).containsExactly("label", "f1", "f2", "f3");
    assertThat(TableFileTest.text(table)).isEqualTo("1,5,0,0\n1,0,0,0\n");
    assertThatThrownBy(
            () ->
                TableFile.open(
                    "rows",
                    new ByteArrayInputStream(rows),
                    StandardCharsets.UTF_8,
                    List.of("a", "b")))
        .hasMessage(
            "rows: expected a file that names its columns, as the model does, found a LIBSVM file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 2:1 1:1 | line 2: expected index:value, the indices ascending, found '1:1' after 2",
        "1 2:1 2:1 | line 2: expected index:value, the indices ascending, found '2:1' after 2",
        "1 x | line 2: expected index:value, the indices ascending, found 'x'",
        "1 1:nan | line 2: expected index:value, the indices ascending, found '1:nan'",
        "1 4000000000:1 | line 2: expected at most 65535 features, found '4000000000:1'",
        "1,3 1:1 | line 2: expected one label a row, a number, found '1,3'",
        "1 qid:3 1:1 | line 2: expected a file for classifying, found one for ranking, 'qid:'",
      })
  void refusesFaultyLibsvm(String line, String message) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("a"), "1 " + "1:1" + " ".repeat(5000) + "\n" + line + "\n");
    assertThatThrownBy(
            () ->
                TableFileTest.text(
                    TableFile.open(file.toString(), StandardCharsets.UTF_8, List.of(), null)))
        .isInstanceOf(InputException.class)
        .hasMessage(file + " " + message);
  }

  /** What each holds is for whoever reads the rows to say. */
  @Test
  void datesOfArffAreNoCategories() throws IOException {
    TableText table =
        open(
            "@relation r\n"
                + "@attribute d date 'dd-MM-yyyy'\n"
                + "@attribute s string\n"
                + "@data\n"
                + "'3-1-2022',x\n");
    assertThat(table.categories()).containsExactly("s");
    assertThat(TableFileTest.text(table)).contains("3-1-2022,x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b\n1,2\n",
        "1 2 3\n",
        "1\n2\n",
        "a:1 b:2\n1 2:3\n",
        "\"{a}\",b\n1,2\n",
        "{a},b\n",
        "[m],b\n1,2\n",
        "<5,>5,label\n",
        "version,label\n1,2\n",
        "@a,b\n",
        "% comment\na,b\n",
        "PK,label\n1,2\n",
        "ORC,PAR1\n1,2\n",
        "BZh9,label\n1,2\n",
        "7z,label\n",
        "",
        "1 1:x\n"
      })
  void leavesTextsAlone(String text) throws IOException {
    TableText table = open(text);
    assertThat(table.isConverted()).isFalse();
    assertThat(TableFileTest.text(table)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "version https://git-lfs.github.com/spec/v1\\n"
            + " | a Git LFS pointer in place of the file (choices: git lfs pull)",
        "\\n<!DOCTYPE html>\\n<html> | an HTML page",
        "<HTML lang=en> | an HTML page",
        "<?xml version='1.0'?> | an XML document",
        "{\"a\": 1}\\n"
            + "{\"a\": 2}\\n"
            + " | JSON, line by line (choices: python3 -c \"import pandas; pandas.read_json('FILE',"
            + " lines=True).to_csv('FILE.csv', index=False)\")",
        "{\"a\": [1, 2]} | JSON",
        "[{\"a\": 1}] | JSON",
        "[[1, 2], [3, 4]] | JSON",
        "[{'a': 1}, {'a': 2}] | a Python dictionary or list as text",
        "/annex/objects/SHA256E-s12--ab.csv | a git-annex pointer in place of the file (choices:"
            + " git annex get FILE)",
        "outs:\\n- md5: ab | a DVC pointer in place of the file (choices: dvc pull)",
        "<p>Not found</p> | an HTML page",
        "<svg xmlns='x'> | an XML document",
        "MATLAB 5.0 MAT-file, Platform: x\\0 | a MATLAB file",
        "\\37\u009Dx | a file of compress (choices: uncompress FILE)",
        "PAR1\u0015\u0004x | a Parquet file (choices: python3 -c \"import pandas;"
            + " pandas.read_parquet('FILE').to_csv('FILE.csv', index=False)\")",
        "ARROW1\\0\\0x | a Feather or Arrow file",
        "SQLite format 3\\0 | a SQLite database",
        "%PDF-1.7\\0 | a PDF document",
        "7z\u00BC\u00AF'\u001Cx | a 7z archive",
        "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1 | an Excel workbook (xls)",
      })
  void namesWhatIsNoTable(String content, String title) {
    byte[] bytes = content.translateEscapes().getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> TableFileTest.stream(bytes, "UTF-8"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("standard input: expected a table as text, found " + title);
    assertThatThrownBy(() -> TableFile.requirePlain("upload", bytes))
        .hasMessageStartingWith(
            "upload: expected a table as text, found " + title.split(" \\(")[0]);
  }

  private static TableText open(String text) {
    return TableFileTest.stream(text.getBytes(StandardCharsets.UTF_8), "UTF-8");
  }
}

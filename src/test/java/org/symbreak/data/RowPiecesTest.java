package org.symbreak.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbreak.problem.InputException;

/** A file that is read in pieces says what it says when it is read in one. */
class RowPiecesTest {
  private static final String HEADER = "a,colour,label\n";

  @TempDir private Path directory;
  private FittedPipeline pipeline;

  @BeforeEach
  void fit() {
    String[] colours = {"red", "green", "dark, blue", ""};
    StringBuilder text = new StringBuilder(HEADER);
    for (int i = 0; i < 40; i++) {
      text.append(i * i).append(",\"").append(colours[i % 4]).append("\",");
      text.append(i % 2 == 0 ? "n\n" : "y\n");
    }
    Path file = CsvFile.write(directory, text.toString());
    try (Dataset dataset = Dataset.open(CsvFile.spec(file.toString(), null, 0, 0, true), 1)) {
      pipeline = dataset.pipeline();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,red,y\n2,green,n\n3,red,y\n",
        "1,red,y\r\n\r\n2,green,n\r3,red,y\r\r\n4,red,n",
        "1,\"dark, blue\",y\n2,\"a \"\"quoted\"\" word\",n\n3,red,y\n",
        "1,\"two\nlines\",y\n2,\"two\r\nlines\",n\n3,red,yes\n4,red,Y \n",
        "1,5\" red,y\n2,a\"b\"c,n\n3,red,y\n",
        "1,red,y\nx,green,n\n3,red,y\nz,red,y\n5,blue,n\n",
        "1,red,y\n2,green\n3,red,y\n",
        "1,red,y\n2,\"green\"x,n\n3,red,y\n",
        "1,red,y\n2,\"green,n\n3,red,y\n4,red,n\n",
        "1,red,y\n2, \"green\",n\n3,red,y\n",
        "NA,red,y\n1e9,,n\n,NA,y\nx,red,y\n-1e9,pink,n\n3,pink,\n",
        "\n\n\n1,red,y\n\n",
        "1,red,y\n2,gr\u0000een,n\n3,red,y\n",
        "1,\u00e9\u00e9\u20ac,y\n2,\u00e9,n\n3,\ud83d\ude00,y",
        ""
      })
  void whereverItIsCut(String rows) {
    CsvFormat format = CsvFormat.DEFAULT;
    for (String read : List.of(HEADER + rows, "label,a,more,colour\n" + rows)) {
      for (boolean skip : new boolean[] {true, false}) {
        List<String> whole = read(read, format, skip, 0);
        for (int size = 1; size < read.length() + 3; size++) {
          assertThat(read(read, format, skip, size)).as("size " + size).isEqualTo(whole);
        }
      }
    }
  }

  @Test
  void withCommentsAndBlanks() {
    CsvFormat format = new CsvFormat(',', '"', true, List.of("NA", "?"), '.', '#', "UTF-8");
    String text = HEADER + "# it's \"open\n1,red,y\n#\n2,green,n\n 3 ,red,y\n# end";
    assertThat(read(text, format, false, 9)).isEqualTo(read(text, format, false, 0));
  }

  /**
   * All that is said of a text.
   *
   * @param size of pieces; 0 to read it in one
   */
  private List<String> read(String text, CsvFormat format, boolean skip, int size) {
    List<String> said = new ArrayList<>();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (RowStream rows =
        pipeline.open("rows.csv", new ByteArrayInputStream(bytes), format, LabelUse.OPTIONAL)) {
      said.addAll(rows.notices());
      boolean more = true;
      while (more) {
        RowStream piece = size == 0 ? null : rows.cutOff(size);
        if (piece == null) {
          more = take(rows, 0, skip, said);
        } else {
          more = takeAll(rows, piece, skip, said);
          rows.join(piece);
        }
      }
      said.addAll(rows.unseen());
    } catch (InputException e) {
      said.add(e.getMessage());
    }
    return said;
  }

  private static boolean takeAll(
      RowStream whole, RowStream piece, boolean skip, List<String> said) {
    List<String> first = new ArrayList<>();
    while (take(piece, whole.row(), skip, first)) {}
    RowStream again = whole.again(piece);
    boolean more;
    do {
      more = take(again, whole.row(), skip, said);
    } while (more);
    return said.stream().noneMatch("the end"::equals);
  }

  private static boolean take(RowStream rows, long before, boolean skip, List<String> said) {
    try {
      if (!rows.next()) {
        return false;
      }
      said.add(
          (before + rows.row())
              + " on line "
              + rows.line()
              + ": "
              + Arrays.toString(rows.features())
              + rows.label());
      return true;
    } catch (InputException e) {
      said.add(e.getMessage());
      if (skip && !rows.ended()) {
        return true;
      }
      said.add("the end");
      return false;
    }
  }
}

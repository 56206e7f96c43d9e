package org.symbreak.data;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** CSV files, changed to reach every branch. */
@Tag("fuzz")
class CsvFuzz {
  @TempDir private Path directory;

  @MethodSource("genuine")
  @FuzzTest
  @DictionaryEntries({"\"", "\"\"", "NaN", "Infinity", "1e400", "-0", "0x1p3", "NA", "?", "label", "sep=;", "#"})
  void isRefusedOrRead(byte[] csv) {
    MutatedCsvTest.read(directory, csv, CsvFormat.DEFAULT);
  }

  @MethodSource("genuine")
  @FuzzTest
  @DictionaryEntries({"\"", "\"\"", " ", "\\x09", "\\x0d", "#", "\\x0d\\x0a", "NA", "label"})
  void isRefusedOrReadWithBlanksAndComments(byte[] csv) {
    MutatedCsvTest.read(directory, csv, MutatedCsvTest.BLANKS);
  }

  static Stream<byte[]> genuine() {
    return Stream.concat(
        Stream.of(MutatedCsvTest.genuine()),
        Stream.of(
                CsvFile.table(12, "a,b", (i, j) -> i + j).replace(',', ';'),
                CsvFile.table(9, "a,b,c", (i, j) -> j == 2 ? "2020-01-0" + i : "\"" + i + "\"\"\r\n\""),
                CsvFile.table(8, "x", (i, j) -> "\t" + i * 1e300 + " "))
            .map(text -> text.getBytes(StandardCharsets.UTF_8)));
  }
}

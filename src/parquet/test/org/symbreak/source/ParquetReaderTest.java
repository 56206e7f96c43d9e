package org.symbreak.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.problem.InputException;

/** Files that pyarrow wrote. */
class ParquetReaderTest {
  private static final Path FILES = Path.of("src/test/resources/source");

  @TempDir private Path directory;

  @Test
  void readsAFlatTable() throws IOException {
    TableText table = open(FILES.resolve("table.parquet"));
    assertThat(table.columns()).containsExactly("x", "code", "k", "day", "label");
    assertThat(table.categories()).containsExactly("code");
    List<String> rows = TableFileTest.text(table).lines().toList();
    assertThat(rows).hasSize(60);
    assertThat(rows.get(0)).isEqualTo(",00,0,2020-01-01,false");
    assertThat(rows.get(1)).matches("-?\\d\\.\\d+,01,7,2020-01-02,true");
  }

  @Test
  void refusesWhatIsNoTable() throws IOException {
    assertThatThrownBy(() -> open(FILES.resolve("nested.parquet")))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("expected a column a value, found columns within columns");
    byte[] whole = Files.readAllBytes(FILES.resolve("table.parquet"));
    for (int length = 8; length < whole.length; length += 97) {
      Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> TableFileTest.text(open(cut))).isInstanceOf(InputException.class);
    }
  }

  private static TableText open(Path file) {
    return TableFile.open(file.toString(), StandardCharsets.UTF_8, List.of(), null);
  }
}

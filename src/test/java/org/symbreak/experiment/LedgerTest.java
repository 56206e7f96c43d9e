package org.symbreak.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.problem.InputException;

class LedgerTest {
  @TempDir private Path directory;
  private Path path;

  @BeforeEach
  void name() {
    path = directory.resolve("ledger.csv");
  }

  @Test
  void keepsWhatWasAppendedWheneverItIsClosed() throws IOException {
    LedgerRow first = row("a", "data, with comma.csv", "0.1");
    LedgerRow second = row("b", "say \"hi\".csv", "");
    try (Ledger ledger = Ledger.open(path)) {
      ledger.append(List.of(first));
      assertThat(Ledger.read(path)).containsExactly(first);
    }
    try (Ledger ledger = Ledger.open(path)) {
      ledger.append(List.of(second));
    }
    assertThat(Ledger.read(path)).containsExactly(first, second);
    assertThat(Files.readAllLines(path).get(0)).startsWith("run,data,initialization,init,scale,");
    assertThat(first.number(Column.LOSS)).isEqualTo(0.1);
    assertThat(second.number(Column.LOSS)).isNaN();
    assertThat(second.numberOrInfinite(Column.LOSS)).isInfinite();
  }

  @Test
  void aTornLastLineIsCutOffAtEveryLength() throws IOException {
    LedgerRow first = row("a", "x.csv", "0.1");
    LedgerRow second = row("b", "x.csv", "0.2");
    try (Ledger ledger = Ledger.open(path)) {
      ledger.append(List.of(first, second));
    }
    byte[] whole = Files.readAllBytes(path);
    String text = new String(whole, StandardCharsets.UTF_8);
    int header = text.indexOf('\n') + 1;
    int line = text.indexOf('\n', header) + 1;
    for (int length = 0; length < whole.length; length++) {
      Files.write(path, Arrays.copyOf(whole, length));
      List<LedgerRow> expected = length < line ? List.of() : List.of(first);
      assertThat(Ledger.read(path)).isEqualTo(expected);
      if (length % 37 == 0 || length >= whole.length - 2) {
        try (Ledger ledger = Ledger.open(path)) {
          ledger.append(expected.isEmpty() ? List.of(first, second) : List.of(second));
        }
        assertThat(Files.readAllBytes(path)).isEqualTo(whole);
      }
    }
  }

  @Test
  void oneWriterAtATime() throws IOException {
    try (Ledger ledger = Ledger.open(path)) {
      ledger.append(List.of(row("a", "x.csv", "1.0")));
      assertThatThrownBy(() -> Ledger.open(path))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("has open");
    }
    try (Ledger ledger = Ledger.open(path)) {
      ledger.append(List.of(row("b", "x.csv", "1.0")));
    }
    assertThat(Ledger.read(path)).hasSize(2);
  }

  @Test
  void oneProcessAtATimeWritesWhoeverReadsMeanwhile() throws IOException {
    try (Ledger ledger = Ledger.open(path)) {
      ledger.append(List.of(row("a", "x.csv", "1.0")));
      assertThat(Ledger.isBeingWritten(path)).isTrue();
      assertThatThrownBy(() -> Ledger.open(path)).hasMessageContaining("has open");
      assertThatThrownBy(() -> Ledger.delete(path)).hasMessageContaining("has open");
      assertThat(Ledger.read(path)).hasSize(1);
      try (SecondWriter other = SecondWriter.start(path)) {
        assertThat(other.saw()).isEqualTo("taken, refused");
      }
    }
    assertThat(Ledger.isBeingWritten(path)).isFalse();
    try (SecondWriter other = SecondWriter.start(path)) {
      assertThat(other.saw()).isEqualTo("free, open");
    }
  }

  @Test
  void aKilledProcessWritesNoLonger() throws IOException {
    try (Ledger ledger = Ledger.open(path)) {
      ledger.append(List.of(row("a", "x.csv", "1.0")));
    }
    try (SecondWriter other = SecondWriter.start(path)) {
      assertThat(other.saw()).isEqualTo("free, open");
      assertThat(Ledger.isBeingWritten(path)).isTrue();
      assertThatThrownBy(() -> Ledger.open(path))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("has open");
    }
    assertThat(Ledger.isBeingWritten(path)).isFalse();
    try (Ledger ledger = Ledger.open(path)) {
      ledger.append(List.of(row("b", "x.csv", "1.0")));
    }
    assertThat(Ledger.read(path)).hasSize(2);
  }

  @Test
  void closedTwiceItTakesNothingFromTheNext() throws IOException {
    Ledger first = Ledger.open(path);
    first.close();
    try (Ledger next = Ledger.open(path)) {
      first.close();
      assertThat(Ledger.isBeingWritten(path)).isTrue();
      next.append(List.of(row("a", "x.csv", "1.0")));
    }
  }

  @Test
  void lookingWhetherItIsWrittenToWritesNothing() throws IOException {
    assertThat(Ledger.isBeingWritten(directory.resolve("no").resolve("ledger.csv"))).isFalse();
    Files.writeString(path, String.join(",", Column.headers()) + "\n");
    assertThat(Ledger.isBeingWritten(path)).isFalse();
    assertThat(directory).isDirectoryNotContaining("glob:**.lock");
  }

  @Test
  void refusesWhatIsNoLedgerAndLeavesItAsItIs() throws IOException {
    Files.writeString(path, "x1,x2,label\n1,2,0\n");
    assertThatThrownBy(() -> Ledger.open(path))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("ledger.csv line 1")
        .hasMessageContaining("'x1,x2,label'");
    assertThat(Files.readString(path)).isEqualTo("x1,x2,label\n1,2,0\n");
  }

  @Test
  void aDamagedLineInTheMiddleIsNamed() throws IOException {
    try (Ledger ledger = Ledger.open(path)) {
      ledger.append(List.of(row("a", "x.csv", "1.0")));
    }
    Files.writeString(path, "b,c\n", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> Ledger.read(path))
        .hasMessageContaining("ledger.csv line 3")
        .hasMessageContaining("found 2");
  }

  @Test
  void namesNoColumnTwice() {
    assertThat(Column.headers()).doesNotHaveDuplicates();
    assertThat(Column.of("test.auc")).contains(Column.TEST_AUC);
  }

  private static LedgerRow row(String run, String data, String loss) {
    return LedgerRow.of(Map.of(Column.RUN, run, Column.DATA, data, Column.LOSS, loss));
  }
}

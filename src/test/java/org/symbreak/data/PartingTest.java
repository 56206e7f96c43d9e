package org.symbreak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.problem.InputException;

/** Which rows are tested on: told by their lines, the first row being on line 2. */
class PartingTest {
  private static final int ROWS = 60;

  @TempDir private Path directory;
  private final List<String> lines = new ArrayList<>(List.of("x,who,day,label"));

  /** Fifteen groups of four rows; days come in threes, not in the file's order. */
  private static String row(int i) {
    return "%s,p%d,2024-03-%02d,%d"
        .formatted(i * 7 % 61 / 8.0, i % 15, 1 + i * 7 % 60 / 3, i / 7 % 2);
  }

  private Dataset open(String group, String order, double test, Fold... folds) {
    if (lines.size() == 1) {
      IntStream.range(0, ROWS).mapToObj(PartingTest::row).forEach(lines::add);
    }
    try {
      Path file = Files.write(directory.resolve("rows.csv"), lines);
      Rulings rulings =
          new Rulings(
              false, null, null, Rulings.Duplicates.KEEP, group, order, null, List.of(folds), 0);
      DataSpec usual = DataSpec.of(file.toString(), "label", null);
      DataSpec spec =
          new DataSpec(
              usual.file(),
              usual.format(),
              "label",
              null,
              List.of(),
              List.of(),
              group == null && order == null ? List.of("who", "day") : List.of(),
              null,
              test,
              0.15,
              true,
              rulings);
      return Dataset.open(spec, 3);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Set<Long> lines(EncodedRows rows) {
    return IntStream.range(0, rows.rows())
        .mapToObj(rows::line)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private String cell(long line, int column) {
    return lines.get((int) line - 1).split(",")[column];
  }

  private Set<String> cells(EncodedRows rows, int column) {
    return lines(rows).stream()
        .map(line -> cell(line, column))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void foldsTestOnEveryRowOnceAndKeepBothClasses() {
    Set<Long> tested = new HashSet<>();
    for (int part = 1; part <= 5; part++) {
      try (Dataset data = open(null, null, 0.2, new Fold(part, 5))) {
        assertThat(data.test().rows()).isEqualTo(12);
        assertThat(data.rows()).isEqualTo(ROWS);
        int ones = 0;
        for (int row = 0; row < 12; row++) {
          ones += data.test().label(row);
        }
        assertThat(ones).isBetween(5, 7);
        assertThat(lines(data.test())).noneMatch(tested::contains);
        tested.addAll(lines(data.test()));
      }
    }
    assertThat(tested).hasSize(ROWS);
  }

  @Test
  void aFoldWithinAFoldLeavesTheOuterRowsOut() {
    Set<Long> outer;
    try (Dataset data = open(null, null, 0.2, new Fold(2, 5))) {
      outer = lines(data.test());
    }
    Set<Long> seen = new HashSet<>();
    for (int part = 1; part <= 4; part++) {
      try (Dataset data = open(null, null, 0.2, new Fold(2, 5), new Fold(part, 4))) {
        assertThat(data.rows()).isEqualTo(ROWS - outer.size());
        seen.addAll(lines(data.test()));
        for (EncodedRows rows : List.of(data.train(), data.validation(), data.test())) {
          assertThat(lines(rows)).noneMatch(outer::contains);
        }
      }
    }
    assertThat(seen).hasSize(ROWS - outer.size());
  }

  /** The mean by which numbers are centred must not know of rows that are left out. */
  @Test
  void nothingIsFittedOnRowsThatAreLeftOut() {
    try (Dataset before = open(null, null, 0.2, new Fold(2, 5), new Fold(1, 4))) {
      Set<Long> known = new HashSet<>(lines(before.train()));
      known.addAll(lines(before.validation()));
      known.addAll(lines(before.test()));
      for (int i = 2; i <= ROWS + 1; i++) {
        if (!known.contains((long) i)) {
          lines.set(i - 1, "9999" + lines.get(i - 1).substring(lines.get(i - 1).indexOf(',')));
        }
      }
      try (Dataset after = open(null, null, 0.2, new Fold(2, 5), new Fold(1, 4))) {
        assertThat(lines(after.test())).isEqualTo(lines(before.test()));
        double[] one = new double[1];
        double[] other = new double[1];
        for (int row = 0; row < before.train().rows(); row++) {
          before.train().features(row, one, 0);
          after.train().features(row, other, 0);
          assertThat(other).isEqualTo(one);
        }
      }
    }
  }

  @Test
  void groupsStayWholeInFoldsInSharesAndForStopping() {
    for (int part = 0; part <= 5; part++) {
      try (Dataset data =
          part == 0 ? open("who", null, 0.2) : open("who", null, 0.2, new Fold(part, 5))) {
        Set<String> train = cells(data.train(), 1);
        assertThat(data.test().rows()).isBetween(8, 16);
        assertThat(cells(data.test(), 1)).noneMatch(train::contains);
        assertThat(cells(data.validation(), 1)).isNotEmpty().noneMatch(train::contains);
        assertThat(data.pipeline().featureNames()).noneMatch(name -> name.startsWith("who"));
      }
    }
  }

  @Test
  void moreFoldsThanGroupsAreRefused() {
    assertThatThrownBy(() -> open("who", null, 0.2, new Fold(1, 16)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("at most as many as groups, 15, found 16");
  }

  @Test
  void laterRowsAreTestedOnAndTiesStayOnOneSide() {
    for (int part = 1; part <= 4; part++) {
      try (Dataset data = open(null, "day", 0.2, new Fold(part, 4))) {
        String lastTrained = ((TreeSet<String>) cells(data.train(), 2)).last();
        TreeSet<String> stopped = (TreeSet<String>) cells(data.validation(), 2);
        TreeSet<String> tested = (TreeSet<String>) cells(data.test(), 2);
        assertThat(lastTrained).isLessThan(stopped.first());
        assertThat(stopped.last()).isLessThan(tested.first());
        // windows of a fifth of the rows; what comes later is not known
        assertThat(data.train().rows() + data.validation().rows()).isEqualTo(12 * part);
        assertThat(data.test().rows()).isEqualTo(12);
      }
    }
    try (Dataset data = open(null, "day", 0.2)) {
      assertThat(((TreeSet<String>) cells(data.train(), 2)).last())
          .isLessThan(((TreeSet<String>) cells(data.test(), 2)).first());
      assertThat(data.test().rows()).isEqualTo(12);
    }
  }

  @Test
  void aGroupComesWithItsLatestRow() {
    try (Dataset data = open("who", "day", 0.2)) {
      Set<String> train = cells(data.train(), 1);
      assertThat(data.test().rows()).isPositive();
      assertThat(cells(data.test(), 1)).noneMatch(train::contains);
      String latest = ((TreeSet<String>) cells(data.train(), 2)).last();
      for (String who : cells(data.test(), 1)) {
        String last =
            lines.stream()
                .filter(line -> line.contains("," + who + ","))
                .map(line -> line.split(",")[2])
                .max(String::compareTo)
                .orElseThrow();
        assertThat(last).isGreaterThan(latest);
      }
    }
  }

  @Test
  void missingCellsAndWhatIsNoTimeAreRefusedWithTheirPlaces() {
    IntStream.range(0, ROWS).mapToObj(PartingTest::row).forEach(lines::add);
    lines.set(4, "1.0,,2024-03-02,1");
    assertThatThrownBy(() -> open("who", null, 0.2))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("line 5, column 'who'")
        .hasMessageContaining("found nothing");
    lines.set(4, "1.0,p3,soon,1");
    assertThatThrownBy(() -> open(null, "day", 0.2))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("line 5, column 'day'")
        .hasMessageContaining("found 'soon'");
    assertThatThrownBy(() -> open(null, "dya", 0.2))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found 'dya' (choices: day");
  }
}

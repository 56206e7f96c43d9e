package org.symbreak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbreak.random.Streams;

/** Medians, means and standard deviations of columns, against sorting and against NumPy. */
class MediansTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
  void areThoseOfTheSortedColumn(long seed) {
    RandomGenerator random = Streams.of(seed);
    int rows = 11 + random.nextInt(60);
    double[][] columns = new double[6][rows];
    for (int i = 0; i < rows; i++) {
      columns[0][i] = random.nextGaussian();
      columns[1][i] = random.nextInt(3);
      columns[2][i] = random.nextInt(5) - 2.5;
      columns[3][i] = Math.exp(40 * random.nextGaussian()) * (random.nextBoolean() ? 1 : -1);
      columns[4][i] =
          random.nextBoolean() ? Double.MIN_VALUE * random.nextInt(9) : -Double.MIN_VALUE;
      columns[5][i] = 1 + random.nextInt(4) * Math.ulp(1.0);
    }
    FittedPipeline pipeline = fit(columns);
    for (int j = 0; j < 6; j++) {
      double[] sorted = columns[j].clone();
      Arrays.sort(sorted);
      double median =
          rows % 2 == 1 ? sorted[rows / 2] : sorted[rows / 2 - 1] / 2 + sorted[rows / 2] / 2;
      if (sorted[0] < sorted[rows - 1]) {
        assertThat(number(pipeline, "x" + j).median())
            .isEqualTo(
                rows % 2 == 0 && sorted[rows / 2 - 1] == sorted[rows / 2]
                    ? sorted[rows / 2]
                    : median);
      }
    }
  }

  /** However many candidates are gathered: all, some, or none, so that all bits are counted. */
  @ParameterizedTest
  @ValueSource(ints = {1000, 20, 0})
  void areTheSameHoweverManyAreGathered(int gathered) {
    RandomGenerator random = Streams.of(2);
    double[][] x = new double[3][100];
    for (int i = 0; i < 100; i++) {
      x[0][i] = random.nextGaussian();
      x[1][i] = i < 50 ? -1 : 1;
      x[2][i] = random.nextInt(3);
    }
    String text = CsvFile.table(100, "a,b,c", (i, j) -> x[j][i]);
    DataSpec spec = CsvFile.spec(CsvFile.write(directory, text).toString(), null, 0, 0, true);
    Faults faults = new Faults(new Place(spec.file()));
    try (RawTable table =
        RawTable.read(
            spec, new ColumnReadings(List.of()), Dataset.sha256Digest(), faults, 1 << 20)) {
      double[] medians =
          new Medians(table, Split.none(100), gathered)
              .of(new int[] {0, 1, 2}, new int[] {100, 100, 100});
      double[] sorted = x[0].clone();
      Arrays.sort(sorted);
      assertThat(medians).containsExactly(sorted[49] / 2 + sorted[50] / 2, 0, 1);
    }
  }

  @Test
  void leaveMissingCellsOut() {
    String table = CsvFile.table(12, "a", (i, j) -> i < 5 ? "" : i * i);
    try (Dataset dataset = open(table)) {
      assertThat(number(dataset.pipeline(), "a").median()).isEqualTo(64);
    }
  }

  @Test
  void comeWithTheMomentsThatNumPyGives() {
    // x = np.array([i * i * 0.1 + 1e6 for i in range(50)]); x.mean(), x.std()
    double[] x = IntStream.range(0, 50).mapToDouble(i -> i * i * 0.1 + 1e6).toArray();
    FittedNumber fitted = number(fit(new double[][] {x}), "x0");
    assertThat(fitted.mean()).isCloseTo(1000080.85, within(1e-9));
    assertThat(fitted.scale()).isCloseTo(73.12052037561, within(1e-11));
  }

  @Test
  void comeWithMomentsOfNumbersOfAnySize() {
    for (double unit : new double[] {1e-300, 1e-150, 1, 1e150, 1e300}) {
      double[] x = IntStream.range(0, 50).mapToDouble(i -> (i % 2 == 0 ? 1 : 3) * unit).toArray();
      FittedNumber fitted = number(fit(new double[][] {x}), "x0");
      assertThat(fitted.mean() / unit).isCloseTo(2, within(1e-14));
      assertThat(fitted.scale() / unit).isCloseTo(1, within(1e-14));
    }
  }

  /** As those of time stamps: the sum alone would miss the mean by more than the deviation. */
  @Test
  void comeWithMomentsOfNumbersFarFromZero() {
    double[] x = IntStream.range(0, 1000).mapToDouble(i -> 1e15 + i % 2).toArray();
    FittedNumber fitted = number(fit(new double[][] {x}), "x0");
    assertThat(fitted.mean()).isEqualTo(1e15 + 0.5);
    assertThat(fitted.scale()).isCloseTo(0.5, within(1e-9));
  }

  private static FittedNumber number(FittedPipeline pipeline, String name) {
    return (FittedNumber)
        pipeline.columns().stream()
            .filter(column -> column.name().equals(name))
            .findFirst()
            .orElseThrow();
  }

  /** Fits on all rows. */
  private FittedPipeline fit(double[][] columns) {
    String header =
        String.join(",", IntStream.range(0, columns.length).mapToObj(j -> "x" + j).toList());
    try (Dataset dataset =
        open(CsvFile.table(columns[0].length, header, (i, j) -> columns[j][i]))) {
      return dataset.pipeline();
    }
  }

  private Dataset open(String table) {
    return Dataset.open(
        CsvFile.spec(CsvFile.write(directory, table).toString(), null, 0, 0, true), 1);
  }
}

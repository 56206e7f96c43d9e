package org.symbreak.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.data.EncodedRows;
import org.symbreak.model.Evaluation;
import org.symbreak.network.Precision;
import org.symbreak.problem.InputException;
import org.symbreak.random.Streams;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Setting;
import org.symbreak.setting.Settings;

/** What holds of rows that count differently. */
class CaseWeightsTest {
  private static final String HEADER = "a,b,kind,w,label\n";
  private static final double CLOSE = 1e-10;

  @TempDir private Path directory;

  /** Lines with weights from 0 to 3, and the same rows as often as they count. */
  private record Lines(List<String> weighted, List<String> repeated) {
    static Lines of(int rows, long seed) {
      RandomGenerator random = Streams.of(seed, 1);
      List<String> weighted = new ArrayList<>();
      List<String> repeated = new ArrayList<>();
      for (int i = 0; i < rows; i++) {
        double a = random.nextGaussian();
        double b = 3 + 2 * random.nextGaussian();
        int label = a + 0.5 * b - 1.5 + random.nextGaussian() > 0 ? 1 : 0;
        String kind = List.of("red", "green", "blue").get(i % 3);
        int weight = i % 4;
        weighted.add("%s,%s,%s,%d,%d".formatted(a, b, kind, weight, label));
        for (int copy = 0; copy < weight; copy++) {
          repeated.add("%s,%s,%s,1,%d".formatted(a, b, kind, label));
        }
      }
      return new Lines(weighted, repeated);
    }
  }

  private String write(String name, List<String> lines) throws IOException {
    return Files.writeString(directory.resolve(name), HEADER + String.join("\n", lines) + "\n")
        .toString();
  }

  private static RunSpec spec(String train, String test, Map<? extends Setting<?>, ?> settings) {
    RunSpec usual =
        Defaults.run(DataSpec.of(train, "label", "1").withFractions(0, 0).withFiles(train, test));
    RunSpec run =
        Settings.with(
            usual,
            Map.of(
                Settings.WEIGHT,
                "w",
                Settings.PRECISION,
                Precision.DOUBLE,
                Settings.EARLY_STOPPING,
                false,
                Settings.HIDDEN,
                List.of(4),
                Settings.L2,
                0.01,
                Settings.EPOCHS,
                25L));
    return Settings.with(run, settings);
  }

  private static TrainedRun trained(RunSpec spec) {
    try (Dataset data = Dataset.open(spec.data(), spec.seed())) {
      return Trainer.run(spec, data, List.of());
    }
  }

  private static void areClose(Evaluation found, Evaluation expected) {
    assertThat(found.logLoss()).isCloseTo(expected.logLoss(), within(CLOSE));
    assertThat(found.brier()).isCloseTo(expected.brier(), within(CLOSE));
    assertThat(found.accuracy()).isCloseTo(expected.accuracy(), within(CLOSE));
    assertThat(found.auc()).isCloseTo(expected.auc(), within(CLOSE));
    assertThat(found.prAuc()).isCloseTo(expected.prAuc(), within(CLOSE));
    assertThat(found.f1()).isCloseTo(expected.f1(), within(CLOSE));
    assertThat(found.precision()).isCloseTo(expected.precision(), within(CLOSE));
    assertThat(found.calibrationLine().slope())
        .isCloseTo(expected.calibrationLine().slope(), within(1e-8));
  }

  @ParameterizedTest
  @CsvSource({
    "sgd, fused, 4, false",
    "nesterov, fused, 4, true",
    "adam, fused, 4, false",
    "lbfgs, fused, 4, true",
    "cg, fused, 4, false",
    "lbfgs, fused, '', true",
    "sgd, dl4j, 4, true",
    "adam, dl4j, 4, true",
    "lbfgs, dl4j, 4, false"
  })
  void wholeNumbersAreRowsThatOften(
      String optimizer, String engine, String hidden, boolean balanced) throws IOException {
    Lines train = Lines.of(90, 1);
    Lines test = Lines.of(60, 2);
    Map<Setting<?>, Object> settings =
        Map.of(
            Settings.OPTIMIZER,
            OptimizerSpec.Kind.valueOf(optimizer.toUpperCase(Locale.ROOT)),
            Settings.ENGINE,
            engine,
            Settings.HIDDEN,
            hidden.isEmpty() ? List.of() : List.of(Integer.valueOf(hidden)),
            Settings.CLASS_WEIGHT,
            balanced,
            Settings.EPOCHS, // a search along lines multiplies what rounding differs by
            optimizer.equals("cg") ? 10L : 25L);
    RunSpec byWeight =
        spec(write("w.csv", train.weighted), write("wt.csv", test.weighted), settings);
    RunSpec byRows = spec(write("r.csv", train.repeated), write("rt.csv", test.repeated), settings);
    TrainedRun weighted = trained(byWeight);
    TrainedRun repeated = trained(byRows);
    double[] expected = repeated.bestParameters();
    for (int i = 0; i < expected.length; i++) {
      assertThat(weighted.bestParameters()[i]).isCloseTo(expected[i], within(CLOSE));
    }
    assertThat(weighted.result().loss()).isCloseTo(repeated.result().loss(), within(CLOSE));
    areClose(weighted.result().train(), repeated.result().train());
    areClose(weighted.result().test(), repeated.result().test());
    assertThat(weighted.result().train().effectiveRows()).isLessThan(90 * 0.75);
    assertThat(trained(byWeight.with(Settings.WEIGHT, null).with(Settings.IGNORE, List.of("w"))))
        .satisfies(
            plain ->
                assertThat(plain.result().loss())
                    .isNotCloseTo(repeated.result().loss(), within(1e-4)));
  }

  /** A batch is divided by its rows, so that a row counts the same in whatever batch it is. */
  @Test
  void enginesAgreeInBatchesAndOnesChangeNoBit() throws IOException {
    Lines lines = Lines.of(100, 3);
    String train = write("w.csv", lines.weighted);
    String test = write("t.csv", Lines.of(40, 4).weighted);
    for (String optimizer : List.of("SGD", "ADAM")) {
      Map<Setting<?>, Object> settings =
          Map.of(
              Settings.OPTIMIZER,
              OptimizerSpec.Kind.valueOf(optimizer),
              Settings.BATCH,
              16L,
              Settings.EPOCHS,
              4L,
              Settings.CLASS_WEIGHT,
              true);
      RunSpec spec = spec(train, test, settings);
      double[] fused = trained(spec.withEngine("fused")).bestParameters();
      double[] stock = trained(spec.withEngine("dl4j")).bestParameters();
      for (int i = 0; i < fused.length; i++) {
        assertThat(fused[i]).isCloseTo(stock[i], within(CLOSE));
      }
    }
    String same = write("same.csv", lines.repeated); // each weight is 1
    RunSpec one = spec(same, test, Map.of(Settings.BATCH, 16L)).withEngine("fused");
    RunSpec none = one.with(Settings.WEIGHT, null).with(Settings.IGNORE, List.of("w"));
    assertThat(trained(one).bestParameters()).isEqualTo(trained(none).bestParameters());
  }

  @Test
  void nothingIsLearnedFromThemAndThePartsAreTheSame() throws IOException {
    String file = write("w.csv", Lines.of(120, 5).weighted);
    DataSpec plain = DataSpec.of(file, "label", "1");
    RunSpec run = Defaults.run(plain);
    try (Dataset weighted = Dataset.open(run.with(Settings.WEIGHT, "w").data(), 1);
        Dataset other = Dataset.open(run.with(Settings.IGNORE, List.of("w")).data(), 1)) {
      assertThat(weighted.pipeline().featureNames()).doesNotContain("w");
      assertThat(lines(weighted.train())).isEqualTo(lines(other.train()));
      assertThat(lines(weighted.validation())).isEqualTo(lines(other.validation()));
      assertThat(weighted.train().totalWeight()).isCloseTo(weighted.train().rows(), within(1e-9));
      double mean = 0;
      double[] features = new double[weighted.train().features()];
      for (int row = 0; row < weighted.train().rows(); row++) {
        weighted.train().features(row, features, 0);
        mean += weighted.train().weight(row) * features[0];
      }
      assertThat(mean / weighted.train().rows()).isCloseTo(0, within(1e-12));
      assertThat(weighted.notices())
          .anyMatch(notice -> notice.startsWith("column 'w': rows count"));
    }
  }

  private static List<Long> lines(EncodedRows rows) {
    return IntStream.range(0, rows.rows()).mapToObj(rows::line).toList();
  }

  @Test
  void whatIsNoWeightIsRefusedWithItsPlace() throws IOException {
    List<String> lines = new ArrayList<>(Lines.of(40, 6).weighted);
    for (String wrong : List.of("-1", "", "x", "1e999", "NaN")) {
      lines.set(7, "1,2,red," + wrong + ",1");
      String file = write("bad.csv", lines);
      assertThatThrownBy(() -> open(file, "w"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("line 9, column 'w': expected a weight, a finite number from 0");
    }
    String fine = write("fine.csv", Lines.of(40, 6).weighted);
    assertThatThrownBy(() -> open(fine, "wait"))
        .hasMessageContaining("--weight: expected columns of");
    assertThatThrownBy(() -> open(fine, "label"))
        .hasMessageContaining("--weight: expected another column than the label");
    lines.replaceAll(line -> line.replaceFirst(",[^,]*,([01])$", ",0,$1"));
    String none = write("none.csv", lines);
    assertThatThrownBy(() -> open(none, "w"))
        .hasMessageContaining("expected training rows with a weight above 0, found none");
  }

  private static void open(String file, String column) {
    RunSpec run = Defaults.run(DataSpec.of(file, "label", "1")).with(Settings.WEIGHT, column);
    Dataset.open(run.data(), 1).close();
  }

  @Test
  void membersTakeThemToo() throws IOException {
    String train = write("w.csv", Lines.of(90, 7).weighted);
    String test = write("wt.csv", Lines.of(50, 8).weighted);
    RunSpec run =
        spec(train, test, Map.of(Settings.MEMBERS, 3L, Settings.CLASS_WEIGHT, true))
            .withEngine("fused");
    RunResult weighted = trained(run).result();
    assertThat(weighted.validation().rows()).isEqualTo(90);
    assertThat(weighted.validation().effectiveRows()).isLessThan(90);
    assertThat(weighted.test().logLoss())
        .isNotEqualTo(
            trained(run.with(Settings.WEIGHT, null).with(Settings.IGNORE, List.of("w")))
                .result()
                .test()
                .logLoss());
    try (Dataset data = Dataset.open(run.data(), 1)) {
      for (Dataset part : new Members(ResolvedRun.of(run, data)).parts()) {
        assertThat(part.train().totalWeight()).isCloseTo(part.train().rows(), within(1e-9));
      }
    }
  }
}

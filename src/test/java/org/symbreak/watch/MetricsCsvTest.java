package org.symbreak.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.symmetry.LayerSymmetry;

class MetricsCsvTest {
  private static final LayerSymmetry LAYER =
      new LayerSymmetry(1, 4, 3, 2, 1e-5, -0.1, 0.1, 1.0, null, null, 1 / 3.0, 0.0, null);

  @TempDir Path directory;

  @Test
  void writesARowARecordThatReadsBackExactly() throws IOException {
    Path file = directory.resolve("metrics.csv");
    try (MetricsCsv metrics = MetricsCsv.append(file)) {
      metrics.accept(
          new SimilarityRecord(0, 0, 0.6931471805599453, null, List.of(LAYER), List.of(), false));
      metrics.accept(
          new SimilarityRecord(
              10, 2, null, Double.MIN_VALUE, List.of(LAYER), Arrays.asList(1e-300, null), true));
      assertThat(file).as("rows are there as they come").content().hasLineCount(3);
      metrics.force();
    }
    assertThat(file)
        .hasContent(
            "iteration,epoch,loss,validationLoss,layer1.distinctUnits,layer1.distinctUnitsWithinTolerance,layer1.meanCosine,layer1.meanAbsCosine,layer1.maxAbsCosine,layer1.meanActivationCosine,layer1.maxActivationCosine,layer1.effectiveRank,layer1.saturated,layer1.dead,layer1.gradientNorm,output.gradientNorm\n"
                + "0,0,0.6931471805599453,,3,2,-0.1,0.1,1.0,,,0.3333333333333333,0.0,,,\n"
                + "10,2,,4.9E-324,3,2,-0.1,0.1,1.0,,,0.3333333333333333,0.0,,1.0E-300,\n");
  }

  @Test
  void goesOnAsIfItHadNotBeenInterrupted() throws IOException {
    Path whole = directory.resolve("whole.csv");
    Path resumed = directory.resolve("resumed.csv");
    write(whole, 0, 10, 20, 30, 40);
    write(resumed, 0, 10, 20, 30);
    Files.writeString(
        resumed, Files.readString(resumed) + "40,4,0.1"); // killed in the middle of a row
    MetricsCsv.cutBack(resumed, 20);
    write(resumed, 30, 40);
    assertThat(resumed).hasSameTextualContentAs(whole);
  }

  @Test
  void cutsBackToNothingWhereNoRowWasWrittenWhole() throws IOException {
    Path file = directory.resolve("metrics.csv");
    MetricsCsv.cutBack(file, 5);
    assertThat(file).doesNotExist();
    Files.writeString(file, "iteration,ep");
    MetricsCsv.cutBack(file, 5);
    Path fresh = directory.resolve("fresh.csv");
    write(file, 0, 10);
    write(fresh, 0, 10);
    assertThat(file).hasSameTextualContentAs(fresh);
  }

  private static void write(Path file, long... iterations) throws IOException {
    List<SimilarityRecord> records = new ArrayList<>();
    for (long iteration : iterations) {
      records.add(
          new SimilarityRecord(
              iteration,
              iteration / 10,
              1.0 / (iteration + 1),
              null,
              List.of(LAYER),
              List.of(0.5, 0.25),
              false));
    }
    try (MetricsCsv metrics = MetricsCsv.append(file)) {
      records.forEach(metrics);
    }
  }
}

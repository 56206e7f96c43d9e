package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.symbreak.guard.StockZips;

class InspectAndMendTest {
  @TempDir Path directory;
  private Path healthy;
  private Path pair;

  @BeforeEach
  void saveNetworks() {
    MultiLayerNetwork network = StockZips.network(1, DataType.FLOAT, Activation.TANH, 3, 6);
    healthy = StockZips.save(network, directory);
    StockZips.copyUnit(network, 0, 1, 4, 1);
    pair = StockZips.save(network, directory);
  }

  @Test
  void inspectEndsWithThreeAtAnAlarmAndWithZeroWithoutOne() {
    CommandRun alarm = CommandRun.of("inspect", pair);
    assertThat(alarm.code()).isEqualTo(ExitCode.ALARM);
    assertThat(alarm.out())
        .contains("written by deeplearning4j")
        .contains("ALARM  identical: Units 2 and 5 of hidden layer 1 are identical")
        .containsPattern("\n1 +5 of 6 +5 ");
    CommandRun quiet = CommandRun.of("inspect", healthy);
    assertThat(quiet.code()).isEqualTo(ExitCode.DONE);
    assertThat(quiet.out())
        .contains("No alarm: 6 of 6 units of hidden layer 1 distinct, effective rank")
        .doesNotContain("ALARM");
  }

  @Test
  void inspectWritesOneJsonDocument() throws IOException {
    CommandRun run = CommandRun.of("inspect", pair, "--json");
    assertThat(run.code()).isEqualTo(ExitCode.ALARM);
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.at("/symmetry/distinctUnits").intValue()).isEqualTo(5);
    assertThat(json.at("/hidden/0/identical").toString()).isEqualTo("[[2,5]]");
  }

  @Test
  void mendMergesAndSplitsWhatInspectFound() throws IOException {
    Path merged = directory.resolve("merged.zip");
    CommandRun merge = CommandRun.of("mend", pair, "-o", merged, "--merge");
    assertThat(merge.code()).isEqualTo(ExitCode.DONE);
    assertThat(merge.out())
        .contains("hidden units [5], before [6]")
        .contains("parameters   26, before 31")
        .contains("Wrote " + merged);
    assertThat(CommandRun.of("inspect", merged).code()).isEqualTo(ExitCode.DONE);
    Path split = directory.resolve("split.zip");
    CommandRun apart =
        CommandRun.of("mend", pair, "-o", split, "--split", "--change", "0.001", "--json");
    assertThat(new ObjectMapper().readTree(apart.out()).at("/largestChange").doubleValue())
        .isBetween(1e-5, 1e-3);
    assertThat(CommandRun.of("inspect", split).code()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void refusesWhatMakesNoSense() throws IOException {
    Path none = directory.resolve("none.zip");
    CommandRun missing = CommandRun.of("inspect", none);
    assertThat(missing.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(missing.err()).contains("none.zip").doesNotContain("Exception");
    CommandRun neither = CommandRun.of("mend", pair, "-o", none);
    assertThat(neither.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(neither.err().lines().toList())
        .containsExactly(
            "symbreak: arguments: expected one of --merge, --split, found none",
            "Help: symbreak mend --help");
    CommandRun two = CommandRun.of("mend", pair, "-o", none, "--merge", "--split");
    assertThat(two.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(two.err())
        .startsWith(
            "symbreak: arguments: expected one of --merge, --split, found more than one of them");
    CommandRun both = CommandRun.of("mend", pair, "-o", none, "--split", "--within-range");
    assertThat(both.err())
        .startsWith("symbreak: --within-range: expected --merge beside it, found --split");
    assertThat(Files.exists(none)).isFalse();
  }

  @Test
  void writesNothingWhereThereIsNothingToMend() {
    Path none = directory.resolve("none.zip");
    CommandRun split = CommandRun.of("mend", healthy, "-o", none, "--split");
    assertThat(split.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(split.err())
        .startsWith(
            "symbreak: "
                + healthy
                + ": expected identical hidden units to split, found none, so that nothing is"
                + " written");
    CommandRun merge = CommandRun.of("mend", healthy, "-o", none, "--merge");
    assertThat(merge.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(merge.err())
        .startsWith(
            "symbreak: "
                + healthy
                + ": expected redundant hidden units to merge, found none, so that nothing is"
                + " written");
    assertThat(none).doesNotExist();
  }
}

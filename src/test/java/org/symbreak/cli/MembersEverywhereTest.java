package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.setting.RunJson;

/** Networks that are made one, from verb to verb. */
class MembersEverywhereTest {
  @TempDir private Path directory;

  private Path moons() {
    Path file = directory.resolve("moons.csv");
    assertThat(CommandRun.of("data", "moons", "-o", file, "--rows", "120", "--share", "0.6").code())
        .isZero();
    return file;
  }

  private static List<Double> foretold(Path model, Path file, Path out) throws IOException {
    assertThat(CommandRun.of("predict", "--model", model, file, "--out", out).code()).isZero();
    return Files.readAllLines(out).stream()
        .skip(1)
        .map(line -> Double.valueOf(line.split(",")[1]))
        .toList();
  }

  /** A member's figures are not those of what all members make. */
  @Test
  void whatIsWrongWithAMemberIsSaidOfThatMember() {
    CommandRun train =
        CommandRun.of(
            "train",
            moons(),
            "--members",
            "2",
            "--init",
            "zeros",
            "--epochs",
            "20",
            "--no-report",
            "--out",
            directory.resolve("run"));
    assertThat(train.out())
        .contains("\n- of member 1 alone: all 16 hidden units of layer 1 are the same")
        .doesNotContain("\n- all");
  }

  /** From zeros a member is a unit; two members are two. */
  @Test
  void inspectNamesTheBlocksAndMendMergesWithinThem() throws IOException {
    Path file = moons();
    Path run = directory.resolve("run");
    CommandRun train =
        CommandRun.of(
            "train",
            file,
            "--members",
            "2",
            "--init",
            "zeros",
            "--activation",
            "sigmoid",
            "--hidden",
            "3",
            "--epochs",
            "60",
            "--no-report",
            "--out",
            run,
            "--json");
    assertThat(train.code()).isZero();
    JsonNode result = RunJson.parse("train", train.out());
    assertThat(result.path("validation").path("rows").asInt()).isEqualTo(96);
    assertThat(result.path("notices").toString()).contains("foretold by it alone");
    CommandRun inspect = CommandRun.of("inspect", run);
    assertThat(inspect.code()).isEqualTo(ExitCode.ALARM);
    assertThat(inspect.out())
        .contains(
            "members    2 networks side by side, whose log odds are averaged: units 1-3, 4-6 of"
                + " hidden layer 1");
    Path merged = directory.resolve("merged.zip");
    CommandRun mend = CommandRun.of("mend", run, "-o", merged, "--merge");
    assertThat(mend.out()).contains("hidden units [2], before [6]");
    assertThat(CommandRun.of("inspect", merged).out()).doesNotContain("side by side");
    List<Double> before = foretold(run, file, directory.resolve("before.csv"));
    List<Double> after = foretold(merged, file, directory.resolve("after.csv"));
    for (int row = 0; row < before.size(); row++) {
      assertThat(after.get(row)).isCloseTo(before.get(row), within(1e-6));
    }
    CommandRun split = CommandRun.of("mend", run, "-o", directory.resolve("split.zip"), "--split");
    assertThat(split.code()).isZero();
  }

  @Test
  void blocksOfDeeperLayersAreApart() {
    Path run = directory.resolve("deep");
    CommandRun.of(
        "train",
        moons(),
        "--members",
        "3",
        "--hidden",
        "4/2",
        "--epochs",
        "5",
        "--no-report",
        "--out",
        run);
    assertThat(CommandRun.of("inspect", run).out())
        .contains("units 1-4, 5-8, 9-12 of hidden layer 1; units 1-2, 3-4, 5-6 of hidden layer 2");
    assertThat(CommandRun.of("inspect", run.resolve("member-2")).out())
        .doesNotContain("side by side");
  }

  @Test
  void compareAndSweepTakeThem() throws IOException {
    Path file = moons();
    CommandRun compare =
        CommandRun.of(
            "compare",
            file,
            "--members",
            "2",
            "--hidden",
            "3",
            "--init",
            "glorot,gaussian:0.01",
            "--seeds",
            "2",
            "--epochs",
            "5",
            "--no-report",
            "--out",
            directory.resolve("compare"));
    assertThat(compare.code()).as(compare.err()).isZero();
    Path spec = directory.resolve("spec.yaml");
    Files.writeString(
        spec,
        "data: %s\nlabel: label\nmembers: [1, 2]\nhidden: [3]\nepochs: 5\nseeds: 1\n"
            .formatted(file));
    CommandRun sweep =
        CommandRun.of("sweep", spec, "--no-report", "--out", directory.resolve("sweep"));
    assertThat(sweep.code()).as(sweep.err()).isZero();
    List<String> ledger = Files.readAllLines(directory.resolve("sweep/ledger.csv"));
    assertThat(ledger).hasSize(3);
    assertThat(ledger.get(0)).contains("members");
  }
}

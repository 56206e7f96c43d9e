package org.symbreak.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.RunSpec;

class SweepSpecTest {
  @TempDir private Path directory;

  @Test
  void aGridIsEveryCombinationOnce() throws IOException {
    List<RunSpec> runs =
        runs(
            """
            init: [gaussian, glorot, zeros]
            scale: 1e-2..1e2:3
            depth: [0, 2]
            width: 4
            seeds: 5
            """);
    // three scales of gaussian, glorot and zeros once: five starts; depth 0 has the same starts
    assertThat(runs).hasSize(5 * 2 * 5).doesNotHaveDuplicates();
    assertThat(
            runs.stream()
                .map(run -> run.network().weights().toString())
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            "gaussian:0.01", "gaussian:1", "gaussian:100", "glorot", "zeros");
    assertThat(runs.stream().map(run -> run.network().hidden()).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(List.of(), List.of(4, 4));
    assertThat(runs.subList(0, 10)).allSatisfy(run -> assertThat(run.seed()).isEqualTo(1));
    assertThat(runs).allSatisfy(run -> assertThat(run.budget().earlyStopping()).isFalse());
  }

  @Test
  void whatIsLeftOutIsAsInTrain() throws IOException {
    RunSpec run = runs("label: y\n").get(0);
    assertThat(run.network().hidden()).containsExactly(16);
    assertThat(run.network().weights()).hasToString("glorot");
    assertThat(run.optimizer()).isEqualTo(Defaults.optimizer());
    assertThat(run.budget().batchSize()).isEqualTo(BudgetSpec.AUTO);
    assertThat(run.data().label()).isEqualTo("y");
    assertThat(run.threads()).isEqualTo(1);
  }

  @Test
  void samplesDrawDistinctSettingsOfTheRangesAndRepeatWithTheirSeed() throws IOException {
    String spec =
        """
        init: [gaussian, he]
        scale: 1e-4..1e3
        depth: 1..8
        learning-rate: 0.001..1
        sample: 40
        sample-seed: %d
        seeds: [7, 9]
        """;
    List<RunSpec> runs = runs(spec.formatted(1));
    assertThat(runs).hasSize(80).doesNotHaveDuplicates();
    assertThat(runs).isEqualTo(runs(spec.formatted(1))).isNotEqualTo(runs(spec.formatted(2)));
    assertThat(runs)
        .allSatisfy(run -> assertThat(run.optimizer().learningRate()).isBetween(0.001, 1.0));
    Set<Long> seeds = runs.stream().map(RunSpec::seed).collect(Collectors.toSet());
    assertThat(seeds).containsExactlyInAnyOrder(7L, 9L);
    double belowOne =
        runs.stream().filter(run -> run.optimizer().learningRate() < 0.0316).count() / 80.0;
    // half of them below the geometric middle, within four standard deviations
    assertThat(belowOne).isBetween(0.5 - 4 * Math.sqrt(0.25 / 40), 0.5 + 4 * Math.sqrt(0.25 / 40));
  }

  @Test
  void aSampleAsLargeAsTheGridIsTheGrid() throws IOException {
    assertThat(runs("depth: 1..5\nsample: 9\n")).isEqualTo(runs("depth: 1..5\n"));
  }

  @Test
  void rangesHaveTidyPointsAtEqualRatios() {
    assertThat(AxisValues.logarithmic(1e-4, 1e3, 8))
        .containsExactly(1e-4, 1e-3, 1e-2, 0.1, 1.0, 10.0, 100.0, 1000.0);
    assertThat(AxisValues.logarithmic(1, 8, 3)).containsExactly(1.0, 2.82843, 8.0);
  }

  @Test
  void aLineSearchHasNoRate() throws IOException {
    assertThat(runs("optimizer: [lbfgs, sgd]\nlearning-rate: [0.1, 0.2, 0.3]\n")).hasSize(4);
  }

  @Test
  void everyMistakeIsListedWithItsPlace() throws IOException {
    Path file = directory.resolve("bad.yaml");
    Files.writeString(
        file,
        """
        data: nowhere.csv
        init: [gaus, glorot]
        scale: 1e-4..1e3
        depth: [1, many]
        activation: tahn
        optimiser: sgd
        learning-rate: -1
        seeds: 0
        hidden: 16/x
        batch: 0
        """);
    InputException mistakes =
        catchThrowableOfType(InputException.class, () -> SweepSpec.of(SweepFile.read(file)));
    assertThat(
            mistakes.problems().stream()
                .map(Problem::place)
                .map(place -> place.replace(file.toString(), "bad.yaml"))
                .distinct())
        .containsExactlyInAnyOrder(
            "bad.yaml line 1, 'data'",
            "bad.yaml line 2, 'init'",
            "bad.yaml line 3, 'scale'",
            "bad.yaml line 4, 'depth'",
            "bad.yaml line 5, 'activation'",
            "bad.yaml line 6, 'optimiser'",
            "bad.yaml line 7, 'learning-rate'",
            "bad.yaml line 8, 'seeds'",
            "bad.yaml line 9, 'hidden'",
            "bad.yaml line 10, 'batch'");
    assertThat(mistakes)
        .hasMessageContaining(
            "'init': expected an initialization, found 'gaus' (choices: gaussian,");
    assertThat(mistakes)
        .hasMessageContaining("'activation': expected an activation, found 'tahn' (choices: tanh,");
    assertThat(mistakes).hasMessageContaining("'optimiser' (choices: optimizer,");
    assertThat(mistakes)
        .hasMessageContaining(
            "LOW..HIGH:POINTS, or 'sample' (--sample) beside a range to draw from");
  }

  @Test
  void yamlIsOneMappingOfValuesAndListsAndNothingElse() throws IOException {
    assertYaml(
        "init: {a: 1}\n",
        "line 1, 'init': expected a value or a list of values, found nested ones");
    assertYaml(
        "init: &x zeros\nscale: *x\n",
        "line 2, 'scale': expected a value or a list of values, found an alias");
    assertYaml(
        "init:\nscale: 1\n", "line 1, 'init': expected a value or a list of values, found nothing");
    assertYaml(
        "init: []\n", "line 1, 'init': expected a value or a list of values, found an empty list");
    assertYaml(
        "init: !!java.net.URL [\"http://x\"]\n",
        "line 1, 'init': expected a value or a list of values, found a tag");
    assertYaml("init: zeros\ninit: he\n", "line 2, 'init': expected each key once");
    assertYaml("- zeros\n", "expected keys with values");
    assertYaml("", "expected keys with values");
    assertYaml("init: [zeros\n", "expected YAML");
    assertYaml("init: zeros\n---\ninit: he\n", "expected the end of the file");
    assertYaml("a: " + "[".repeat(3000) + "\n", "expected");
    assertYaml("a: " + "x".repeat(1 << 20), "at most 1048576 bytes");
  }

  @Test
  void tooManyRunsAreRefused() throws IOException {
    assertThatThrownBy(
            () -> runs("scale: 1e-4..1e4:1000\ninit: gaussian\nl2: 1e-4..1:1000\nseeds: 2\n"))
        .hasMessageContaining("at most 1000000 runs, found 2000000; 'sample'");
  }

  @Test
  void optionsReplaceWhatTheFileSays() throws IOException {
    List<SweepEntry> entries =
        new ArrayList<>(SweepFile.read(write("depth: [1, 2, 3]\nseeds: 2\n")));
    entries.add(SweepEntry.option("depth", List.of("4")));
    assertThat(SweepSpec.of(entries).runs())
        .hasSize(2)
        .allSatisfy(run -> assertThat(run.network().hidden()).hasSize(4));
  }

  private void assertYaml(String yaml, String message) throws IOException {
    Path file = directory.resolve("some.yaml");
    Files.writeString(file, yaml);
    assertThatThrownBy(() -> SweepFile.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  private List<RunSpec> runs(String yaml) throws IOException {
    return SweepSpec.of(SweepFile.read(write(yaml))).runs();
  }

  private Path write(String yaml) throws IOException {
    Path data = Files.writeString(directory.resolve("data.csv"), "x,y\n");
    return Files.writeString(directory.resolve("sweep.yaml"), "data: " + data + "\n" + yaml);
  }
}

package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbreak.data.GeneratedData;

/** The verbs {@code claims}, {@code gradcheck} and {@code symmetry}. */
class ClaimsCommandTest {
  private static final Path CIRCLES = Path.of("data", "circles.csv");
  private static Path file;

  @BeforeAll
  static void draw(@TempDir Path directory) throws Exception {
    file = directory.resolve("moons.csv");
    try (Writer writer = Files.newBufferedWriter(file)) {
      GeneratedData.MOONS.generate(new GeneratedData.Recipe(60, 0.1, 1, 0.6, 0.8)).writeCsv(writer);
    }
  }

  @Test
  void judgesTheClaimsThatAreAskedFor() throws Exception {
    CommandRun run =
        CommandRun.of(
            "claims", "c1", "C14", "--data", file, "--hidden", 4, "--no-report", "--json");
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode results = new ObjectMapper().readTree(run.out());
    assertThat(results).hasSize(2);
    JsonNode first = results.get(0);
    assertThat(first.get("id").asText()).isEqualTo("C1");
    assertThat(first.get("verdict").asText()).isEqualTo("holds");
    assertThat(first.get("number").asDouble()).isZero();
    assertThat(first.get("bound").asText()).isEqualTo("= 0");
    assertThat(first.get("measured").asText()).contains("differ in any bit");
    assertThat(first.get("why").asText()).isEqualTo("the measurement keeps its bound");
    assertThat(results.get(1).get("table").get("rows")).hasSize(29);
  }

  @Test
  void saysItInWords() {
    CommandRun run = CommandRun.of("claims", "C1", "--data", file, "--no-report");
    assertThat(run.out())
        .contains("C1    holds  (no chance enters: one seed says all)", "The lecture: With W1 = 0")
        .contains("(bound = 0)")
        .endsWith("1 of 1 claims hold on these data." + System.lineSeparator());
  }

  @Test
  void refusesClaimsThatThereAreNot() {
    CommandRun run = CommandRun.of("claims", "C99", "--data", file);
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.err()).contains("expected a claim, found 'C99' (choices: C9");
  }

  @Test
  void checksGradients() throws Exception {
    CommandRun run =
        CommandRun.of("gradcheck", file, "--hidden", "3/2", "--activation", "relu", "--json");
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode check = new ObjectMapper().readTree(run.out());
    assertThat(check.get("groups")).hasSize(6);
    assertThat(check.get("relativeDifference").asDouble())
        .isLessThan(check.get("threshold").asDouble());
    assertThat(CommandRun.of("gradcheck", file).out())
        .contains("layer 1 weights")
        .contains("Right: relative difference");
  }

  @Test
  void followsTheSymmetry() throws Exception {
    CommandRun run =
        CommandRun.of(
            "symmetry",
            file,
            "--init",
            "constant:0.1",
            "--hidden",
            3,
            "--iterations",
            10,
            "--json");
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode trace = new ObjectMapper().readTree(run.out());
    assertThat(trace.get("steps")).hasSize(11);
    assertThat(trace.get("steps").get(10).get("layers").get(0).get("groups").toString())
        .isEqualTo("[[1,2,3]]");
    assertThat(trace.get("answer").asText()).startsWith("No sign of it");
    assertThat(CommandRun.of("symmetry", file, "--init", "constant:0.1", "--iterations", 10).out())
        .contains("ever leave the symmetric state on this machine?");
  }

  @Test
  void refusesToFollowWhatHasNoSteps() {
    CommandRun run = CommandRun.of("symmetry", file, "--optimizer", "lbfgs");
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.err()).contains("--optimizer");
    assertThat(CommandRun.of("symmetry", file, "--hidden", "none").code())
        .isEqualTo(ExitCode.WRONG_INPUT);
  }

  @Test
  void gradcheckSaysWhereItTestsLittle() {
    String remark = "That tests little: ";
    CommandRun zeros = CommandRun.of("gradcheck", CIRCLES, "--init", "zeros", "--hidden", 4);
    assertThat(zeros.code()).isEqualTo(ExitCode.DONE);
    assertThat(zeros.out()).contains(remark + "17 of 17 gradients are 0 on both sides.");
    assertThat(CommandRun.of("gradcheck", CIRCLES, "--init", "glorot").out())
        .doesNotContain(remark);
  }

  @ParameterizedTest
  @CsvSource({
    "gradcheck,--epochs=5",
    "gradcheck,--batch=10",
    "gradcheck,--patience=3",
    "gradcheck,--no-early-stopping",
    "gradcheck,--threshold=0.9",
    "gradcheck,--precision=double",
    "gradcheck,--optimizer=nesterov",
    "gradcheck,--learning-rate=0.1",
    "symmetry,--epochs=5",
    "symmetry,--patience=3",
    "symmetry,--no-early-stopping",
    "symmetry,--threshold=0.9"
  })
  void optionsThatWouldDoNothingAreUnknown(String verb, String option) {
    CommandRun run = CommandRun.of(verb, CIRCLES, option);
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.err())
        .startsWith(
            "symbreak: arguments: expected an option of symbreak %s, found '%s'"
                .formatted(verb, option.split("=")[0]));
  }

  @Test
  void symmetrySaysBetweenWhichUnitsItsDistanceIs() {
    CommandRun run =
        CommandRun.of(
            "symmetry",
            "data/breast-cancer.csv",
            "--label",
            "diagnosis",
            "--init",
            "gaussian:0.1",
            "--iterations",
            2);
    assertThat(run.out())
        .contains("largest distance of two units that began the same")
        .doesNotContain("grows by");
  }
}

package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastCommandTest {
  @TempDir private Path directory;

  @Test
  void saysThreeSentencesAndTrainsNothingUnlessAsked() {
    CommandRun run =
        CommandRun.of("forecast", "data/moons.csv", "--hidden", "8/8", "--init", "gaussian:0.1");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out())
        .contains("Signal, measured in passes", "Waiting, integrated", "Constant, by mean-field")
        .doesNotContain("measured, seed");
  }

  @Test
  void verifiesByTraining() throws IOException {
    CommandRun run =
        CommandRun.of(
            "forecast",
            "data/moons.csv",
            "--init",
            "gaussian:0.01",
            "--epochs",
            200,
            "--verify",
            "--no-report",
            "--json");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.DONE);
    JsonNode document = new ObjectMapper().readTree(run.out());
    assertThat(document.path("measured")).hasSize(3);
    long forecast = document.at("/forecast/waiting/plateauEnd").asLong();
    assertThat(document.at("/measured/0/plateauEnd").asLong())
        .isBetween(forecast / 2, 2 * forecast + 2);
  }

  @Test
  void whatIsVerifiedIsOnAPageAndWhatIsNotHasNone() {
    Path page = directory.resolve("forecast.html");
    CommandRun unverified = CommandRun.of("forecast", "data/moons.csv", "--out", page);
    assertThat(unverified.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(unverified.err()).startsWith("symbreak: --out: expected --verify beside it");
    CommandRun run =
        CommandRun.of("forecast", "data/moons.csv", "--epochs", 30, "--verify", "--out", page);
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("To look at: " + page);
    assertThat(page).content().contains("moons.csv: the plateau ends at step ", "by forecast");
    CommandRun again =
        CommandRun.of("forecast", "data/moons.csv", "--epochs", 30, "--verify", "--out", page);
    assertThat(again.err()).contains("--force to replace it");
  }

  /** Said before anything is written, and so also where nothing can be. */
  @Test
  void trainSaysBeforeALongRunWhatToExpect() {
    CommandRun brief = train(20);
    assertThat(brief.code()).as(brief.err()).isEqualTo(ExitCode.DONE);
    assertThat(brief.err()).doesNotContain("Waiting");
    CommandRun endless = train(1_000_000_000);
    assertThat(endless.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(endless.err()).contains("Waiting: never, derived from the first gradient");
  }

  private CommandRun train(int epochs) {
    return CommandRun.of(
        "train",
        "data/moons.csv",
        "--init",
        "zeros",
        "--epochs",
        epochs,
        "--no-report",
        "--out",
        directory.resolve("run"));
  }

  @Test
  void refusesWhatTrainRefuses() {
    CommandRun run =
        CommandRun.of("forecast", "data/moons.csv", "--optimizer", "lbfgs", "--verify");
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.err()).startsWith("symbreak: --verify: expected an optimizer");
  }

  @Test
  void aRunThatBeganFromTheRowsIsRepeatedBitForBit() throws IOException {
    Path first = directory.resolve("first");
    Path again = directory.resolve("again");
    for (String init : new String[] {"lsuv", "data", "critical"}) {
      assertThat(
              CommandRun.of(
                      "train",
                      "data/moons.csv",
                      "--init",
                      init,
                      "--hidden",
                      "4/4",
                      "--epochs",
                      20,
                      "--no-report",
                      "--force",
                      "--out",
                      first)
                  .code())
          .isEqualTo(ExitCode.DONE);
      CommandRun repeated =
          CommandRun.of(
              "train",
              "--from",
              first.resolve("run.json"),
              "--no-report",
              "--force",
              "--out",
              again);
      assertThat(repeated.code()).as(repeated.err()).isEqualTo(ExitCode.DONE);
      assertThat(Files.readString(again.resolve("metrics.csv")))
          .isEqualTo(Files.readString(first.resolve("metrics.csv")));
    }
  }
}

package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong arguments: what is said, and that all of it is said at once. */
class ArgumentsTest {
  @Test
  void standardInputIsNoMissingFile() {
    CommandRun wrong = CommandRun.of("predict", "--model", "nowhere.zip", "-", "--bogus");
    assertThat(wrong.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(wrong.err()).contains("--bogus", "nowhere.zip").doesNotContain("-: expected a file");
  }

  @Test
  void symmetryTellsOfAllThatIsWrong() {
    CommandRun wrong =
        CommandRun.of(
            "symmetry", "nowhere.csv", "--optimizer", "lbfgs", "--learning-rate", 1, "--batch", 5);
    assertThat(wrong.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(wrong.err()).contains("nowhere.csv", "--learning-rate", "--batch");
  }

  @Test
  void listsEveryMistakeAtOnce() {
    CommandRun run =
        CommandRun.of(
            "train",
            "x.csv",
            "--epochs",
            "0",
            "--learning-rate=-1",
            "--init",
            "gausian",
            "--hidden",
            "a/b",
            "--lable",
            "y",
            "--class-weight",
            "z");
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .satisfiesExactlyInAnyOrder(
            line ->
                assertThat(line)
                    .isEqualTo("symbreak: --epochs: expected a whole number from 1, found '0'"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "symbreak: --learning-rate: expected a learning rate above 0 and up to 1e6,"
                            + " usually between 0.0001 and 10, found '-1'"),
            line ->
                assertThat(line)
                    .startsWith("symbreak: --init: expected an initialization")
                    .contains("'gausian' (choices: gaussian, "),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "symbreak: --hidden: expected units a hidden layer, each from 1, separated"
                            + " by '/', such as 16 or 16/8, or 'none', found 'a/b'"),
            line ->
                assertThat(line)
                    .startsWith(
                        "symbreak: arguments: expected an option of symbreak train, found '--lable'"
                            + " (choices: --label, "),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "symbreak: --class-weight: expected one of the choices, found 'z' (choices:"
                            + " none, balanced)"),
            line ->
                assertThat(line)
                    .isEqualTo("symbreak: x.csv: expected a file, found nothing of that name"),
            line -> assertThat(line).isEqualTo("Help: symbreak train --help"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --learning-rate    | NaN
          --learning-rate    | Infinity
          --learning-rate    | 1e300
          --learning-rate    | 0
          --learning-rate    | 0x10
          --learning-rate    | 1d
          --momentum         | 1
          --momentum         | -0.1
          --l2               | -1
          --l2               | NaN
          --epochs           | -3
          --epochs           | 1.5
          --epochs           | 99999999999
          --patience         | 0
          --batch            | 0
          --batch            | some
          --hidden           | 0
          --hidden           | 16//8
          --hidden           | -4
          --activation       | thanh
          --init             | gaussian:abc
          --init             | uniform:-1
          --init             | gaussian:NaN
          --bias-init        | nothing
          --precision        | half
          --optimizer        | adamw
          --decay            | step:0.5
          --decay            | exponential:-1
          --decay            | sometimes
          --seed             | 1.5
          --seed             | 99999999999999999999
          --threads          | 0
          --engine           | cudnn
          --backend          | tpu
          --threshold        | 1.5
          --threshold        | f2
          --test-fraction    | 1
          --test-fraction    | -0.2
          --test-fraction    | NaN
          --validation-fraction | 2
          --separator        | ;;
          --decimal          | ;
          --class-weight     | heavy
          --log-every        | 0
          --checkpoint-every | 0
          """)
  void refusesAbsurdValues(String option, String value) {
    CommandRun run = CommandRun.of("train", "data/circles.csv", option, value);
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.err()).startsWith("symbreak: " + option).contains("expected").contains(value);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void listsOfInitializationsAreReadWithTheOtherOptions() {
    CommandRun run =
        CommandRun.of(
            "compare",
            "data/circles.csv",
            "--init",
            "zeros,gausian,huh",
            "--seeds",
            "abc",
            "--activation",
            "foo");
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.err())
        .contains(
            "symbreak: --init: expected an initialization, found 'gausian' (choices: gaussian")
        .contains("symbreak: --init: expected an initialization, found 'huh'")
        .contains("symbreak: --seeds: expected a whole number from 1, found 'abc'")
        .contains("symbreak: --activation: expected an activation, found 'foo'");
    assertThat(run.err().lines()).hasSize(5);
  }

  @Test
  void aSweepsOwnValuesAreReadWithTheOtherOptions() {
    CommandRun run = CommandRun.of("sweep", "nowhere.csv", "--init", "gausian", "--jobs", "0");
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.err())
        .contains("symbreak: --jobs: expected a whole number from 1, found '0'")
        .contains("symbreak: --init: expected an initialization, found 'gausian'")
        .contains("symbreak: FILE: expected a CSV file, found 'nowhere.csv', which is not there");
    assertThat(CommandRun.of("sweep", "nowhere.yaml"))
        .isEqualTo(
            new CommandRun(
                ExitCode.WRONG_INPUT,
                "",
                "symbreak: nowhere.yaml: expected a file, found nothing of that name"
                    + System.lineSeparator()));
  }

  @Test
  void filesThatAreNotThereAreNamedBesideOtherMistakes() {
    assertThat(
            CommandRun.of(
                    "train",
                    "nowhere.csv",
                    "--test",
                    "neither.csv",
                    "--out",
                    "new",
                    "--init",
                    "gausian")
                .err()
                .lines())
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).startsWith("symbreak: --init: expected an initialization"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "symbreak: nowhere.csv: expected a file, found nothing of that name"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "symbreak: neither.csv: expected a file, found nothing of that name"),
            line -> assertThat(line).isEqualTo("Help: symbreak train --help"));
  }

  @Test
  void everyContradictionIsNamedAtOnce() {
    for (String verb : new String[] {"train", "compare", "advise"}) {
      CommandRun run =
          CommandRun.of(
              verb,
              "nowhere.csv",
              "--batch",
              "5000",
              "--optimizer",
              "lbfgs",
              "--momentum",
              "0.5",
              "--learning-rate",
              "1",
              "--separator",
              ";",
              "--quote",
              ";");
      assertThat(run.code()).isEqualTo(ExitCode.WRONG_INPUT);
      assertThat(run.err().lines())
          .satisfiesExactlyInAnyOrder(
              line -> assertThat(line).startsWith("symbreak: nowhere.csv: expected a file"),
              line -> assertThat(line).startsWith("symbreak: --batch: expected 'full'"),
              line -> assertThat(line).startsWith("symbreak: --momentum: expected --optimizer"),
              line -> assertThat(line).startsWith("symbreak: --learning-rate: expected"),
              line -> assertThat(line).startsWith("symbreak: --separator and --quote: expected"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          train --optimizer adam --momentum 0.5 x.csv          | --momentum: expected --optimizer nesterov beside it, found --optimizer adam
          train --optimizer lbfgs --batch 32 x.csv             | --batch: expected 'full' with an optimizer that searches along lines, found 32
          train --optimizer cg --learning-rate 1 x.csv         | --learning-rate: expected an optimizer with a learning rate, found --optimizer cg
          train --no-early-stopping --patience 3 x.csv         | --patience: expected early stopping, found --no-early-stopping
          train --separator ; --quote ; x.csv                  | --separator and --quote: expected two different characters, found ';' for both
          train                                                | train: expected a FILE, --from RUN.JSON or --resume DIRECTORY, found none of them
          train x.csv --from y/run.json                        | train: expected a FILE, --from RUN.JSON or --resume DIRECTORY, found more than one of them
          """)
  void refusesWhatContradictsItself(String command, String message) {
    CommandRun run = CommandRun.of((Object[]) command.strip().split(" "));
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.err()).contains("symbreak: " + message);
  }

  @Test
  void namesTheNearestVerbs() {
    CommandRun run = CommandRun.of("tarin", "x.csv");
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.err())
        .startsWith("symbreak: arguments: expected a verb, found 'tarin' (choices: train, ")
        .endsWith("Help: symbreak --help" + System.lineSeparator());
  }

  @Test
  void namesWhatIsMissing() {
    CommandRun run = CommandRun.of("evaluate");
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.err())
        .contains("symbreak: --model: expected a value, found none")
        .contains("symbreak: FILE: expected a value, found none");
  }

  @Test
  void refusesAnOptionGivenTwice() {
    CommandRun run = CommandRun.of("train", "x.csv", "--seed", "1", "--seed", "2");
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.err()).startsWith("symbreak: --seed: expected to be given once, found it twice");
  }

  @Test
  void refusesABackendThatIsNotThere() {
    CommandRun run = CommandRun.of("train", "data/circles.csv", "--backend", "cuda");
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.err())
        .startsWith("symbreak: --backend: expected a backend on the class path")
        .contains("-Pcuda")
        .contains("(choices: cpu)");
  }

  @Test
  void showsNoStackTraceUnlessAsked() {
    assertThat(CommandRun.of("train", "nowhere.csv").err()).doesNotContain("\tat ");
    assertThat(CommandRun.of("train", "nowhere.csv", "--stacktrace").err()).contains("\tat ");
  }
}

package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong arguments: what is said, and that all of it is said at once. */
class ArgumentsTest {
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
                        "symbreak: --learning-rate: expected a learning rate above 0 and up to 1e6, usually between 0.0001 and 10, found '-1'"),
            line ->
                assertThat(line)
                    .startsWith("symbreak: --init: expected an initialization")
                    .contains("'gausian' (choices: gaussian, "),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "symbreak: --hidden: expected units a hidden layer, each from 1, separated by '/', such as 16 or 16/8, or 'none', found 'a/b'"),
            line ->
                assertThat(line)
                    .startsWith(
                        "symbreak: arguments: expected an option of symbreak train, found '--lable' (choices: --label, "),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "symbreak: --class-weight: expected one of the choices, found 'z' (choices: none, balanced)"),
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          train --optimizer adam --momentum 0.5 x.csv          | --momentum: expected --optimizer nesterov beside it, found --optimizer adam
          train --optimizer lbfgs --batch 32 x.csv             | --batch: expected 'full' with an optimizer that searches along lines, found 32
          train --optimizer cg --learning-rate 1 x.csv         | --learning-rate, --decay: expected an optimizer with a learning rate, found --optimizer cg
          train --no-early-stopping --patience 3 x.csv         | --patience: expected early stopping, found --no-early-stopping
          train --separator ; --quote ; x.csv                  | --separator and --quote: expected two different characters, found ';' for both
          train                                                | train: expected a FILE, --from RUN.JSON or --resume DIRECTORY, found none of them
          train x.csv --from y/run.json                        | train: expected a FILE, --from RUN.JSON or --resume DIRECTORY, found more than one of them
          """)
  void refusesWhatContradictsItself(String command, String message) {
    CommandRun run = CommandRun.of((Object[]) command.strip().split(" "));
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.err()).startsWith("symbreak: " + message);
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

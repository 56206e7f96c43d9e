package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbreak.init.Initializations;
import picocli.AutoComplete;
import picocli.CommandLine;

class HelpTest {
  static Stream<String> verbs() {
    return Symbreak.commandLine().getSubcommands().keySet().stream()
        .filter(verb -> !verb.equals("generate-completion"));
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void everyVerbExplainsItselfWithAnExample(String verb) {
    CommandRun run = CommandRun.of(verb, "--help");
    assertThat(run.code()).isEqualTo(ExitCode.DONE);
    assertThat(run.out())
        .startsWith("Usage: symbreak " + verb)
        .containsPattern("Examples?:")
        .contains("  symbreak " + verb + " ")
        .contains("--json")
        .contains("--stacktrace");
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void examplesParse(String verb) {
    CommandLine root = Symbreak.commandLine();
    for (String line : root.getSubcommands().get(verb).getCommandSpec().usageMessage().footer()) {
      if (line.startsWith("  symbreak ")) {
        String command =
            line.replaceFirst("  symbreak ", "").replaceAll("   .*", "").replaceAll("\\(.*", "");
        Symbreak.commandLine().parseArgs(command.strip().split("\\s+"));
      }
    }
  }

  @Test
  void rootListsTheVerbsAndTheExitCodes() {
    CommandRun run = CommandRun.of("--help");
    assertThat(run.code()).isEqualTo(ExitCode.DONE);
    verbs().forEach(verb -> assertThat(run.out()).containsPattern("(?m)^  " + verb + " "));
    assertThat(run.out()).contains("Exit codes: 0 done, 1 failed while running, 2 wrong arguments");
  }

  @Test
  void groupsTheOptionsOfTrain() {
    String help = CommandRun.of("train", "--help").out();
    assertThat(help)
        .containsSubsequence(
            "Options:",
            "Data:",
            "CSV format:",
            "Network:",
            "Optimizer:",
            "Budget:",
            "Machine:",
            "Output:",
            "General:");
    Set<String> options =
        new TreeSet<>(
            Set.of(
                "--label",
                "--positive",
                "--hidden",
                "--activation",
                "--init",
                "--bias-init",
                "--l2",
                "--precision"));
    options.addAll(
        Set.of(
            "--optimizer",
            "--learning-rate",
            "--momentum",
            "--decay",
            "--batch",
            "--epochs",
            "--patience",
            "--no-early-stopping"));
    options.addAll(
        Set.of(
            "--class-weight",
            "--threshold",
            "--seed",
            "--engine",
            "--threads",
            "--backend",
            "--log-every",
            "--checkpoint-every"));
    options.addAll(
        Set.of(
            "--out",
            "--force",
            "--no-report",
            "--from",
            "--resume",
            "--test",
            "--test-fraction",
            "--validation-fraction"));
    options.addAll(
        Set.of(
            "--separator",
            "--decimal",
            "--quote",
            "--no-header",
            "--missing",
            "--numeric",
            "--categorical",
            "--ignore",
            "--no-standardize"));
    options.forEach(option -> assertThat(help).contains(option));
    Initializations.names().forEach(name -> assertThat(help).contains(name));
  }

  @Test
  void showsTheVersion() {
    CommandRun run = CommandRun.of("--version");
    assertThat(run.code()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).matches("(?s)symbreak \\d+\\.\\d+\\.\\d+\\RJava .*");
  }

  @Test
  void completesVerbsAndOptionsInAShell() {
    CommandRun run = CommandRun.of("generate-completion");
    assertThat(run.code()).isEqualTo(ExitCode.DONE);
    assertThat(run.out())
        .isEqualToIgnoringNewLines(
            AutoComplete.bash("symbreak", Symbreak.commandLine()) + System.lineSeparator());
    assertThat(run.out()).contains("--learning-rate");
  }
}

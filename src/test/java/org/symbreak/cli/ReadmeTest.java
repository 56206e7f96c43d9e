package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's commands do what the README shows. Runs each block of commands in a directory of its
 * own, one after the other, and compares the output line by line, figures aside. {@code mvn -Pslow
 * test -Dtest=ReadmeTest -Dreadme=write} puts the real output in instead.
 */
@Tag("slow")
class ReadmeTest {
  private static final Path README = Path.of("README.md");
  private static final String DEMONSTRATION = "<!-- output of: scripts/symbreak -->";

  /** More lines than this of one command's output are cut where the README is written. */
  private static final int MOST_LINES = 40;

  @Test
  void commandsShowWhatTheyPrint(@TempDir Path directory) throws Exception {
    Files.createDirectories(directory.resolve("data"));
    for (String name : List.of("circles.csv", "breast-cancer.csv")) {
      Files.copy(Path.of("data", name), directory.resolve("data").resolve(name));
    }
    List<String> shown = Files.readAllLines(README);
    List<String> real = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      String line = shown.get(i);
      real.add(line);
      if (line.equals(DEMONSTRATION)) {
        real.add(shown.get(++i));
        real.addAll(output(directory, "scripts/symbreak"));
        i = endOfBlock(shown, i + 1) - 1;
      } else if (line.equals("```console")) {
        int end = endOfBlock(shown, i + 1);
        for (String command :
            shown.subList(i + 1, end).stream().filter(l -> l.startsWith("$ ")).toList()) {
          real.add(command);
          real.addAll(output(directory, command.substring(2)));
        }
        i = end - 1;
      }
    }
    if ("write".equals(System.getProperty("readme"))) {
      Files.write(README, real);
    }
    assertThat(shown.stream().map(ReadmeTest::withoutFigures))
        .containsExactlyElementsOf(real.stream().map(ReadmeTest::withoutFigures).toList());
  }

  private static int endOfBlock(List<String> lines, int from) {
    int end = from;
    while (!lines.get(end).equals("```")) {
      end++;
    }
    return end;
  }

  /** Standard output, or standard error where there is none. */
  private static List<String> output(Path directory, String command)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(Arrays.asList(command.split(" ")));
    if (words.get(0).equals("scripts/symbreak")) {
      words.remove(0);
      words.addAll(
          0,
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "--add-modules=jdk.incubator.vector"));
      words.addAll(
          2, List.of("-cp", System.getProperty("java.class.path"), "org.symbreak.cli.Symbreak"));
    }
    File out = directory.resolve("out").toFile();
    File err = directory.resolve("err").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(directory.toFile())
            .redirectOutput(out)
            .redirectError(err);
    builder.environment().putAll(Map.of("OMP_NUM_THREADS", "1", "COLUMNS", "100"));
    int code = builder.start().waitFor();
    List<String> lines = Files.readAllLines(out.toPath(), StandardCharsets.UTF_8);
    if (lines.isEmpty()) {
      lines =
          Files.readAllLines(err.toPath(), StandardCharsets.UTF_8).stream()
              .filter(l -> !l.contains("incubator"))
              .toList();
    }
    assertThat(code)
        .as(command + "\n" + lines)
        .isIn(ExitCode.DONE, ExitCode.WRONG_INPUT, ExitCode.ALARM);
    return lines.size() <= MOST_LINES ? lines : List.of("...");
  }

  /** Seconds depend on the machine, and so may the last digits of other figures. */
  private static String withoutFigures(String line) {
    return line.replaceAll("[0-9][0-9.]*(E-?[0-9]+)?", "#")
        .replaceAll("\\(.*threads?, (float|double)\\)", "(#)")
        .replaceAll(" +", " ");
  }
}

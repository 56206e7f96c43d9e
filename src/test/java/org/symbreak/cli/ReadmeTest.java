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
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commands of the README and of the pages in docs/ do what is shown. Runs a page's blocks of
 * commands in a directory of its own, one after the other, and compares the output line by line,
 * figures aside; a line of three dots stands for any lines. {@code mvn -Pslow test
 * -Dtest=ReadmeTest -Dreadme=write} puts the real output in instead.
 */
@Tag("slow")
class ReadmeTest {
  private static final String DEMONSTRATION = "<!-- output of: scripts/symbreak -->";
  private static final String LEFT_OUT = "...";

  /** More lines than this of one command's output are cut where a page is written. */
  private static final int MOST_LINES = 40;

  static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      return Stream.concat(Stream.of(Path.of("README.md")), docs.sorted())
          .filter(page -> page.toString().endsWith(".md"))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void commandsShowWhatTheyPrint(Path page, @TempDir Path directory) throws Exception {
    Files.createDirectories(directory.resolve("data"));
    for (String name : List.of("circles.csv", "breast-cancer.csv")) {
      Files.copy(Path.of("data", name), directory.resolve("data").resolve(name));
    }
    List<String> shown = Files.readAllLines(page);
    List<String> real = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      String line = shown.get(i);
      real.add(line);
      if (line.equals(DEMONSTRATION)) {
        real.add(shown.get(++i));
        real.addAll(output(directory, "scripts/symbreak"));
        i = endOfBlock(shown, i + 1) - 1;
      } else if (line.equals("```yaml")) {
        Files.write(
            directory.resolve(fileName(shown.get(i - 2))),
            shown.subList(i + 1, endOfBlock(shown, i + 1)));
      } else if (line.equals("```console")) {
        int end = endOfBlock(shown, i + 1);
        while (++i < end) {
          String command = shown.get(i);
          assertThat(command).as("the first line of a block of commands").startsWith("$ ");
          int next = i + 1;
          while (next < end && !shown.get(next).startsWith("$ ")) {
            next++;
          }
          real.add(command);
          real.addAll(
              leavingOut(shown.subList(i + 1, next), output(directory, command.substring(2))));
          i = next - 1;
        }
        i = end - 1;
      }
    }
    if ("write".equals(System.getProperty("readme"))) {
      Files.write(page, real);
    }
    assertThat(shown.stream().map(ReadmeTest::withoutFigures))
        .containsExactlyElementsOf(real.stream().map(ReadmeTest::withoutFigures).toList());
  }

  /** The real lines, with three dots where the page has them, if the others are there in order. */
  private static List<String> leavingOut(List<String> shown, List<String> real) {
    if (!shown.contains(LEFT_OUT)) {
      return real.size() <= MOST_LINES ? real : List.of(LEFT_OUT);
    }
    List<String> kept = new ArrayList<>();
    int from = 0;
    for (String line : shown) {
      int at = from;
      while (at < real.size() && !withoutFigures(real.get(at)).equals(withoutFigures(line))) {
        at++;
      }
      if (!line.equals(LEFT_OUT) && at == real.size()) {
        return real;
      }
      kept.add(line.equals(LEFT_OUT) ? line : real.get(at));
      from = line.equals(LEFT_OUT) ? from : at + 1;
    }
    return kept;
  }

  /** The text before a block of a file's content ends with the file's name and a colon. */
  private static String fileName(String text) {
    return text.replaceFirst(".* (\\S+):", "$1");
  }

  /** The first page is one: what is longer goes to docs/. */
  @Test
  void theFirstPageIsShort() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("README.md"));
    assertThat(lines).hasSizeLessThanOrEqualTo(160);
    assertThat(lines.stream().filter(line -> !line.startsWith("![")))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(125));
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
    return lines;
  }

  /** Seconds depend on the machine, and so may the last digits of other figures. */
  private static String withoutFigures(String line) {
    return line.replaceAll("[0-9][0-9.]*(E-?[0-9]+)?", "#")
        .replaceAll("\\(.*threads?, (float|double)\\)", "(#)")
        .replaceAll(" +", " ");
  }
}

package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that cannot be trained on: exit code 2, and a message with file, line, column, what was
 * expected and what was found.
 */
class BadInputTest {
  private static final String GOOD = "a,b,label\n" + rows(12);

  @TempDir private Path directory;

  @Test
  void noFile() {
    refused(directory.resolve("nowhere.csv"), "nowhere.csv: expected", "file");
  }

  @Test
  void aDirectory() {
    refused(directory, directory + ": expected", "directory");
  }

  @Test
  void anEmptyFile() throws IOException {
    refused(file(""), "data.csv", "expected", "empty");
  }

  @Test
  void headerOnly() throws IOException {
    refused(file("a,b,label\n"), "data.csv", "rows");
  }

  @Test
  void raggedRows() throws IOException {
    refused(
        file(GOOD + "1,2\n1,2,0,4\n"),
        "data.csv line 14: expected 3 cells as in the header, found 2, and the same fault on line"
            + " 15");
  }

  @Test
  void anUnterminatedQuote() throws IOException {
    refused(file(GOOD + "\"1,2,0\n"), "data.csv line 14", "quote");
  }

  @Test
  void notUtf8() throws IOException {
    byte[] bytes = (GOOD + "1,é,0\n").getBytes(StandardCharsets.ISO_8859_1);
    refused(file(bytes), "data.csv line 14", "UTF-8");
  }

  @Test
  void nulBytes() throws IOException {
    refused(file(GOOD + "1,\0,0\n"), "data.csv line 14", "NUL");
  }

  @Test
  void cellsThatAreNoFiniteNumbers() throws IOException {
    for (String cell : new String[] {"NaN", "Infinity", "1e400", "-inf"}) {
      refused(
          file(GOOD + "1," + cell + ",0\n"),
          "data.csv line 14, column 'b': expected",
          "'" + cell + "'");
    }
  }

  @Test
  void anEnormousLine() throws IOException {
    Path file = directory.resolve("data.csv");
    byte[] digits = new byte[1 << 20];
    Arrays.fill(digits, (byte) '1');
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(GOOD.getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 200; i++) {
        out.write(digits);
      }
    }
    refused(file, "data.csv line 14", "expected");
  }

  @Test
  void anUnknownLabelColumnNamesTheNearest() throws IOException {
    CommandRun run = refused(file(GOOD), "expected", "'lable'", "--label", "lable");
    assertThat(run.err()).contains("(choices: label");
  }

  @Test
  void oneClass() throws IOException {
    refused(file("a,b,label\n" + rows(12).replace(",1\n", ",0\n")), "column 'label'", "two", "12");
  }

  @Test
  void threeClasses() throws IOException {
    refused(file(GOOD + "1,2,7\n"), "column 'label'", "two", "'7'");
  }

  @Test
  void fewerThanTenRows() throws IOException {
    refused(file("a,b,label\n" + rows(6)), "data.csv", "10", "6");
  }

  @Test
  void everyFaultAtOnce() throws IOException {
    CommandRun run = refused(file(GOOD + "x,2,0\n1,2\n1,y,0\n"), "data.csv line 15");
    assertThat(run.err().lines().filter(line -> line.startsWith("symbreak: ")).count())
        .isGreaterThanOrEqualTo(1);
  }

  @Test
  void aModelThatIsNone() throws IOException {
    Path model = directory.resolve("model.zip");
    Files.writeString(model, "no zip");
    CommandRun run = CommandRun.of("predict", "--model", model, file(GOOD));
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("symbreak: " + model).contains("expected");
  }

  /** Trains on it, and expects a refusal with these words. */
  private CommandRun refused(Path file, String... wordsThenOptions) {
    boolean label =
        wordsThenOptions.length > 2
            && wordsThenOptions[wordsThenOptions.length - 2].equals("--label");
    String[] words =
        label ? Arrays.copyOf(wordsThenOptions, wordsThenOptions.length - 2) : wordsThenOptions;
    CommandRun run =
        CommandRun.of(
            "train",
            file,
            "--label",
            label ? wordsThenOptions[wordsThenOptions.length - 1] : "label",
            "--out",
            directory.resolve("run"),
            "--json");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("symbreak: ").contains(words).doesNotContain("\tat ");
    assertThat(directory.resolve("run")).doesNotExist();
    return run;
  }

  private Path file(String text) throws IOException {
    return file(text.getBytes(StandardCharsets.UTF_8));
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(directory.resolve("data.csv"), bytes);
  }

  private static String rows(int count) {
    StringBuilder rows = new StringBuilder();
    IntStream.range(0, count)
        .forEach(
            i ->
                rows.append(i * 0.5)
                    .append(',')
                    .append((i * 7) % 5 + 0.25)
                    .append(',')
                    .append(i % 2)
                    .append('\n'));
    return rows.toString();
  }
}

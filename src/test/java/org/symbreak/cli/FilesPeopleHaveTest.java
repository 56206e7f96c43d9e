package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no plain CSV, through train, predict and evaluate. */
class FilesPeopleHaveTest {
  private static final Path PACKED = Path.of("src/test/resources/source");

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"table.csv.gz", "table.csv.bz2", "table.csv.zst", "table.zip"})
  void trainOnCompressedRowsAsOnPlainOnes(String name) throws IOException {
    Path plain = PACKED.resolve("table.csv");
    Path packed = PACKED.resolve(name);
    JsonNode expected = train(plain, "plain", "fused");
    JsonNode run = train(packed, "packed", "fused");
    assertThat(run.path("test")).isEqualTo(expected.path("test"));
    assertThat(train(packed, "dl4j", "dl4j").at("/test/auc").asDouble())
        .isEqualTo(run.at("/test/auc").asDouble());
    Path model = directory.resolve("packed");
    for (String verb : List.of("predict", "evaluate")) {
      String out = CommandRun.of(verb, "--model", model, plain).out();
      assertThat(CommandRun.of(verb, "--model", model, packed).out()).isEqualTo(out).isNotEmpty();
      assertThat(piped(Files.readAllBytes(packed), verb, "--model", model, "-").out())
          .isEqualTo(out);
    }
    assertThat(CommandRun.of("evaluate", "--model", model, packed, "--part", "test").code())
        .isZero();
  }

  @Test
  void trainsOnStandardInput() throws IOException {
    byte[] rows = Files.readAllBytes(PACKED.resolve("table.csv.gz"));
    Path out = directory.resolve("piped");
    CommandRun run = piped(rows, "train", "-", "--out", out, "--epochs", 5, "--no-report");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(
            "The rows came from standard input: neither --from nor --resume can repeat this run");
    assertThat(CommandRun.of("evaluate", "--model", out, PACKED.resolve("table.csv")).code())
        .isZero();
    assertThat(CommandRun.of("train", "--from", out).err())
        .contains(
            "--from: expected a run whose rows are in a file, found one whose rows came from"
                + " standard input (choices: symbreak train FILE ...)");
    assertThat(piped("a,b,label\n1,2,y\n".getBytes(StandardCharsets.UTF_8), "train", "-").err())
        .contains(
            "standard input: expected at least 10 rows, to train on some and test on others, found"
                + " 1");
  }

  @ParameterizedTest
  @CsvSource({"UTF-16, UTF-16", "windows-1252, windows-1252", "UTF-16LE, utf-16le"})
  void namesTheEncodingThatATextIsIn(String encoding, String option) throws IOException {
    StringBuilder text = new StringBuilder("Größe;label\n");
    for (int i = 0; i < 40; i++) {
      text.append(i * 7 % 11).append(";").append(i % 3 == 0 ? "müde" : "wach").append('\n');
    }
    Path file = directory.resolve("data.csv");
    Files.write(file, text.toString().getBytes(Charset.forName(encoding)));
    CommandRun refused = CommandRun.of("train", file, "--separator", ";");
    assertThat(refused.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(refused.err()).contains("--encoding " + encoding);
    Path out = directory.resolve("run");
    CommandRun run =
        CommandRun.of(
            "train", file, "--separator", ";", "--encoding", option, "--out", out, "--epochs", 3);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("'müde' is positive");
    assertThat(CommandRun.of("predict", "--model", out, file).out()).contains("müde");
    assertThat(CommandRun.of("train", "--from", out, "--out", directory.resolve("again")).code())
        .isZero();
    assertThat(CommandRun.of("train", file, "--encoding", "utf-99").err())
        .contains("--encoding: expected the name of an encoding, found 'utf-99'");
  }

  @Test
  void trainsOnArff() throws IOException {
    StringBuilder text = new StringBuilder("@relation r\n@attribute x numeric\n");
    text.append("@attribute code {1,2,3}\n@attribute class {good,bad}\n@data\n");
    for (int i = 0; i < 60; i++) {
      text.append(i * 7 % 11).append(',').append(i % 3 + 1).append(',');
      text.append(i * 7 % 11 > 4 ? "good\n" : "bad\n");
    }
    Path file = Files.writeString(directory.resolve("data.arff"), text);
    for (String engine : List.of("fused", "dl4j")) {
      JsonNode run = train(file, engine, engine);
      assertThat(run.path("features").asInt()).as("x, and code as categories").isEqualTo(5);
      assertThat(run.at("/test/auc").asDouble()).isGreaterThan(0.9);
    }
    Path csv = Files.writeString(directory.resolve("new.csv"), "code,x\n1,9\n3,0\n");
    assertThat(CommandRun.of("predict", "--model", directory.resolve("fused"), csv).out())
        .contains("1,0.", "2,0.");
  }

  @Test
  void trainsOnLibsvm() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int x = i * 7 % 11;
      rows.add((x > 4 ? "+1" : "-1") + (x > 0 ? " 1:" + x : "") + (i % 3 == 0 ? " 5:0.5" : ""));
    }
    Path file = Files.writeString(directory.resolve("a1a"), String.join("\n", rows) + "\n");
    for (String engine : List.of("fused", "dl4j")) {
      JsonNode run = train(file, engine, engine);
      assertThat(run.path("positive").asText()).isEqualTo("1");
      assertThat(run.at("/test/auc").asDouble()).isGreaterThan(0.9);
    }
    Path narrow = Files.writeString(directory.resolve("a1a.t"), "1 1:9\n-1\n-1 2:4 77:1\n");
    CommandRun predicted = CommandRun.of("predict", "--model", directory.resolve("fused"), narrow);
    assertThat(predicted.out().lines()).as(predicted.err()).hasSize(4);
    assertThat(
            piped(Files.readAllBytes(narrow), "predict", "--model", directory.resolve("fused"), "-")
                .out())
        .isEqualTo(predicted.out());
    assertThat(CommandRun.of("train", file, "--test", narrow, "--epochs", 2).code()).isZero();
  }

  private JsonNode train(Path file, String name, String engine) throws IOException {
    CommandRun run =
        CommandRun.of(
            "train",
            file,
            "--out",
            directory.resolve(name),
            "--engine",
            engine,
            "--epochs",
            40,
            "--no-report",
            "--json");
    assertThat(run.code()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out());
  }

  private static CommandRun piped(byte[] bytes, Object... args) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(bytes));
    try {
      return CommandRun.of(args);
    } finally {
      System.setIn(before);
    }
  }
}

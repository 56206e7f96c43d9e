package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a file to a model by Deeplearning4j and DataVec alone, and by the fused engine. */
class TwoRoadsTest {
  private static final List<String> STOCK =
      List.of(
          "org.datavec.api.transform.TransformProcess",
          "org.datavec.api.records.reader.impl.transform.TransformProcessRecordReader",
          "org.deeplearning4j.datasets.datavec.RecordReaderDataSetIterator");

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "breast-cancer.csv, diagnosis",
    "circles.csv, label",
    "credit.csv, Status",
    "house-votes-84.csv, Class",
    "moons.csv, label",
    "moons-60-40.csv, label",
    "sonar.csv, Class"
  })
  void leadToTheSameNumbersOnShippedFiles(String name, String label) throws IOException {
    assertSame("data/" + name, label);
  }

  @ParameterizedTest
  @ValueSource(strings = {"xor", "moons", "circles"})
  void leadToTheSameNumbersOnGeneratedSets(String name) throws IOException {
    Path file = directory.resolve(name + ".csv");
    assertThat(CommandRun.of("data", name, "--rows", 300, "--out", file).code()).isZero();
    assertSame(file.toString(), "label");
  }

  /** The classes that a JVM of its own loads say which road it took. */
  @Test
  void deeplearning4jsGoesByStockClasses() throws Exception {
    assertThat(loaded("dl4j")).containsAll(STOCK);
    assertThat(loaded("fused")).doesNotContainAnyElementsOf(STOCK);
  }

  private void assertSame(String file, String label) throws IOException {
    JsonNode dl4j = train(file, label, "dl4j");
    JsonNode fused = train(file, label, "fused");
    for (String part : List.of("train", "validation", "test")) {
      for (String figure : List.of("logLoss", "auc", "accuracy")) {
        assertThat(dl4j.at("/" + part + "/" + figure).asDouble())
            .as("%s of %s", figure, part)
            .isCloseTo(fused.at("/" + part + "/" + figure).asDouble(), within(1e-9));
      }
    }
    assertThat(dl4j.path("engine").asText()).isEqualTo("dl4j");
  }

  private JsonNode train(String file, String label, String engine) throws IOException {
    CommandRun run = CommandRun.of(command(file, label, engine).toArray());
    assertThat(run.code()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out());
  }

  private List<String> command(String file, String label, String engine) {
    return List.of(
        "train",
        file,
        "--label",
        label,
        "--engine",
        engine,
        "--precision",
        "double",
        "--batch",
        "64",
        "--epochs",
        "5",
        "--no-early-stopping",
        "--threads",
        "1",
        "--no-report",
        "--out",
        directory.resolve(engine).toString(),
        "--json");
  }

  private List<String> loaded(String engine) throws IOException, InterruptedException {
    Path log = directory.resolve("classes.txt");
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx500m",
                "-Xlog:class+load:file=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                "org.symbreak.cli.Symbreak"));
    line.addAll(command("data/moons.csv", "label", engine));
    Process process =
        new ProcessBuilder(line)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
    return Files.readAllLines(log).stream()
        .map(entry -> entry.replaceFirst("^.*\\] (\\S+) source:.*$", "$1"))
        .toList();
  }
}

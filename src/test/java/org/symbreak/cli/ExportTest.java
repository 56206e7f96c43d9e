package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.datavec.api.split.FileSplit;
import org.datavec.api.writable.NullWritable;
import org.datavec.api.writable.Writable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbreak.data.ColumnEncoding;
import org.symbreak.data.LabelUse;
import org.symbreak.data.RowStream;
import org.symbreak.data.StrictCsvRecordReader;
import org.symbreak.model.Classifier;
import org.symbreak.model.Predictor;
import org.symbreak.model.SavedModel;

/** Models as ONNX files, scored by onnxruntime, and in a Java program. */
class ExportTest {
  private static final Path WEB =
      Path.of(
          System.getProperty("user.home"), ".cache", "symbreak", "onnxruntime-web", "node_modules");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "breast-cancer.csv, diagnosis, tanh/relu",
    "credit.csv, Status, sigmoid",
    "house-votes-84.csv, Class, leakyrelu/elu",
    "sonar.csv, Class, softplus/identity"
  })
  void onnxruntimeScoresEveryRowOfTheShippedFilesAsWeDo(
      String name, String label, String activations) throws Exception {
    Path data = Path.of("data", name);
    Path run = directory.resolve("run");
    train(data, label, activations, run);
    SavedModel model = SavedModel.load(run.resolve("model.zip"));
    double[] expected = predicted(model, data);
    List<Map<String, Object>> rows = rows(model, data);
    assertThat(rows).hasSameSizeAs(expected);

    Classifier classifier = Classifier.open(run);
    assertThat(classifier.probabilities(rows)).isEqualTo(expected);

    assertThat(worst(run, "float", model, rows, expected)).isLessThan(1e-6);
    assertThat(worst(run, "double", model, rows, expected)).isLessThan(1e-12);
  }

  /** Without Node or the package, which scripts/install-browser-tests fetches, it is skipped. */
  @ParameterizedTest
  @CsvSource({
    "breast-cancer.csv, diagnosis, tanh/relu",
    "credit.csv, Status, sigmoid",
    "house-votes-84.csv, Class, leakyrelu/elu",
    "sonar.csv, Class, softplus/identity"
  })
  void aBrowserScoresEveryRowOfTheShippedFilesAsWeDo(String name, String label, String activations)
      throws Exception {
    assumeThat(WEB.resolve("onnxruntime-web")).isDirectory();
    Path data = Path.of("data", name);
    Path run = directory.resolve("run");
    train(data, label, activations, run);
    SavedModel model = SavedModel.load(run.resolve("model.zip"));
    double[] expected = predicted(model, data);
    Path rows = directory.resolve("rows.json");
    new ObjectMapper().writeValue(rows.toFile(), byColumn(model, rows(model, data)));
    for (String type : List.of("float", "double")) {
      Path onnx = export(run, type);
      Path scores = directory.resolve(type + ".json");
      Process node =
          new ProcessBuilder("node", "src/test/networks/score.mjs", WEB + "", onnx + "", rows + "")
              .redirectOutput(scores.toFile())
              .redirectError(directory.resolve("node.err").toFile())
              .start();
      assertThat(node.waitFor()).as(() -> read(directory.resolve("node.err"))).isZero();
      JsonNode scored = new ObjectMapper().readTree(scores.toFile());
      assertThat(scored.path("probability")).hasSize(expected.length);
      double largest = 0;
      for (int row = 0; row < expected.length; row++) {
        double probability = scored.path("probability").get(row).asDouble();
        largest = Math.max(largest, Math.abs(probability - expected[row]));
      }
      assertThat(largest).isLessThan(type.equals("float") ? 1e-6 : 1e-12);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  private static Map<String, Map<String, Object>> byColumn(
      SavedModel model, List<Map<String, Object>> rows) {
    Map<String, Map<String, Object>> columns = new HashMap<>();
    for (ColumnEncoding column : model.pipeline().encodings()) {
      List<Object> cells = new ArrayList<>();
      for (Map<String, Object> row : rows) {
        Object cell = row.get(column.name());
        cells.add(cell instanceof Double number && number.isNaN() ? null : cell);
      }
      columns.put(column.name(), Map.of(column.number() ? "numbers" : "texts", cells));
    }
    return columns;
  }

  private Path export(Path run, String type) {
    Path onnx = directory.resolve(type + ".onnx");
    CommandRun export =
        type.equals("double")
            ? CommandRun.of("export", run, "-o", onnx, "--double")
            : CommandRun.of("export", run, "-o", onnx);
    assertThat(export.code()).as(export.err()).isEqualTo(ExitCode.DONE);
    return onnx;
  }

  /** The largest difference of a probability; classes are compared on the way. */
  private double worst(
      Path run, String type, SavedModel model, List<Map<String, Object>> rows, double[] expected)
      throws OrtException {
    Path onnx = export(run, type);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try (OrtSession session = environment.createSession(onnx.toString())) {
      for (ColumnEncoding column : model.pipeline().encodings()) {
        inputs.put(column.name(), input(environment, column, rows));
      }
      double largest = 0;
      try (OrtSession.Result result = session.run(inputs)) {
        OnnxTensor probabilities = (OnnxTensor) result.get("probability").orElseThrow();
        String[][] classes = (String[][]) result.get("class").orElseThrow().getValue();
        for (int row = 0; row < expected.length; row++) {
          double probability =
              probabilities.getInfo().type == OnnxJavaType.FLOAT
                  ? probabilities.getFloatBuffer().get(row)
                  : probabilities.getDoubleBuffer().get(row);
          largest = Math.max(largest, Math.abs(probability - expected[row]));
          if (Math.abs(expected[row] - model.threshold()) > 1e-6) {
            assertThat(classes[row][0])
                .isEqualTo(
                    expected[row] >= model.threshold()
                        ? model.pipeline().positive()
                        : model.pipeline().negative());
          }
        }
      }
      return largest;
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  static OnnxTensor input(
      OrtEnvironment environment, ColumnEncoding column, List<Map<String, Object>> rows)
      throws OrtException {
    long[] shape = {rows.size(), 1};
    if (column.number()) {
      DoubleBuffer numbers = DoubleBuffer.allocate(rows.size());
      rows.forEach(row -> numbers.put((Double) row.get(column.name())));
      return OnnxTensor.createTensor(environment, numbers.flip(), shape);
    }
    String[] texts =
        rows.stream().map(row -> row.get(column.name()).toString()).toArray(String[]::new);
    return OnnxTensor.createTensor(environment, texts, shape);
  }

  private static double[] predicted(SavedModel model, Path data) {
    Predictor predictor = model.predictor();
    List<Double> probabilities = new ArrayList<>();
    try (RowStream stream =
        model.pipeline().open(data, model.pipeline().format(), LabelUse.OPTIONAL)) {
      while (stream.next()) {
        probabilities.add(predictor.probability(stream.features()));
      }
    }
    return probabilities.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Raw cells by column: doubles, NaN where missing, and texts, empty where missing. */
  private static List<Map<String, Object>> rows(SavedModel model, Path data) throws Exception {
    List<Map<String, Object>> rows = new ArrayList<>();
    try (StrictCsvRecordReader reader = new StrictCsvRecordReader(model.pipeline())) {
      reader.initialize(new FileSplit(new File(data.toString())));
      while (reader.hasNext()) {
        List<Writable> record = reader.next();
        Map<String, Object> row = new HashMap<>();
        List<ColumnEncoding> columns = model.pipeline().encodings();
        for (int i = 0; i < columns.size(); i++) {
          boolean missing = record.get(i) instanceof NullWritable;
          row.put(
              columns.get(i).name(),
              columns.get(i).number()
                  ? missing ? Double.NaN : record.get(i).toDouble()
                  : missing ? "" : record.get(i).toString());
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static void train(Path data, String label, String activations, Path run) {
    CommandRun trained =
        CommandRun.of(
            "train",
            data,
            "--label",
            label,
            "--hidden",
            "6/5",
            "--activation",
            activations,
            "--epochs",
            "5",
            "--out",
            run,
            "--no-report");
    assertThat(trained.code()).as(trained.err()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void tellsWhatItPublishesAndNothingOfThePlace() throws IOException {
    Path data = directory.resolve("homes.csv");
    StringBuilder rows = new StringBuilder("age,home,label\n");
    for (int i = 0; i < 60; i++) {
      rows.append(i % 7 == 0 ? "" : 20 + i * 7 % 30)
          .append(',')
          .append(i % 3 == 0 ? "rent" : i % 11 == 0 ? "" : "own")
          .append(',')
          .append(i % 2 == 0 ? "yes" : "no")
          .append('\n');
    }
    Files.writeString(data, rows);
    Path run = directory.resolve("run");
    train(data, "label", "tanh", run);
    Path onnx = directory.resolve("homes.onnx");
    CommandRun export = CommandRun.of("export", run, "-o", onnx);
    assertThat(export.out()).contains("published  home: own, rent", "numbers    age");
    String bytes = Files.readString(onnx, StandardCharsets.ISO_8859_1);
    assertThat(bytes)
        .contains("homes.csv", "data.sha256")
        .doesNotContain(directory.toString(), System.getProperty("user.home"));
    JsonNode json =
        new ObjectMapper()
            .readTree(CommandRun.of("export", run, "-o", onnx, "--force", "--json").out());
    assertThat(json.path("rows").asInt()).isEqualTo(1000);
    assertThat(json.path("largestDifference").asDouble()).isBetween(0.0, 1e-5);
    CommandRun again = CommandRun.of("export", run, "-o", onnx);
    assertThat(again.code()).isEqualTo(ExitCode.WRONG_INPUT);

    CommandRun inspected = CommandRun.of("inspect", onnx);
    assertThat(inspected.out()).contains("hidden.1 ", "tanh");
  }
}

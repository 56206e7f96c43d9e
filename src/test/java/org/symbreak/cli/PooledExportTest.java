package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbreak.data.ColumnEncoding;
import org.symbreak.model.Classifier;
import org.symbreak.model.SavedModel;

/** Exported models that do not name rare values. */
class PooledExportTest {
  private static final int ROWS = 400;
  private static final List<String> CATEGORIES = List.of("town", "job", "wants", "crumbs");
  private static final String UNKNOWN = "nobody has ever seen this";

  @TempDir private static Path directory;

  /** Cells as they stand in the file; all of its rows are for training. */
  private static final List<Map<String, Object>> TABLE = table();

  /** Towns of 1 to 200 rows, two jobs beside many of single rows, words in any case, crumbs. */
  private static List<Map<String, Object>> table() {
    Random random = new Random(20_260);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      Map<String, Object> row = new HashMap<>();
      row.put("size", random.nextInt(8) == 0 ? Double.NaN : (double) random.nextInt(1000));
      row.put("town", "town:" + Integer.numberOfTrailingZeros(i + 1));
      row.put("job", i % 13 == 5 ? "job:" + i : i % 3 == 0 ? "baker" : i % 7 == 0 ? "" : "smith");
      row.put("wants", i % 50 == 0 ? "YES" : i % 4 == 0 ? "yes" : i % 150 == 7 ? "NO" : "no");
      row.put("crumbs", "crumb:" + (char) ('A' + i % 20));
      rows.add(row);
    }
    return rows;
  }

  @BeforeAll
  static void train() throws IOException {
    StringBuilder csv = new StringBuilder("size,town,job,wants,crumbs,label\n");
    for (int i = 0; i < ROWS; i++) {
      Map<String, Object> row = TABLE.get(i);
      Double size = (Double) row.get("size");
      csv.append(size.isNaN() ? "" : size.toString());
      CATEGORIES.forEach(column -> csv.append(',').append(row.get(column)));
      csv.append(i * 7 % 11 < 5 ? ",good\n" : ",bad\n");
    }
    Path data = Files.writeString(directory.resolve("people.csv"), csv);
    CommandRun trained =
        CommandRun.of(
            "train",
            data,
            "--label",
            "label",
            "--hidden",
            "5",
            "--epochs",
            "20",
            "--no-report",
            "--test-fraction",
            "0",
            "--validation-fraction",
            "0",
            "--out",
            run());
    assertThat(trained.code()).as(trained.err()).isEqualTo(ExitCode.DONE);
  }

  private static Path run() {
    return directory.resolve("run");
  }

  /** How many rows of the file hold each value; of words in any case, by their lower case. */
  private static Map<String, Integer> counts(String column) {
    Map<String, Integer> counts = new TreeMap<>();
    TABLE.forEach(row -> counts.merge(key(column, row.get(column)), 1, Integer::sum));
    counts.remove("");
    return counts;
  }

  private static String key(String column, Object cell) {
    return column.equals("wants") ? cell.toString().toLowerCase(Locale.ROOT) : cell.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 20, 21, 100, 100_000})
  void rareValuesAreScoredAsUnknownOnesAndNotNamed(int fewest) throws Exception {
    Path onnx = directory.resolve(fewest + ".onnx");
    CommandRun export =
        CommandRun.of("export", run(), "-o", onnx, "--min-category", fewest, "--json");
    assertThat(export.code()).as(export.err()).isEqualTo(ExitCode.DONE);
    JsonNode json = new ObjectMapper().readTree(export.out());
    Map<String, Set<String>> rare = new HashMap<>();
    String bytes = Files.readString(onnx, StandardCharsets.ISO_8859_1);
    for (String column : CATEGORIES) {
      Map<String, Integer> counts = counts(column);
      Set<String> pooled = new TreeSet<>();
      counts.forEach((value, count) -> pooled.addAll(count < fewest ? Set.of(value) : Set.of()));
      rare.put(column, pooled);
      Set<String> published = new TreeSet<>(counts.keySet());
      published.removeAll(pooled);
      assertThat(texts(column, json.path("published").path(column))).isEqualTo(published);
      JsonNode told = json.path("pooled").path(column);
      assertThat(texts(column, told.path("values"))).isEqualTo(pooled);
      assertThat(told.path("rows").asInt()).isEqualTo(pooled.stream().mapToInt(counts::get).sum());
      if (!column.equals("wants")) { // whose words are within others
        pooled.forEach(value -> assertThat(bytes).doesNotContain(value));
        published.forEach(value -> assertThat(bytes).contains(value));
      }
    }
    boolean pools = rare.values().stream().anyMatch(values -> !values.isEmpty());
    assertThat(json.path("largestDifferenceByPooling").asDouble() > 0).isEqualTo(pools);
    assertThat(json.path("pooledRows").asInt() > 0).isEqualTo(pools);

    SavedModel model = SavedModel.load(run().resolve("model.zip"));
    Classifier classifier = Classifier.open(run());
    double[] scores = scores(onnx, model);
    for (int i = 0; i < ROWS; i++) {
      Map<String, Object> row = new HashMap<>(TABLE.get(i));
      rare.forEach(
          (column, values) ->
              row.computeIfPresent(
                  column, (name, cell) -> values.contains(key(name, cell)) ? UNKNOWN : cell));
      double expected = classifier.probability(row);
      assertThat(Math.abs(scores[i] - expected)).isLessThan(1e-6);
      if (row.equals(TABLE.get(i))) {
        assertThat(expected).isEqualTo(classifier.probability(TABLE.get(i)));
      }
    }
  }

  private static Set<String> texts(String column, JsonNode values) {
    Set<String> texts = new TreeSet<>();
    values.forEach(value -> texts.add(key(column, value.asText())));
    return texts;
  }

  private static double[] scores(Path onnx, SavedModel model) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try (OrtSession session = environment.createSession(onnx.toString())) {
      for (ColumnEncoding column : model.pipeline().encodings()) {
        inputs.put(column.name(), ExportTest.input(environment, column, TABLE));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        OnnxTensor probabilities = (OnnxTensor) result.get("probability").orElseThrow();
        double[] scores = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
          scores[i] = probabilities.getFloatBuffer().get(i);
        }
        return scores;
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  @Test
  void tellsWhatIsPooledAndWhatThatDoesToPredictions() {
    Path onnx = directory.resolve("told.onnx");
    CommandRun some = CommandRun.of("export", run(), "-o", onnx, "--min-category", 5);
    assertThat(some.out())
        .contains("pooled     town: town:6, town:7, town:8; in 6 training rows")
        .contains("and 23 more; in 31 training rows")
        .contains("A pooled value is scored as one that the model does not know, and not as")
        .contains("of 1000 random rows with one, probabilities differ by up to 0.")
        .contains("published  crumbs: crumb:A");
    CommandRun none = CommandRun.of("export", run(), "-o", onnx, "--force");
    assertThat(none.out()).doesNotContain("pooled");
    CommandRun all = CommandRun.of("export", run(), "-o", onnx, "--force", "--min-category", 401);
    assertThat(all.out()).contains("published  town: no value");
  }

  @Test
  void saysSoWhereNothingIsRare() throws IOException {
    StringBuilder rows = new StringBuilder("color,label\n");
    for (int i = 0; i < 60; i++) {
      rows.append(i % 2 == 0 ? "red," : "blue,").append(i % 3 == 0 ? "yes\n" : "no\n");
    }
    Path data = Files.writeString(directory.resolve("colors.csv"), rows);
    Path colors = directory.resolve("colors");
    CommandRun.of("train", data, "--epochs", 2, "--no-report", "--out", colors);
    Path onnx = directory.resolve("colors.onnx");
    assertThat(CommandRun.of("export", colors, "-o", onnx, "--min-category", 3).out())
        .contains("pooled     nothing: no value is in fewer than 3 training rows");
  }

  /** They do not know how many rows held a value; all values are theirs to publish, though. */
  @ParameterizedTest
  @ValueSource(strings = {"model-format-1.zip", "model-format-2.zip", "0.1.0/run/model.zip"})
  void modelsOfEarlierVersionsAreRefused(String name) {
    Path model = Path.of("src/test/resources/golden", name);
    Path onnx = directory.resolve("earlier.onnx");
    CommandRun pooled = CommandRun.of("export", model, "-o", onnx, "--min-category", 2);
    assertThat(pooled.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(pooled.err())
        .contains("expected how many training rows hold each value of column 'colo")
        .contains("found a model of a version that did not keep that")
        .contains("(choices: train it again, export without --min-category)");
    assertThat(onnx).doesNotExist();
    Path whole = directory.resolve(name.replace('/', '-') + ".onnx");
    assertThat(CommandRun.of("export", model, "-o", whole).code()).isEqualTo(ExitCode.DONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-3", "1.5", "few", "3000000000"})
  void otherNumbersAreRefused(String number) {
    CommandRun export =
        CommandRun.of(
            "export", run(), "-o", directory.resolve("no.onnx"), "--min-category", number);
    assertThat(export.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(export.err()).contains("--min-category").contains("a whole number from 1");
  }
}

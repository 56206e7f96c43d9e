package org.symbreak.formats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.symbreak.data.ColumnEncoding;
import org.symbreak.data.Pooling;
import org.symbreak.guard.AtomicFile;
import org.symbreak.guard.Destination;
import org.symbreak.model.Classifier;
import org.symbreak.model.SavedModel;
import org.symbreak.model.Scorer;
import org.symbreak.problem.InputException;
import org.symbreak.random.Streams;
import org.symbreak.stack.NumberType;

/** Writes a saved model as an ONNX file that other programs score with, and proves it first. */
public final class Exporting {
  private static final int ROWS = 1000;
  private static final long SEED = 20_170_801;
  private static final double MISSING = 0.1;

  /** Differences beyond these would mean that something else was written than was meant. */
  private static final double FLOAT_DIFFERENCE = 1e-5;

  private static final double DOUBLE_DIFFERENCE = 1e-12;

  private Exporting() {}

  /**
   * @param file the model
   * @param numbers in which the exported one computes: float or double
   * @param minCategory training rows that a category's value must be in to stand in the file; the
   *     others are scored as values that the model does not know; 1 for all
   * @throws InputException where the model is refused, or has columns that ONNX knows no way for,
   *     or does not know how many rows hold its values
   * @throws IOException where it cannot be written
   */
  public static ExportReport export(Path file, Path out, NumberType numbers, int minCategory)
      throws IOException {
    SavedModel model = SavedModel.load(file);
    Pooling pooling = Pooling.of(file.toString(), model.pipeline(), minCategory);
    Scorer exported = model.scorer().pooled(pooling);
    byte[] bytes = OnnxExport.of(exported, numbers, properties(model, minCategory));
    Differences differences =
        new Differences(pooling, model.scorer(), exported, new OnnxScorer(bytes));
    if (!(differences.ofFile
        <= (numbers == NumberType.DOUBLE ? DOUBLE_DIFFERENCE : FLOAT_DIFFERENCE))) {
      throw new IllegalStateException(
          "the exported model differs by " + differences.ofFile + " and is not written");
    }
    if (differences.elsewhere != 0) {
      throw new IllegalStateException(
          "rows without a pooled value differ by " + differences.elsewhere);
    }
    Destination.file(out);
    AtomicFile.write(out, to -> to.write(bytes));
    Map<String, List<String>> published = new LinkedHashMap<>();
    List<String> columns = new ArrayList<>();
    for (ColumnEncoding column : pooling.pipeline().encodings()) {
      if (column.number()) {
        columns.add(column.name());
      } else {
        published.put(column.name(), column.values());
      }
    }
    return new ExportReport(
        file.toString(),
        out.toString(),
        numbers.toString(),
        bytes.length,
        columns,
        published,
        minCategory,
        pooling.columns(),
        ROWS,
        differences.ofFile,
        differences.pooledRows,
        differences.byPooling);
  }

  /** The data by the file's own name and digest; no path, no user, no host. */
  private static Map<String, String> properties(SavedModel model, int minCategory)
      throws IOException {
    JsonNode provenance = new ObjectMapper().readTree(model.provenance());
    Map<String, String> properties = new LinkedHashMap<>();
    String data = provenance.at("/spec/data/file").asText("");
    if (!data.isEmpty()) {
      properties.put(
          "data", data.substring(Math.max(data.lastIndexOf('/'), data.lastIndexOf('\\')) + 1));
    }
    if (provenance.path("dataHash").isTextual()) {
      properties.put("data.sha256", provenance.path("dataHash").asText());
    }
    provenance
        .path("versions")
        .properties()
        .forEach(
            version -> {
              if (version.getKey().matches("symbreak|java|deeplearning4j")) {
                properties.put("version." + version.getKey(), version.getValue().asText());
              }
            });
    if (minCategory > 1) {
      properties.put("min-category", String.valueOf(minCategory));
    }
    return properties;
  }

  /** How far probabilities are apart on random rows. */
  private static final class Differences {
    /** Of the file from what it was to be. */
    private double ofFile;

    /** Of what it was to be from the model, on rows with a pooled value. */
    private double byPooling;

    private int pooledRows;

    /** The same on all others. */
    private double elsewhere;

    Differences(Pooling pooling, Scorer model, Scorer exported, OnnxScorer file) {
      Classifier before = model.classifier();
      Classifier after = exported.classifier();
      RandomGenerator random = Streams.of(SEED);
      for (int i = 0; i < ROWS; i++) {
        Map<String, Object> row = new HashMap<>();
        for (ColumnEncoding column : model.pipeline().encodings()) {
          row.put(column.name(), cell(column, random));
        }
        double probability = after.probability(row);
        double moved = Math.abs(probability - before.probability(row));
        ofFile = Math.max(ofFile, Math.abs(file.score(row).probability() - probability));
        if (holdsOne(pooling, row)) {
          pooledRows++;
          byPooling = Math.max(byPooling, moved);
        } else {
          elsewhere = Math.max(elsewhere, moved);
        }
      }
    }

    private static boolean holdsOne(Pooling pooling, Map<String, Object> row) {
      return pooling.columns().entrySet().stream()
          .anyMatch(column -> column.getValue().values().contains(row.get(column.getKey())));
    }
  }

  /** Within three deviations; of a category each value, and one that nobody has seen. */
  private static Object cell(ColumnEncoding column, RandomGenerator random) {
    boolean missing = random.nextDouble() < MISSING;
    if (column.number()) {
      return missing ? Double.NaN : column.mean() + (random.nextDouble() * 6 - 3) * column.scale();
    }
    int value = random.nextInt(column.values().size() + 1);
    return missing
        ? ""
        : value < column.values().size() ? column.values().get(value) : "never seen before";
  }
}

package org.symbreak.model;

import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.symbreak.data.RowEncoder;
import org.symbreak.problem.InputException;

/**
 * A trained classifier for any Java program: raw rows in, probabilities out, just as {@code
 * symbreak predict} has them. Loads no native library and starts no thread. Immutable; any number
 * of threads may use one at a time.
 *
 * <pre>{@code
 * Classifier classifier = Classifier.open(Path.of("models/credit/model.zip"));
 * double risk = classifier.probability(Map.of("age", 31, "home", "rent"));
 * }</pre>
 */
public final class Classifier {
  private final Scorer scorer;
  private final RowEncoder encoder;
  private final List<String> header;
  private final ThreadLocal<Predictor> predictors;

  private Classifier(Scorer scorer, List<String> header) {
    this.scorer = scorer;
    this.encoder = new RowEncoder(scorer.pipeline());
    this.header = List.copyOf(header);
    this.predictors = ThreadLocal.withInitial(scorer::predictor);
  }

  /**
   * Reads a model that {@code symbreak train} wrote, through the guarded door.
   *
   * @param path the zip, or the directory of its run
   * @throws InputException where it is refused
   */
  public static Classifier open(Path path) {
    Path file = Files.isDirectory(path) ? path.resolve("model.zip") : path;
    return of(SavedModel.load(file).scorer());
  }

  static Classifier of(Scorer scorer) {
    return new Classifier(scorer, new RowEncoder(scorer.pipeline()).columns());
  }

  /** Columns of the training file without the label, in its order; some may not be needed. */
  public List<String> columns() {
    return encoder.columns();
  }

  /** The value of the label whose probability is told. */
  public String positive() {
    return scorer.pipeline().positive();
  }

  /** The other value. */
  public String negative() {
    return scorer.pipeline().negative();
  }

  /** The value of the label that a probability stands for, by the model's own threshold. */
  public String classOf(double probability) {
    return probability >= scorer.threshold() ? positive() : negative();
  }

  /**
   * Probability of the positive class.
   *
   * @param row cells by column: a number, or a text as it would stand in a CSV file; null, NaN and
   *     an empty text are missing values; further columns are ignored
   * @throws InputException with all that is wrong with it: columns that lack, cells that are no
   *     numbers
   */
  public double probability(Map<String, ?> row) {
    return probability("row", row);
  }

  /**
   * The same for a record whose components are called as the columns are.
   *
   * @throws InputException as for a map
   */
  public double probability(Record row) {
    Map<String, Object> cells = new HashMap<>();
    for (RecordComponent component : row.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        cells.put(component.getName(), component.getAccessor().invoke(row));
      } catch (ReflectiveOperationException e) {
        throw new IllegalArgumentException("a record that can be read is needed", e);
      }
    }
    return probability(cells);
  }

  /**
   * The same for the cells of a row in the order of {@link #columns()}, or of the header that was
   * given.
   *
   * @throws InputException as for a map, and where there are not as many as columns
   */
  public double probability(String... row) {
    if (row.length != header.size()) {
      throw InputException.of(
          "row",
          header.size() + " cells, " + String.join(", ", header),
          String.valueOf(row.length));
    }
    Map<String, String> cells = new HashMap<>();
    for (int i = 0; i < row.length; i++) {
      cells.put(header.get(i), row[i]);
    }
    return probability(cells);
  }

  /** The same classifier for rows whose cells stand in another order. */
  public Classifier withHeader(String... columns) {
    return new Classifier(scorer, List.of(columns));
  }

  /**
   * Probabilities of many rows, in their order.
   *
   * @throws InputException at the first row with something wrong, which is numbered from 1
   */
  public double[] probabilities(Iterable<? extends Map<String, ?>> rows) {
    List<Double> probabilities = new ArrayList<>();
    for (Map<String, ?> row : rows) {
      String name = String.format(Locale.ROOT, "row %d", probabilities.size() + 1);
      probabilities.add(probability(name, row));
    }
    return probabilities.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private double probability(String name, Map<String, ?> row) {
    return predictors.get().probability(encoder.encode(name, row));
  }
}

package org.symbreak.data;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.symbreak.problem.InputException;
import org.symbreak.source.TableFile;

/**
 * Which data a run learns from and how they are taken apart. A description: nothing is read yet.
 *
 * @param file the CSV file
 * @param format how it is written
 * @param label the label's column; null to look for label, class, target, y or outcome
 * @param positive the label's value that becomes 1; null for the obvious one or else the rarer
 * @param numeric columns to read as numbers whatever they look like
 * @param categorical columns to read as categories whatever they look like
 * @param ignore columns to leave out
 * @param testFile a file of its own for the test rows, or null to split them off
 * @param testFraction share of rows to split off for the test, in [0, 1); ignored where there is a
 *     test file
 * @param validationFraction share of the remaining rows to split off for validation, in [0, 1)
 * @param standardize whether numbers are brought to mean 0 and standard deviation 1 (of the
 *     training rows)
 * @param rulings what holds where the file leaves it open
 */
public record DataSpec(
    String file,
    CsvFormat format,
    String label,
    String positive,
    List<String> numeric,
    List<String> categorical,
    List<String> ignore,
    String testFile,
    double testFraction,
    double validationFraction,
    boolean standardize,
    Rulings rulings) {
  public DataSpec {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(format, "format");
    numeric = List.copyOf(numeric);
    categorical = List.copyOf(categorical);
    ignore = List.copyOf(ignore);
    Objects.requireNonNull(rulings, "rulings");
    requireFraction("testFraction", testFraction);
    requireFraction("validationFraction", validationFraction);
    requireName("the data file", file);
    if (testFile != null) {
      requireName("the test file", testFile);
    }
  }

  private static void requireName(String what, String name) {
    try {
      Path.of(name);
    } catch (InvalidPathException e) {
      throw InputException.of(what, "the name of a file", "'" + name + "': " + e.getReason());
    }
  }

  /**
   * The file with every default: a stratified 20 % for the test, 15 % of the rest for validation,
   * standardized.
   */
  public static DataSpec of(String file, String label, String positive) {
    return new DataSpec(
        file,
        CsvFormat.DEFAULT,
        label,
        positive,
        List.of(),
        List.of(),
        List.of(),
        null,
        0.2,
        0.15,
        true,
        Rulings.NONE);
  }

  /** Whether this stands for standard input in place of a file's name. */
  public static boolean isStandardInput(String file) {
    return file.equals(TableFile.STANDARD_INPUT);
  }

  /** The same data in other files. */
  public DataSpec withFiles(String otherFile, String otherTestFile) {
    return with(
        draft -> {
          draft.file = otherFile;
          draft.testFile = otherTestFile;
        });
  }

  /** The same data written in another way. */
  public DataSpec withFormat(CsvFormat other) {
    return with(draft -> draft.format = other);
  }

  /** The same data, these columns read as they are told to be. */
  public DataSpec withColumns(
      List<String> otherNumeric, List<String> otherCategorical, List<String> otherIgnore) {
    return with(
        draft -> {
          draft.numeric = otherNumeric;
          draft.categorical = otherCategorical;
          draft.ignore = otherIgnore;
        });
  }

  /** The same data, other shares split off. */
  public DataSpec withFractions(double test, double validation) {
    return with(
        draft -> {
          draft.testFraction = test;
          draft.validationFraction = validation;
        });
  }

  /** The same data, brought to mean 0 and standard deviation 1 or not. */
  public DataSpec withStandardize(boolean other) {
    return with(draft -> draft.standardize = other);
  }

  /** The same data under other rulings. */
  public DataSpec withRulings(Rulings other) {
    return with(draft -> draft.rulings = other);
  }

  /** Whether every row is to be trained on, however few there are. */
  boolean trainsOnAll() {
    return (testFile != null || testFraction == 0 && rulings.folds().isEmpty())
        && validationFraction == 0;
  }

  /**
   * The same where names that hold commas were cut at them, as an option's list is: put together
   * again where a file has such a column.
   */
  DataSpec naming(List<String> fileColumns) {
    return withColumns(
        joined(numeric, fileColumns),
        joined(categorical, fileColumns),
        joined(ignore, fileColumns));
  }

  private static List<String> joined(List<String> pieces, List<String> names) {
    List<String> joined = new ArrayList<>();
    for (int from = 0, to; from < pieces.size(); from = to) {
      to = pieces.size();
      while (to > from + 1 && !names.contains(String.join(",", pieces.subList(from, to)))) {
        to--;
      }
      joined.add(String.join(",", pieces.subList(from, to)));
    }
    return joined;
  }

  private static void requireFraction(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1), found " + value);
    }
  }

  private DataSpec with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.done();
  }

  /** The components, to be changed. */
  private static final class Draft {
    String file;
    CsvFormat format;
    String label;
    String positive;
    List<String> numeric;
    List<String> categorical;
    List<String> ignore;
    String testFile;
    double testFraction;
    double validationFraction;
    boolean standardize;
    Rulings rulings;

    Draft(DataSpec spec) {
      file = spec.file;
      format = spec.format;
      label = spec.label;
      positive = spec.positive;
      numeric = spec.numeric;
      categorical = spec.categorical;
      ignore = spec.ignore;
      testFile = spec.testFile;
      testFraction = spec.testFraction;
      validationFraction = spec.validationFraction;
      standardize = spec.standardize;
      rulings = spec.rulings;
    }

    DataSpec done() {
      return new DataSpec(
          file,
          format,
          label,
          positive,
          numeric,
          categorical,
          ignore,
          testFile,
          testFraction,
          validationFraction,
          standardize,
          rulings);
    }
  }
}

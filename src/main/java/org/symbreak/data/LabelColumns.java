package org.symbreak.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.symbreak.problem.InputException;

/**
 * Which columns of a file could be its label: those with two values.
 *
 * @param candidates in the file's order
 * @param usual the one that bears a label's usual name; empty where there is none, or several
 */
public record LabelColumns(List<Candidate> candidates, Optional<String> usual) {
  /** Values of a column that are told apart: a third one rules it out. */
  private static final int ENOUGH = 3;

  /**
   * A column that could be the label.
   *
   * @param column its name
   * @param values both, sorted
   */
  public record Candidate(String column, List<String> values) {}

  public LabelColumns {
    candidates = List.copyOf(candidates);
  }

  /**
   * Reads the file once.
   *
   * @throws InputException where it is no such file
   */
  public static LabelColumns of(Path file, CsvFormat format) {
    try (StrictCsvRecordReader reader =
        StrictCsvRecordReader.of(file, format, List.of(), Dataset.sha256Digest())) {
      CsvRows rows = reader.cells();
      List<String> names = rows.names();
      List<Set<String>> values = new ArrayList<>();
      names.forEach(name -> values.add(new LinkedHashSet<>()));
      while (rows.next()) {
        for (int column = 0; column < names.size(); column++) {
          if (values.get(column).size() < ENOUGH && !rows.missing(column)) {
            values.get(column).add(rows.cell(column));
          }
        }
      }
      List<Candidate> candidates = new ArrayList<>();
      for (int column = 0; column < names.size(); column++) {
        if (values.get(column).size() == 2) {
          candidates.add(
              new Candidate(names.get(column), List.copyOf(new TreeSet<>(values.get(column)))));
        }
      }
      return new LabelColumns(candidates, LabelValues.usualColumn(names));
    }
  }

  /**
   * The separator that the file seems to be written with, of those that are usual.
   *
   * @param first its first line
   */
  public static char separator(String first) {
    char best = CsvFormat.DEFAULT.separator();
    for (char separator : new char[] {';', '\t', '|'}) {
      if (count(first, separator) > count(first, best)) {
        best = separator;
      }
    }
    return best;
  }

  private static long count(String line, char separator) {
    return line.chars().filter(c -> c == separator).count();
  }
}

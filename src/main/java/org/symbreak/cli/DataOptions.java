package org.symbreak.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.symbreak.data.CsvFormat;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Rulings;
import org.symbreak.problem.InputException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which rows a run learns from. */
@Heading("Data")
final class DataOptions {
  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "Column to predict. Without it: label, class, target, y or outcome.")
  private String label;

  @Option(
      names = "--positive",
      paramLabel = "VALUE",
      description =
          "Value of the label that counts as 1. Without it: the obvious one, else the rarer.")
  private String positive;

  @Option(names = "--test", paramLabel = "FILE", description = "Test rows in a file of their own.")
  private Path test;

  @Option(
      names = "--test-fraction",
      paramLabel = "SHARE",
      defaultValue = "0.2",
      converter = Values.Share.class,
      description = "Share of rows to keep for the test. Default: ${DEFAULT-VALUE}.")
  private double testFraction;

  @Option(
      names = "--validation-fraction",
      paramLabel = "SHARE",
      defaultValue = "0.15",
      converter = Values.Share.class,
      description = "Share of the other rows for validation. Default: ${DEFAULT-VALUE}.")
  private double validationFraction;

  @Option(
      names = "--numeric",
      paramLabel = "COLUMN",
      split = ",",
      description = "Columns to read as numbers.")
  private List<String> numeric = new ArrayList<>();

  @Option(
      names = "--categorical",
      paramLabel = "COLUMN",
      split = ",",
      description = "Columns to read as categories.")
  private List<String> categorical = new ArrayList<>();

  @Option(
      names = "--ignore",
      paramLabel = "COLUMN",
      split = ",",
      description = "Columns to leave out.")
  private List<String> ignore = new ArrayList<>();

  @Option(
      names = "--no-standardize",
      description = "Leave numbers as they are, instead of mean 0 and standard deviation 1.")
  private boolean raw;

  @Option(
      names = "--skip-missing-labels",
      description = "Leave rows without a label out, instead of refusing them.")
  private boolean skipMissingLabels;

  @Option(
      names = "--thousands",
      paramLabel = "MARK",
      converter = Values.ThousandsMark.class,
      description = "Between thousands, where it could be a decimal mark: , . ' or a blank.")
  private Character thousands;

  @Option(
      names = "--date-order",
      paramLabel = "ORDER",
      converter = Values.DateOrder.class,
      description = "Of dates such as 03/04/2024: dmy or mdy.")
  private Rulings.DateOrder dateOrder;

  @Option(
      names = "--duplicates",
      paramLabel = "WAY",
      converter = Values.Duplicates.class,
      defaultValue = "auto",
      description =
          "Equal rows: keep spreads them over the parts, group leaves them in one. Default: group where chance hardly repeats rows.")
  private Rulings.Duplicates duplicates;

  @Mixin private FormatOptions format = new FormatOptions();

  /** The files to read from. */
  List<Path> files(Path file) {
    return test == null ? List.of(file) : List.of(file, test);
  }

  /** The data that these options describe. */
  DataSpec spec(Path file) {
    CsvFormat written = format.format(CsvFormat.DEFAULT);
    if (thousands != null && thousands == written.decimal()) {
      throw InputException.of(
          "--thousands", "another mark than the decimal one", "'" + thousands + "' for both");
    }
    return new DataSpec(
        file.toString(),
        written,
        label,
        positive,
        numeric,
        categorical,
        ignore,
        test == null ? null : test.toString(),
        testFraction,
        validationFraction,
        !raw,
        new Rulings(skipMissingLabels, thousands, dateOrder, duplicates));
  }
}

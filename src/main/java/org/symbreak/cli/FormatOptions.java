package org.symbreak.cli;

import java.util.ArrayList;
import java.util.List;
import org.symbreak.data.CsvFormat;
import org.symbreak.problem.InputException;
import picocli.CommandLine.Option;

/** How a CSV file is written. */
@Heading("CSV format")
final class FormatOptions {
  @Option(
      names = "--separator",
      paramLabel = "CHARACTER",
      defaultValue = ",",
      converter = Values.Character.class,
      description = "Between cells; 'tab' for the tabulator. Default: ${DEFAULT-VALUE}")
  private char separator;

  @Option(
      names = "--quote",
      paramLabel = "CHARACTER",
      defaultValue = "\"",
      converter = Values.Character.class,
      description = "Around cells with separators or newlines. Default: ${DEFAULT-VALUE}")
  private char quote;

  @Option(
      names = "--no-header",
      description = "The first row is data; columns are called c1, c2, ...")
  private boolean noHeader;

  @Option(
      names = "--missing",
      paramLabel = "TEXT",
      split = ",",
      description = "What a missing cell looks like, besides nothing at all. Default: NA,?")
  private List<String> missing = new ArrayList<>();

  CsvFormat format() {
    if (separator == quote) {
      throw InputException.of(
          "--separator and --quote", "two different characters", "'" + separator + "' for both");
    }
    return new CsvFormat(
        separator, quote, !noHeader, missing.isEmpty() ? CsvFormat.DEFAULT.missing() : missing);
  }
}

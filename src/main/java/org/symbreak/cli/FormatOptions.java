package org.symbreak.cli;

import java.util.ArrayList;
import java.util.List;
import org.symbreak.data.CsvFormat;
import org.symbreak.problem.InputException;
import picocli.CommandLine.Option;

/**
 * How a CSV file is written. What is not said is as in training, and there a comma, double quotes,
 * decimal points and a header.
 */
@Heading("CSV format")
final class FormatOptions {
  @Option(
      names = "--separator",
      paramLabel = "CHARACTER",
      converter = Values.OneCharacter.class,
      description =
          "Between cells; 'tab' for the tabulator, 'spaces' for any number of blanks. Default: a comma.")
  private Character separator;

  @Option(
      names = "--quote",
      paramLabel = "CHARACTER",
      converter = Values.OneCharacter.class,
      description = "Around cells with separators or newlines. Default: double quotes.")
  private Character quote;

  @Option(
      names = "--decimal",
      paramLabel = "MARK",
      converter = Values.DecimalMark.class,
      description = "In numbers: a point or a comma. Default: a point.")
  private Character decimal;

  @Option(
      names = "--comment",
      paramLabel = "CHARACTER",
      converter = Values.OneCharacter.class,
      description = "Lines that begin with it are passed over. Default: none.")
  private Character comment;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      converter = Values.Encoding.class,
      description = "Of the text, such as UTF-16 or windows-1252. Default: UTF-8.")
  private String encoding;

  @Option(
      names = "--no-header",
      negatable = true,
      description = "With --no-header the first row is data; columns are called c1, c2, ...")
  private Boolean noHeader;

  @Option(
      names = "--missing",
      paramLabel = "TEXT",
      split = ",",
      description = "What a missing cell looks like, besides nothing at all. Default: NA,?")
  private List<String> missing = new ArrayList<>();

  /**
   * @param usual what holds where nothing is said
   */
  CsvFormat format(CsvFormat usual) {
    char between = separator == null ? usual.separator() : separator;
    char around = quote == null ? usual.quote() : quote;
    if (between == around) {
      throw InputException.of(
          "--separator and --quote", "two different characters", "'" + between + "' for both");
    }
    char remark = comment == null ? usual.comment() : comment;
    if (remark == between || remark == around) {
      throw InputException.of(
          "--comment", "another character than the separator and the quote", "'" + remark + "'");
    }
    return new CsvFormat(
        between,
        around,
        noHeader == null ? usual.header() : !noHeader,
        missing.isEmpty() ? usual.missing() : missing,
        decimal == null ? usual.decimal() : decimal,
        remark,
        encoding == null ? usual.encoding() : encoding);
  }
}

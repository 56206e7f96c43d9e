package org.symbreak.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.symbreak.experiment.Column;
import org.symbreak.experiment.Ledger;
import org.symbreak.experiment.LedgerRow;
import org.symbreak.experiment.SweepTable;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Nearest;
import org.symbreak.setting.Choice;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code symbreak sweep table}: a sweep's runs by two settings. */
@Command(
    name = "table",
    description = "Shows the runs of a ledger in a table of two settings.",
    footer = {
      "",
      "Example:",
      "  symbreak sweep table models/sweep-circles --rows depth --columns scale --value test.auc"
    })
final class SweepTableCommand implements Callable<Integer> {
  private static final int DIGITS = 4;

  @Parameters(paramLabel = "DIRECTORY", description = "Of a sweep, or a ledger.")
  private Path path;

  @Option(
      names = "--rows",
      paramLabel = "COLUMN",
      required = true,
      converter = LedgerColumn.class,
      description = "Of the ledger: the setting down the side.")
  private Column rows;

  @Option(
      names = "--columns",
      paramLabel = "COLUMN",
      required = true,
      converter = LedgerColumn.class,
      description = "The setting along the top.")
  private Column columns;

  @Option(
      names = "--value",
      paramLabel = "COLUMN",
      required = true,
      converter = LedgerColumn.class,
      description = "What is shown, such as test.auc or failed.")
  private Column value;

  @Option(
      names = "--statistic",
      paramLabel = "NAME",
      defaultValue = "median",
      converter = Summary.class,
      description = "median, mean, min or max. Default: ${DEFAULT-VALUE}.")
  private SweepTable.Statistic statistic;

  @Mixin private Console console;

  @Override
  public Integer call() throws IOException {
    Path ledger = Files.isDirectory(path) ? path.resolve("ledger.csv") : path;
    List<LedgerRow> runs = Ledger.read(ledger);
    if (runs.isEmpty()) {
      throw InputException.of(ledger.toString(), "a ledger with runs", "none");
    }
    SweepTable table = SweepTable.of(runs, rows, columns, value, statistic);
    console.line(
        "%s of %s; %s down, %s across", statistic, value.header(), rows.header(), columns.header());
    console.line("%s", text(table));
    console.document(table.toJson());
    return ExitCode.DONE;
  }

  private static Table text(SweepTable table) {
    List<String> headings = new ArrayList<>();
    headings.add(table.rows());
    table.columnNames().forEach(name -> headings.add(name.isEmpty() ? Figure.NONE : name));
    Table text = new Table(headings.toArray(String[]::new));
    for (int row = 0; row < table.rowNames().size(); row++) {
      List<String> cells = new ArrayList<>();
      cells.add(table.rowNames().get(row).isEmpty() ? Figure.NONE : table.rowNames().get(row));
      table.cells().get(row).forEach(cell -> cells.add(Figure.decimal(cell, DIGITS)));
      text.row(cells.toArray());
    }
    return text;
  }

  /** The name of a column of the ledger. */
  static final class LedgerColumn implements ITypeConverter<Column> {
    @Override
    public Column convert(String text) {
      return Column.of(text.strip())
          .orElseThrow(
              () ->
                  new WrongValue(
                      "a column of the ledger",
                      Nearest.names(text, Column.headers(), 5).toArray(String[]::new)));
    }
  }

  /** The name of a statistic. */
  static final class Summary extends Values.Of<SweepTable.Statistic> {
    Summary() {
      super(Choice.of("a statistic", SweepTable.Statistic.values()));
    }
  }
}

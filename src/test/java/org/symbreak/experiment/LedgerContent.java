package org.symbreak.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A ledger's rows as they must be whoever did the runs, and in whatever order: sorted, without
 * circumstances.
 */
public final class LedgerContent {
  private LedgerContent() {}

  public static List<List<String>> of(Path ledger) throws IOException {
    return of(Ledger.read(ledger));
  }

  static List<List<String>> of(List<LedgerRow> rows) {
    return rows.stream()
        .map(
            row ->
                Column.values().stream()
                    .filter(column -> column.kind() != Column.Kind.CIRCUMSTANCE)
                    .map(row::text)
                    .toList())
        .sorted((a, b) -> a.get(0).compareTo(b.get(0)))
        .toList();
  }
}

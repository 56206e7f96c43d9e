package org.symbreak.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import org.symbreak.statistics.Bonferroni;
import org.symbreak.statistics.PairedShift;
import org.symbreak.statistics.SignedRank;

/** The tests of any two of several, seed by seed. */
final class PairedTests {
  private final Map<String, double[]> losses = new LinkedHashMap<>();

  PairedTests(PairedRuns runs) {
    runs.runs()
        .forEach(
            (name, rows) ->
                losses.put(
                    name,
                    rows.stream()
                        .mapToDouble(row -> row.numberOrInfinite(Column.VALIDATION_LOG_LOSS))
                        .toArray()));
  }

  /** How many pairs there are, for which every test is adjusted. */
  int pairs() {
    return losses.size() * (losses.size() - 1) / 2;
  }

  /** Whether the loss of the first is another than that of the second, and by how much. */
  PairedTest test(String first, String second) {
    double[] differences = SignedRank.differences(losses.get(first), losses.get(second));
    double p = SignedRank.pValue(differences);
    return new PairedTest(
        PairedShift.of(differences, Bonferroni.confidence(Comparison.CONFIDENCE, pairs())),
        p,
        Bonferroni.adjust(p, pairs()));
  }
}

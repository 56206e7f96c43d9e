package org.symbreak.run;

import java.util.Locale;
import org.symbreak.symmetry.LayerSymmetry;
import org.symbreak.watch.NetworkSymmetry;

/** What became of the hidden units, in a sentence. */
final class Verdict {
  private Verdict() {}

  /**
   * @param symmetry at the weights that are kept; null without hidden layers
   */
  static String of(NetworkSymmetry symmetry) {
    if (symmetry == null) {
      return "no hidden layer: this is logistic regression, there is no symmetry to break";
    }
    LayerSymmetry worst = symmetry.worst();
    String layer = symmetry.layers().size() == 1 ? "" : " of layer " + worst.layer();
    int units = worst.hiddenUnits();
    int distinct = worst.distinctUnitsWithinTolerance();
    if (units == 1) {
      return "a single hidden unit" + layer + ": there is no symmetry to break";
    }
    if (distinct == 1) {
      String apart =
          worst.distinctUnits() > 1
              ? String.format(
                  Locale.ROOT,
                  " to %.0e of the largest weight, though not bit for bit",
                  worst.tolerance())
              : "";
      return String.format(
          Locale.ROOT,
          "symmetry not broken: all %d hidden units%s are the same%s, the layer is worth a single"
              + " unit",
          units,
          layer,
          apart);
    }
    if (distinct < units) {
      return String.format(
          Locale.ROOT,
          "symmetry partly broken: the %d hidden units%s are only %d different ones",
          units,
          layer,
          distinct);
    }
    if (worst.dead() != null && worst.dead() > 0) {
      return String.format(
          Locale.ROOT,
          "symmetry broken: all %d hidden units%s differ, but %.0f %% of them are dead",
          units,
          layer,
          100 * worst.dead());
    }
    return String.format(
        Locale.ROOT, "symmetry broken: all %d hidden units%s differ", units, layer);
  }
}

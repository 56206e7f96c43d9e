package org.symbreak.forecast;

import java.util.ArrayList;
import java.util.List;
import org.symbreak.data.ChosenRows;
import org.symbreak.data.EncodedRows;

/** Some rows of others, evenly over each class, so that the classes keep their shares. */
final class SampledRows {
  private SampledRows() {}

  /**
   * @param most rows at the most; all of them where there are no more
   */
  static EncodedRows of(EncodedRows all, int most) {
    if (all.rows() <= most) {
      return all;
    }
    List<Integer> sorted = new ArrayList<>();
    for (int label = 0; label <= 1; label++) {
      for (int row = 0; row < all.rows(); row++) {
        if (all.label(row) == label) {
          sorted.add(row);
        }
      }
    }
    int[] chosen = new int[most];
    for (int i = 0; i < most; i++) {
      chosen[i] = sorted.get((int) ((i + 0.5) * sorted.size() / most));
    }
    return new ChosenRows(all, chosen);
  }
}

package org.symbreak.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names that a mistyped one may have meant. */
public final class Nearest {
  private Nearest() {}

  /**
   * The known names, first those that begin with the given one, then in the order of their edit
   * distance to it (Levenshtein, upper and lower case alike), at most {@code limit} of them.
   *
   * @param name what was typed
   * @param known what there is
   * @param limit how many to return at the most, from 1
   */
  public static List<String> names(String name, Collection<String> known, int limit) {
    String typed = name.toLowerCase(Locale.ROOT);
    return known.stream()
        .sorted(
            Comparator.comparing((String k) -> !k.toLowerCase(Locale.ROOT).startsWith(typed))
                .thenComparingInt(k -> distance(typed, k.toLowerCase(Locale.ROOT)))
                .thenComparing(k -> k))
        .limit(limit)
        .toList();
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int swap = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(swap, 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}

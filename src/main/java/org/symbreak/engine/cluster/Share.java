package org.symbreak.engine.cluster;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.symbreak.engine.fused.SentRows;

/** Whose the chunks of some rows are. Which holder computes a chunk matters to nothing but time. */
final class Share {
  private final SentRows rows;
  private final Link[] owners;

  /** Nobody's yet. */
  Share(SentRows rows) {
    this.rows = rows;
    this.owners = new Link[rows.chunks()];
  }

  SentRows rows() {
    return rows;
  }

  /** Null where it has none. */
  Link owner(int chunk) {
    return owners[chunk];
  }

  /** Bytes of all rows. */
  long bytes() {
    return rows.rows().rows() * rows.bytesOfRow();
  }

  /** Of these chunks those of a holder. */
  int[] of(Link holder, BitSet chunks) {
    return chunks.stream().filter(chunk -> owners[chunk] == holder).toArray();
  }

  /**
   * Gives chunks whose holder is gone to others, and takes from those that have more than others by
   * more than one; nothing else changes hands.
   *
   * @param holders that are there, at least one
   */
  void level(List<Link> holders) {
    Map<Link, Integer> had = new HashMap<>();
    holders.forEach(holder -> had.put(holder, 0));
    for (int chunk = 0; chunk < owners.length; chunk++) {
      if (owners[chunk] != null && had.computeIfPresent(owners[chunk], (of, n) -> n + 1) == null) {
        owners[chunk] = null;
      }
    }
    int each = owners.length / holders.size();
    int more = owners.length % holders.size();
    int[] open = IntStream.range(0, owners.length).filter(i -> owners[i] == null).toArray();
    int next = 0;
    // those that have most keep most
    List<Link> byMost =
        holders.stream().sorted((a, b) -> Integer.compare(had.get(b), had.get(a))).toList();
    for (int i = 0; i < byMost.size(); i++) {
      int due = each + (i < more ? 1 : 0);
      for (int chunk = owners.length - 1; had.get(byMost.get(i)) > due; chunk--) {
        if (owners[chunk] == byMost.get(i)) {
          owners[chunk] = null;
          had.merge(byMost.get(i), -1, Integer::sum);
          open = Arrays.copyOf(open, open.length + 1);
          open[open.length - 1] = chunk;
        }
      }
    }
    for (int i = 0; i < byMost.size(); i++) {
      int due = each + (i < more ? 1 : 0);
      while (had.get(byMost.get(i)) < due) {
        owners[open[next++]] = byMost.get(i);
        had.merge(byMost.get(i), 1, Integer::sum);
      }
    }
  }
}

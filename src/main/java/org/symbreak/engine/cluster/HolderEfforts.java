package org.symbreak.engine.cluster;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.symbreak.engine.fused.ChunkHolders.Wanted;

/**
 * What gradients took that holders computed; those before which rows were sent, or in which a
 * holder was lost, do not count.
 */
public final class HolderEfforts {
  private long shipped;
  private long gradients;
  private long nanos;
  private long computing;
  private long bytes;
  private int holders;

  void add(Wanted wanted, long took, List<Link.Effort> efforts) {
    long sent = efforts.stream().mapToLong(Link.Effort::shipped).sum();
    shipped += sent;
    if (wanted == Wanted.LOSSES || sent > 0) {
      return;
    }
    gradients++;
    nanos += took;
    computing += efforts.stream().mapToLong(Link.Effort::computing).sum();
    bytes += efforts.stream().mapToLong(Link.Effort::bytes).sum();
    holders = efforts.size();
  }

  /** Bytes of rows that were sent. */
  public long shipped() {
    return shipped;
  }

  /**
   * What a gradient took, in a sentence, and whether one executor alone would have been faster;
   * empty where none was computed.
   */
  public Optional<String> sentence() {
    if (gradients == 0) {
      return Optional.empty();
    }
    String measured =
        String.format(
            Locale.ROOT,
            "a gradient took %s ms on %d %s, which computed for %s ms together; %s KB went to and"
                + " fro for each, %.3g MB of rows were sent",
            perGradient(nanos / 1e6),
            holders,
            holders == 1 ? "executor" : "executors",
            perGradient(computing / 1e6),
            perGradient(bytes / 1e3),
            shipped / 1e6);
    return Optional.of(
        holders > 1 && nanos >= computing
            ? measured + ": one executor alone would be as fast, the data are too small for more"
            : measured);
  }

  private String perGradient(double total) {
    return String.format(Locale.ROOT, "%.3g", total / gradients);
  }
}

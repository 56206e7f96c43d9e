package org.symbreak.optimizer;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a run ended. */
public enum StopReason {
  /** Every epoch that it was given is done. */
  BUDGET,
  /** The validation loss no longer fell. */
  PATIENCE,
  /** Every epoch is done, and the loss never left the plateau at which it began. */
  STUCK,
  /**
   * Numbers stopped being finite, or the loss froze because every output is saturated; the best
   * weights until then are kept.
   */
  DIVERGED,
  /**
   * A line-search optimizer reached a point where the gradient is as good as zero, or the loss no
   * longer falls by more than rounding.
   */
  CONVERGED,
  /**
   * A line-search optimizer found no lower point along its direction, though the gradient is not
   * zero.
   */
  NO_LOWER_POINT,
  /**
   * The loss has no minimum: it falls for ever as weights grow, since a plane parts the classes and
   * nothing penalizes weights.
   */
  NO_MINIMUM,
  /** Somebody asked it to end; what was done is saved. */
  INTERRUPTED;

  /** The word in the JSON, such as {@code patience}. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

package org.symbreak.claims;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Locale;
import java.util.Objects;

/**
 * A number that was measured, and what it is held to.
 *
 * @param what was measured, and how
 * @param value what came out; null where it is not finite, and for steps that never came
 * @param relation how the value must stand to the limit
 * @param limit finite, but for steps
 */
public record Measurement(String what, Double value, Relation relation, double limit) {
  /** How a value must stand to its limit. */
  public enum Relation {
    EQUAL("="),
    BELOW("<"),
    ABOVE(">"),
    /** Of steps: before the limit, for which infinity is never. */
    EARLIER("before"),
    /** Of steps: after the limit or never, which is no later than never. */
    LATER("after");

    private final String sign;

    Relation(String sign) {
      this.sign = sign;
    }
  }

  public Measurement {
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(relation, "relation");
    value = value == null || Double.isFinite(value) ? value : null;
  }

  static Measurement equal(String what, double value, double limit) {
    return new Measurement(what, value, Relation.EQUAL, limit);
  }

  static Measurement below(String what, double value, double limit) {
    return new Measurement(what, value, Relation.BELOW, limit);
  }

  static Measurement above(String what, double value, double limit) {
    return new Measurement(what, value, Relation.ABOVE, limit);
  }

  /**
   * That a target is reached before another step.
   *
   * @param steps null for never
   * @param limit null for never
   */
  static Measurement earlier(String what, Integer steps, Integer limit) {
    return ofSteps(what, steps, Relation.EARLIER, limit);
  }

  /** That a target is reached after another step, or never though the other was. */
  static Measurement later(String what, Integer steps, Integer limit) {
    return ofSteps(what, steps, Relation.LATER, limit);
  }

  private static Measurement ofSteps(String what, Integer steps, Relation relation, Integer limit) {
    return new Measurement(
        what,
        steps == null ? null : (Double) (double) steps,
        relation,
        limit == null ? Double.POSITIVE_INFINITY : limit);
  }

  /** Whether the value stands to the limit as it must; what is not finite never does. */
  public boolean holds() {
    return switch (relation) {
      case EQUAL -> value != null && value == limit;
      case BELOW, EARLIER -> value != null && value < limit;
      case ABOVE -> value != null && value > limit;
      case LATER -> value == null ? Double.isFinite(limit) : value > limit;
    };
  }

  private boolean isOfSteps() {
    return relation == Relation.EARLIER || relation == Relation.LATER;
  }

  /** {@code < 1e-7}. */
  public String bound() {
    return relation.sign + " " + (Double.isInfinite(limit) ? "never" : text(limit));
  }

  /** The value as people read it. */
  @JsonIgnore
  public String valueText() {
    return value != null ? text(value) : isOfSteps() ? "never" : "not finite";
  }

  /** Whole numbers as they are, others to four digits. */
  public static String text(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      return Long.toString((long) value);
    }
    return String.format(Locale.ROOT, "%.4g", value);
  }
}

package org.symbreak.claims;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Locale;
import java.util.Objects;

/**
 * A number that was measured, and what it is held to.
 *
 * @param what was measured, and how
 * @param value what came out; null where it is not finite
 * @param relation how the value must stand to the limit
 * @param limit finite
 */
public record Measurement(String what, Double value, Relation relation, double limit) {
  /** How a value must stand to its limit. */
  public enum Relation {
    EQUAL("="),
    BELOW("<"),
    ABOVE(">");

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

  /** Whether the value stands to the limit as it must; what is not finite never does. */
  public boolean holds() {
    if (value == null) {
      return false;
    }
    return switch (relation) {
      case EQUAL -> value == limit;
      case BELOW -> value < limit;
      case ABOVE -> value > limit;
    };
  }

  /** {@code < 1e-7}. */
  public String bound() {
    return relation.sign + " " + text(limit);
  }

  /** The value as people read it. */
  @JsonIgnore
  public String valueText() {
    return value == null ? "not finite" : text(value);
  }

  /** Whole numbers as they are, others to four digits. */
  public static String text(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      return Long.toString((long) value);
    }
    return String.format(Locale.ROOT, "%.4g", value);
  }
}

package org.symbreak.inspect;

import java.util.List;
import java.util.Locale;

/**
 * Something about the units of a hidden layer that a user should know.
 *
 * @param kind what
 * @param layer number of the hidden layer, from 1
 * @param units numbers of the units concerned, from 1
 * @param alarm whether a build should stop at it
 * @param text what was found and what to do, in words
 */
public record Finding(Kind kind, int layer, List<Integer> units, boolean alarm, String text) {
  /** What can be wrong with units. */
  public enum Kind {
    /** The same incoming weights and bias, bit for bit. */
    IDENTICAL,
    /** The same up to the tolerance. */
    NEARLY_IDENTICAL,
    /** One the negative of the other, behind an odd activation: one feature. */
    OPPOSITE,
    /** One a multiple of the other, behind an activation that only scales it: one feature. */
    PROPORTIONAL,
    /** Switched off on every row, or on every possible one. */
    DEAD,
    /** The same output on every row, though not switched off. */
    CONSTANT,
    /** In the flat ends of the activation on nearly every row. */
    SATURATED;

    /** {@code nearly-identical}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public Finding {
    units = List.copyOf(units);
  }
}

package org.symbreak.data;

import java.util.Objects;

/**
 * What is to hold where a file leaves it open, or where its rows are better not taken as they come.
 *
 * @param skipMissingLabels whether rows without a label are left out, rather than refused
 * @param thousands the mark between groups of three digits, where it could be a decimal one; null
 *     to read it as such only where nothing else can be meant
 * @param dateOrder of days and months where both are possible; null to refuse such dates
 * @param duplicates what becomes of equal rows when the parts are drawn
 */
public record Rulings(
    boolean skipMissingLabels, Character thousands, DateOrder dateOrder, Duplicates duplicates) {
  /** Nothing is said. */
  public static final Rulings NONE = new Rulings(false, null, null, Duplicates.AUTO);

  public Rulings {
    Objects.requireNonNull(duplicates, "duplicates");
  }

  /** Which of a date's first two numbers is the day. */
  public enum DateOrder {
    /** The first: 31/12/2024. */
    DMY,
    /** The second: 12/31/2024. */
    MDY
  }

  /** What becomes of rows that are equal in all columns that are learned from. */
  public enum Duplicates {
    /** Kept in one part where a continuous column makes chance repeats implausible, else spread. */
    AUTO,
    /** Spread over the parts as any rows. */
    KEEP,
    /** Kept in one part. */
    GROUP
  }
}

package org.symbreak.data;

import java.util.List;
import java.util.Objects;

/**
 * What is to hold where a file leaves it open, or where its rows are better not taken as they come.
 *
 * @param skipMissingLabels whether rows without a label are left out, rather than refused
 * @param thousands the mark between groups of three digits, where it could be a decimal one; null
 *     to read it as such only where nothing else can be meant
 * @param dateOrder of days and months where both are possible; null to refuse such dates
 * @param duplicates what becomes of equal rows when the parts are drawn
 * @param group the column whose equal values keep rows in one part; null for rows of their own
 * @param order the column of times, by which test rows come after training rows; null for none
 * @param weight the column of weights, how much each row counts; null for rows that count the same
 * @param folds which part is tested on; each but the last leaves its part out altogether, and the
 *     next one divides what remains; empty for shares of the rows
 * @param calibrationFraction share of the training rows that are set aside for what is settled once
 *     the network is trained, in [0, 1)
 */
public record Rulings(
    boolean skipMissingLabels,
    Character thousands,
    DateOrder dateOrder,
    Duplicates duplicates,
    String group,
    String order,
    String weight,
    List<Fold> folds,
    double calibrationFraction) {
  /** Nothing is said. */
  public static final Rulings NONE = new Rulings(false, null, null, Duplicates.AUTO);

  public Rulings {
    Objects.requireNonNull(duplicates, "duplicates");
    folds = List.copyOf(folds);
  }

  /** Of rows in no groups and no order, parted by shares. */
  public Rulings(
      boolean skipMissingLabels, Character thousands, DateOrder dateOrder, Duplicates duplicates) {
    this(skipMissingLabels, thousands, dateOrder, duplicates, null, null, null, List.of(), 0);
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

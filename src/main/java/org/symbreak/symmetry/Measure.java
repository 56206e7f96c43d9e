package org.symbreak.symmetry;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The one list of what a hidden layer is measured by, in the order of {@link LayerSymmetry}.
 * metrics.csv, the ledger of many runs, tables, log lines, films and pages are made from it: a new
 * measure is a component there, computed by {@link LayerProbe}, and a row here.
 */
public enum Measure {
  DISTINCT_UNITS(
      "distinctUnits",
      "distinct",
      Unit.UNITS,
      "groups of units whose incoming weights and bias are the same bits",
      LayerSymmetry::distinctUnits),
  DISTINCT_UNITS_WITHIN_TOLERANCE(
      "distinctUnitsWithinTolerance",
      "within tolerance",
      Unit.UNITS,
      "groups of units whose incoming weights and bias are the same up to a hundred-thousandth of"
          + " the layer's largest",
      LayerSymmetry::distinctUnitsWithinTolerance),
  MEAN_COSINE(
      "meanCosine",
      "mean cosine",
      Unit.DETAIL,
      "mean cosine between the units' incoming weights, from -1 to 1",
      LayerSymmetry::meanCosine),
  MEAN_ABS_COSINE(
      "meanAbsCosine",
      "mean |cosine|",
      Unit.NUMBER,
      "mean absolute cosine between the units' incoming weights, from 0 to 1",
      LayerSymmetry::meanAbsCosine),
  MAX_ABS_COSINE(
      "maxAbsCosine",
      "largest |cosine|",
      Unit.DETAIL,
      "largest absolute cosine between two units' incoming weights, from 0 to 1",
      LayerSymmetry::maxAbsCosine),
  MEAN_ACTIVATION_COSINE(
      "meanActivationCosine",
      "mean cosine of activations",
      Unit.DETAIL,
      "mean cosine between the units' activations on the probe, from -1 to 1",
      LayerSymmetry::meanActivationCosine),
  MAX_ACTIVATION_COSINE(
      "maxActivationCosine",
      "largest cosine of activations",
      Unit.DETAIL,
      "largest cosine between two units' activations on the probe, from -1 to 1",
      LayerSymmetry::maxActivationCosine),
  EFFECTIVE_RANK(
      "effectiveRank",
      "effective rank",
      Unit.NUMBER,
      "in how many directions the units' activations go, from 0 to the number of units",
      LayerSymmetry::effectiveRank),
  SATURATED(
      "saturated",
      "saturated",
      Unit.SHARE,
      "share of activations where the function is flat, from 0 to 1",
      LayerSymmetry::saturated),
  DEAD(
      "dead",
      "dead",
      Unit.SHARE,
      "share of units that are switched off on every row of the probe, from 0 to 1",
      LayerSymmetry::dead);

  /** What a measure counts in, and so how it is shown. */
  public enum Unit {
    /** Hidden units, of those that the layer has. */
    UNITS,
    /** A number to be shown with two digits behind the point. */
    NUMBER,
    /** A share in [0, 1]. */
    SHARE,
    /** A number for metrics.csv and JSON alone. */
    DETAIL
  }

  private final String key;
  private final String title;
  private final Unit unit;
  private final String description;
  private final Function<LayerSymmetry, ? extends Number> value;

  Measure(
      String key,
      String title,
      Unit unit,
      String description,
      Function<LayerSymmetry, ? extends Number> value) {
    this.key = key;
    this.title = title;
    this.unit = unit;
    this.description = description;
    this.value = value;
  }

  /** Its name in JSON and in columns: that of the component of {@link LayerSymmetry}. */
  public String key() {
    return key;
  }

  /** What it is called before people. */
  public String title() {
    return title;
  }

  public Unit unit() {
    return unit;
  }

  /** What it is, with its range. */
  public String description() {
    return description;
  }

  /** Its value; null where it is undefined. */
  public Number of(LayerSymmetry layer) {
    return value.apply(layer);
  }

  /**
   * Its value for people: {@code 5 of 6}, {@code 1.25}, {@code 12.5 %}.
   *
   * @param none what stands for what is undefined
   */
  public String text(LayerSymmetry layer, String none) {
    Number number = of(layer);
    if (number == null) {
      return none;
    }
    return switch (unit) {
      case UNITS -> number + " of " + layer.hiddenUnits();
      case SHARE -> String.format(Locale.ROOT, "%.1f %%", 100 * number.doubleValue());
      case NUMBER, DETAIL -> String.format(Locale.ROOT, "%.2f", number.doubleValue());
    };
  }

  /** Those to be shown as figures, in tables and beside pictures. */
  public static List<Measure> figures() {
    return Arrays.stream(values())
        .filter(measure -> measure.unit == Unit.NUMBER || measure.unit == Unit.SHARE)
        .toList();
  }

  /** Those that sum a layer up: counts of units and figures. */
  public static List<Measure> summary() {
    return Arrays.stream(values()).filter(measure -> measure.unit != Unit.DETAIL).toList();
  }
}

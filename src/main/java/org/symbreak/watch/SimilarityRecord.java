package org.symbreak.watch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.symbreak.symmetry.LayerSymmetry;
import org.symbreak.symmetry.Measure;

/**
 * How alike the hidden units are at one moment of a training. What is undefined is null, never NaN.
 *
 * @param iteration steps taken, from 0
 * @param epoch passes over the training rows that are complete, from 0
 * @param loss of the last step's batch before that step, penalty included
 * @param validationLoss the last that was computed; null without any
 * @param layers the hidden layers, first to last
 * @param gradientNorms Euclidean norm of the last step's gradient, a layer each, output last; empty
 *     before the first step
 * @param last whether the run ends here; always false in a Deeplearning4j program, which does not
 *     say
 */
public record SimilarityRecord(
    long iteration,
    long epoch,
    Double loss,
    Double validationLoss,
    List<LayerSymmetry> layers,
    List<Double> gradientNorms,
    boolean last) {
  public SimilarityRecord {
    layers = List.copyOf(layers);
    gradientNorms = Collections.unmodifiableList(new ArrayList<>(gradientNorms)); // may hold nulls
  }

  /** Norm of the gradient of a layer by its number, from 1; null where it is not known. */
  public Double gradientNorm(int layer) {
    return layer >= 1 && layer <= gradientNorms.size() ? gradientNorms.get(layer - 1) : null;
  }

  /**
   * One line for people: {@code iteration 500, loss 0.6931; layer 1: 16 of 16 units distinct, mean
   * |cosine| 0.31, effective rank 5.20, gradient 1.2e-03}.
   */
  public String toLine() {
    StringBuilder line =
        new StringBuilder("iteration ")
            .append(iteration)
            .append(", loss ")
            .append(rounded("%.4f", loss));
    for (LayerSymmetry layer : layers) {
      line.append("; layer ").append(layer.layer()).append(": ").append(distinct(layer));
      for (Measure measure : Measure.figures()) {
        append(line, measure.title(), "%.2f", measure.of(layer));
      }
      append(line, "gradient", "%.1e", gradientNorm(layer.layer()));
    }
    return line.toString();
  }

  /** Both counts where rounding has driven equal units apart. */
  private static String distinct(LayerSymmetry layer) {
    int withinTolerance = layer.distinctUnitsWithinTolerance();
    String bitwise =
        withinTolerance == layer.distinctUnits()
            ? ""
            : " (" + layer.distinctUnits() + " to the last bit)";
    return withinTolerance + bitwise + " of " + layer.hiddenUnits() + " units distinct";
  }

  private static void append(StringBuilder line, String name, String format, Number number) {
    if (number != null) {
      line.append(", ").append(name).append(' ').append(rounded(format, number));
    }
  }

  private static String rounded(String format, Number number) {
    return number == null ? "undefined" : String.format(Locale.ROOT, format, number.doubleValue());
  }

  /** Null for what is not finite. */
  static Double finite(double number) {
    return Double.isFinite(number) ? number : null;
  }
}

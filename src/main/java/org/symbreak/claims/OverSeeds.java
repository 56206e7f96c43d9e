package org.symbreak.claims;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A measurement over seeds.
 *
 * @param what was measured, and how
 * @param values what came out, one a seed; null where it is not finite, or never came
 * @param limits what each was held to; null for never
 * @param kept with how many seeds the value keeps its bound
 * @param valueText the values as people read them: one, or the smallest and the largest
 * @param bound the bounds likewise
 */
public record OverSeeds(
    String what,
    List<Double> values,
    List<Double> limits,
    int kept,
    @JsonIgnore String valueText,
    String bound) {
  /**
   * @param seeds the measurement with each seed, at least one
   */
  static OverSeeds of(Stream<Measurement> seeds) {
    List<Measurement> each = seeds.toList();
    List<Double> values = new ArrayList<>();
    List<Double> limits = new ArrayList<>();
    each.forEach(
        measurement -> {
          values.add(measurement.value());
          limits.add(Double.isFinite(measurement.limit()) ? (Double) measurement.limit() : null);
        });
    return new OverSeeds(
        each.get(0).what(),
        values,
        limits,
        (int) each.stream().filter(Measurement::holds).count(),
        range(each, Measurement::value, Measurement::valueText),
        range(each, Measurement::limit, Measurement::bound));
  }

  /** Whether the value keeps its bound with every seed. */
  @JsonProperty
  public boolean holds() {
    return kept == values.size();
  }

  private static String range(
      List<Measurement> each,
      Function<Measurement, Double> number,
      Function<Measurement, String> text) {
    Comparator<Measurement> ascending =
        Comparator.comparing(number, Comparator.nullsLast(Comparator.naturalOrder()));
    String low = each.stream().min(ascending).map(text).orElseThrow();
    String high = each.stream().max(ascending).map(text).orElseThrow();
    // of bounds the sign is said once
    return low.equals(high) ? low : low + " to " + high.replaceFirst("^[<>=] ", "");
  }
}

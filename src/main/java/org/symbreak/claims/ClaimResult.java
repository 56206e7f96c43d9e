package org.symbreak.claims;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What became of a claim on some data.
 *
 * @param id {@code C3}
 * @param claim the statement
 * @param measurements what it is judged by, the leading one first; at least one
 * @param counterCases what happens without a condition that the claim makes; they do not judge it
 * @param table the numbers behind it; null without
 * @param notes what the reader should know, a sentence each
 */
@JsonPropertyOrder({"id", "claim", "measured", "number", "bound", "verdict", "why"})
public record ClaimResult(
    String id,
    String claim,
    List<Measurement> measurements,
    List<Measurement> counterCases,
    ResultTable table,
    List<String> notes) {
  public ClaimResult {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(claim, "claim");
    measurements = List.copyOf(measurements);
    counterCases = List.copyOf(counterCases);
    notes = List.copyOf(notes);
    if (measurements.isEmpty()) {
      throw new IllegalArgumentException("claim " + id + " needs a measurement to be judged by");
    }
  }

  static ClaimResult of(Claim claim, List<Measurement> measurements) {
    return new ClaimResult(claim.id(), claim.statement(), measurements, List.of(), null, List.of());
  }

  ClaimResult withCounterCases(List<Measurement> cases) {
    return new ClaimResult(id, claim, measurements, cases, table, notes);
  }

  ClaimResult withTable(ResultTable numbers) {
    return new ClaimResult(id, claim, measurements, counterCases, numbers, notes);
  }

  ClaimResult withNotes(List<String> sentences) {
    return new ClaimResult(id, claim, measurements, counterCases, table, sentences);
  }

  /** Whether every measurement keeps its bound. */
  @JsonIgnore
  public boolean holds() {
    return measurements.stream().allMatch(Measurement::holds);
  }

  /** {@code holds} or {@code fails}. */
  @JsonProperty
  public String verdict() {
    return holds() ? "holds" : "fails";
  }

  /** The measurement that tells: the first that misses its bound, or else the leading one. */
  @JsonIgnore
  public Measurement telling() {
    return measurements.stream()
        .filter(measurement -> !measurement.holds())
        .findFirst()
        .orElse(measurements.get(0));
  }

  @JsonProperty
  public String measured() {
    return telling().what();
  }

  @JsonProperty
  public Double number() {
    return telling().value();
  }

  @JsonProperty
  public String bound() {
    return telling().bound();
  }

  /** Why the verdict is what it is, in a sentence. */
  @JsonProperty
  public String why() {
    if (holds()) {
      return measurements.size() == 1
          ? "the measurement keeps its bound"
          : "all " + measurements.size() + " measurements keep their bounds";
    }
    return measurements.stream()
        .filter(measurement -> !measurement.holds())
        .map(
            measurement ->
                measurement.what()
                    + ": "
                    + measurement.valueText()
                    + ", not "
                    + measurement.bound())
        .collect(Collectors.joining("; "));
  }
}

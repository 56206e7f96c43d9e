package org.symbreak.claims;

import java.util.List;

/**
 * What a claim's measurements came to with one seed.
 *
 * @param measurements what it is judged by, the leading one first
 * @param counterCases what happens without a condition that the claim makes; they do not judge it
 * @param table the numbers behind it; null without
 * @param notes what the reader should know, a sentence each
 */
record SeedResult(
    List<Measurement> measurements,
    List<Measurement> counterCases,
    ResultTable table,
    List<String> notes) {
  SeedResult {
    measurements = List.copyOf(measurements);
    counterCases = List.copyOf(counterCases);
    notes = List.copyOf(notes);
  }

  static SeedResult of(List<Measurement> measurements) {
    return new SeedResult(measurements, List.of(), null, List.of());
  }

  SeedResult withCounterCases(List<Measurement> cases) {
    return new SeedResult(measurements, cases, table, notes);
  }

  SeedResult withTable(ResultTable numbers) {
    return new SeedResult(measurements, counterCases, numbers, notes);
  }

  SeedResult withNotes(List<String> sentences) {
    return new SeedResult(measurements, counterCases, table, sentences);
  }

  /** Whether every measurement keeps its bound. */
  boolean holds() {
    return measurements.stream().allMatch(Measurement::holds);
  }
}

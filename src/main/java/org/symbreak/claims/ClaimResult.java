package org.symbreak.claims;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.symbreak.statistics.ShareInterval;

/**
 * What became of a claim on some data, over seeds.
 *
 * @param id {@code C3}
 * @param lecture what courses say
 * @param claim what is true of it, as it is measured
 * @param deterministic whether no chance enters, so that one seed says all
 * @param seeds with which it was measured
 * @param outcomes whether every measurement keeps its bound, a seed each
 * @param share of the seeds with which all do, and the 95 % interval of the probability
 * @param measurements what it is judged by, each over the seeds, the leading one first; at least
 *     one
 * @param counterCases what happens without a condition that the claim makes; they do not judge it
 * @param table the numbers behind it, over the seeds; null without
 * @param notes what the reader should know, a sentence each
 */
@JsonPropertyOrder({"id", "lecture", "claim", "verdict", "measured", "number", "bound", "why"})
public record ClaimResult(
    String id,
    String lecture,
    String claim,
    boolean deterministic,
    List<Long> seeds,
    List<Boolean> outcomes,
    ShareInterval share,
    List<OverSeeds> measurements,
    List<OverSeeds> counterCases,
    ResultTable table,
    List<String> notes) {
  private static final double CONFIDENCE = 0.95;

  public ClaimResult {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(lecture, "lecture");
    Objects.requireNonNull(claim, "claim");
    seeds = List.copyOf(seeds);
    outcomes = List.copyOf(outcomes);
    measurements = List.copyOf(measurements);
    counterCases = List.copyOf(counterCases);
    notes = List.copyOf(notes);
    if (measurements.isEmpty()) {
      throw new IllegalArgumentException("claim " + id + " needs a measurement to be judged by");
    }
  }

  /**
   * @param seeds with which it was measured, at least one
   * @param results one a seed
   * @param aside what was measured once
   */
  static ClaimResult of(Claim claim, List<Long> seeds, List<SeedResult> results, SeedResult aside) {
    List<OverSeeds> counterCases =
        IntStream.range(0, results.get(0).counterCases().size())
            .mapToObj(i -> OverSeeds.of(results.stream().map(r -> r.counterCases().get(i))))
            .collect(Collectors.toList());
    aside.counterCases().forEach(once -> counterCases.add(OverSeeds.of(List.of(once).stream())));
    List<Boolean> outcomes = results.stream().map(SeedResult::holds).toList();
    return new ClaimResult(
        claim.id(),
        claim.lecture(),
        claim.statement(),
        claim.isDeterministic(),
        seeds,
        outcomes,
        ShareInterval.of(
            (int) outcomes.stream().filter(holds -> holds).count(), outcomes.size(), CONFIDENCE),
        IntStream.range(0, results.get(0).measurements().size())
            .mapToObj(i -> OverSeeds.of(results.stream().map(r -> r.measurements().get(i))))
            .toList(),
        counterCases,
        ResultTable.overSeeds(results.stream().map(SeedResult::table).toList()),
        java.util.stream.Stream.concat(
                results.stream().flatMap(result -> result.notes().stream()).distinct(),
                aside.notes().stream())
            .toList());
  }

  /** {@code holds} with all of the seeds, {@code fails} with none, or {@code mixed}. */
  @JsonProperty
  public String verdict() {
    return holds() ? "holds" : share.happened() == 0 ? "fails" : "mixed";
  }

  /** Whether every measurement keeps its bound with every seed. */
  @JsonIgnore
  public boolean holds() {
    return share.happened() == share.trials();
  }

  /** The measurement that tells: the one that misses its bound most often, or the leading one. */
  @JsonIgnore
  public OverSeeds telling() {
    return measurements.stream()
        .reduce((a, b) -> b.kept() < a.kept() ? b : a)
        .filter(worst -> worst.kept() < worst.values().size())
        .orElse(measurements.get(0));
  }

  @JsonProperty
  public String measured() {
    return telling().what();
  }

  /** The leading number, of the first seed. */
  @JsonProperty
  public Double number() {
    return telling().values().get(0);
  }

  @JsonProperty
  public String bound() {
    return telling().bound();
  }

  /** Of how many seeds the verdict speaks, in words. */
  @JsonProperty
  public String seedsText() {
    if (deterministic) {
      return "no chance enters: one seed says all";
    }
    String of = share.happened() + " of " + share.trials() + " seeds";
    return String.format(
        Locale.ROOT,
        "%s; 95 %% interval of the probability %.0f to %.0f %%",
        of,
        100 * share.low(),
        100 * share.high());
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
        .filter(measurement -> measurement.kept() < measurement.values().size())
        .map(
            measurement ->
                measurement.what()
                    + ": "
                    + measurement.valueText()
                    + ", not "
                    + measurement.bound()
                    + (deterministic || share.trials() == 1
                        ? ""
                        : String.format(
                            Locale.ROOT,
                            " with %d of %d seeds",
                            measurement.values().size() - measurement.kept(),
                            measurement.values().size())))
        .collect(Collectors.joining("; "));
  }
}

package org.symbreak.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbreak.network.Activation;
import org.symbreak.problem.InputException;

/**
 * Each claim holds where it should, and its verdict says "fails" where what it measures is not so.
 */
class VerdictsTest {
  private static ClaimData data;

  @BeforeAll
  static void read(@TempDir Path directory) {
    data = SmallData.circles(directory);
  }

  @AfterAll
  static void close() {
    data.dataset().close();
  }

  private static Stream<Claim> thatHold() {
    return Stream.of(
        new SameFunction("zeros"),
        new SameErrorSignal("zeros"),
        new Induction("zeros", 1),
        new RepeatedFeature("zeros"),
        StartDecides.CONSTANT,
        new StationaryZeros("zeros"),
        new ConvexFromZeros(0.01, 1000),
        StartDecides.ZERO_BIASES,
        StartDecides.GAUSSIAN,
        StartDecides.UNIFORM,
        new LargeScale(100),
        new ReluScale(100, 1000),
        new DepthNeedsScale("gaussian:0.01", "lecun"),
        new WhatMustBeRandom("glorot", "constant:0.5"),
        new GradientsAreRight(GradientCheck.THRESHOLD),
        new AdvancedOptimizers("glorot", "constant:0.5"),
        new Predictions(1000));
  }

  private static Stream<Claim> thatFail() {
    return Stream.of(
        new SameFunction("gaussian:0.01"),
        new SameErrorSignal("zeros/gaussian:0.01"),
        new Induction("gaussian:0.01", 1),
        new RepeatedFeature("gaussian:0.01"),
        starting(StartDecides.CONSTANT, "gaussian:0.5"),
        new StationaryZeros("constant:0.01"),
        new ConvexFromZeros(0.01, 2),
        starting(StartDecides.ZERO_BIASES, "zeros"),
        starting(StartDecides.GAUSSIAN, "constant:0.01"),
        starting(StartDecides.UNIFORM, "gaussian:1"),
        new LargeScale(0.1),
        new ReluScale(1000, 0.1),
        new DepthNeedsScale("lecun", "gaussian:0.01"),
        new WhatMustBeRandom("constant:0.3", "gaussian:0.5"),
        new GradientsAreRight(1e-15),
        new AdvancedOptimizers("constant:0.5", "gaussian:0.5"),
        new Predictions(1));
  }

  /** The same claim about other beginnings. */
  private static StartDecides starting(StartDecides claim, String weights) {
    return new StartDecides(
        claim.id(),
        claim.lecture(),
        claim.statement(),
        claim.parts(),
        claim.learns(),
        claim.within(),
        List.of(new StartDecides.Begin(weights, "zeros", Activation.TANH)),
        null);
  }

  @ParameterizedTest
  @MethodSource("thatHold")
  void holds(Claim claim) {
    ClaimResult result = once(claim, data);
    assertThat(result.why())
        .startsWith(result.measurements().size() == 1 ? "the measurement" : "all");
    assertThat(result.verdict()).isEqualTo("holds");
  }

  @ParameterizedTest
  @MethodSource("thatFail")
  void fails(Claim claim) {
    ClaimResult result = once(claim, data);
    assertThat(result.verdict()).as(result.measurements().toString()).isEqualTo("fails");
    assertThat(result.why()).contains(result.measured());
  }

  /** Without what is measured aside, on Deeplearning4j's engine. */
  private static ClaimResult once(Claim claim, ClaimData on) {
    return Claims.check(claim, List.of(on), true);
  }

  /** An engine that rounds one unit otherwise, or computes a wrong gradient, is noticed. */
  @Test
  void failsOnFaultyEngines() {
    ClaimData parting = data.withEngines(problem -> FaultyEngine.PARTS_UNITS);
    assertThat(new Induction("zeros", 1).check(parting).holds()).isFalse();
    assertThat(StartDecides.CONSTANT.check(parting).holds()).isFalse();
    assertThat(new StationaryZeros("zeros").check(parting).holds()).isFalse();
    ClaimData wrong = data.withEngines(problem -> FaultyEngine.WRONG_GRADIENT);
    assertThat(new SameErrorSignal("constant:0.5").check(wrong).holds()).isFalse();
    ClaimResult gradients = once(new GradientsAreRight(GradientCheck.THRESHOLD), wrong);
    assertThat(gradients.verdict()).isEqualTo("fails");
    assertThat(gradients.number()).isGreaterThan(1e-3);
  }

  /** A claim whose measurement is its seed. */
  private record SmallSeeds(long limit) implements Claim {
    @Override
    public String id() {
      return "C0";
    }

    @Override
    public String lecture() {
      return "Seeds are small.";
    }

    @Override
    public String statement() {
      return "Seeds are below " + limit + ".";
    }

    @Override
    public SeedResult check(ClaimData of) {
      return SeedResult.of(List.of(Measurement.below("seed", of.seed(), limit)))
          .withTable(
              new ResultTable(
                  List.of("what", "number", "steps"),
                  List.of(Arrays.asList("seed", of.seed(), of.seed() < 3 ? of.seed() : null))));
    }
  }

  @Test
  void aVerdictSaysOfHowManySeeds() {
    List<ClaimData> seeds = LongStream.rangeClosed(1, 5).mapToObj(VerdictsTest::withSeed).toList();
    ClaimResult holds = Claims.check(new SmallSeeds(6), seeds, true);
    assertThat(holds.verdict()).isEqualTo("holds");
    assertThat(holds.seedsText())
        .isEqualTo("5 of 5 seeds; 95 % interval of the probability 48 to 100 %");
    assertThat(holds.measurements().get(0).valueText()).isEqualTo("1 to 5");
    assertThat(holds.table().rows().get(0)).containsExactly("seed", 3.0, "never (2 of 5)");
    ClaimResult mixed = Claims.check(new SmallSeeds(4), seeds, true);
    assertThat(mixed.verdict()).isEqualTo("mixed");
    assertThat(mixed.why()).isEqualTo("seed: 1 to 5, not < 4 with 2 of 5 seeds");
    assertThat(Claims.check(new SmallSeeds(1), seeds, true).verdict()).isEqualTo("fails");
  }

  private static ClaimData withSeed(long seed) {
    return new ClaimData(
        data.source(),
        data.dataset(),
        data.x(),
        data.y(),
        data.hidden(),
        data.engines(),
        seed,
        new Yardsticks());
  }

  /** What never comes is later than all that do, and no earlier than what never comes either. */
  @Test
  void neverIsLaterThanAnyStep() {
    assertThat(Measurement.earlier("x", 20, 30).holds()).isTrue();
    assertThat(Measurement.earlier("x", 20, null).holds()).isTrue();
    assertThat(Measurement.earlier("x", null, 30).holds()).isFalse();
    assertThat(Measurement.earlier("x", null, null).holds()).isFalse();
    assertThat(Measurement.later("x", 40, 30).holds()).isTrue();
    assertThat(Measurement.later("x", 30, 30).holds()).isFalse();
    assertThat(Measurement.later("x", null, 30).holds()).isTrue();
    assertThat(Measurement.later("x", null, null).holds()).isFalse();
    assertThat(Measurement.later("x", 40, null).holds()).isFalse();
    assertThat(Measurement.later("x", null, 30).valueText()).isEqualTo("never");
    assertThat(Measurement.earlier("x", 20, null).bound()).isEqualTo("before never");
  }

  @Test
  void everyVerdictIsTried() {
    assertThat(thatFail().map(Claim::id)).containsExactlyElementsOf(Claims.ids());
  }

  @Test
  void namesTheClaimsThatThereAre() {
    assertThatThrownBy(() -> Claims.requireKnown(List.of("C3", "c13A", "C17", "D1")))
        .isInstanceOfSatisfying(
            InputException.class,
            e ->
                assertThat(e.problems())
                    .hasSize(2)
                    .allMatch(problem -> problem.choices().contains("C13a")));
  }

  @Test
  void whatIsNotFiniteHoldsNowhere() {
    for (Measurement.Relation relation : Measurement.Relation.values()) {
      boolean isOfSteps = relation == Measurement.Relation.LATER;
      assertThat(new Measurement("x", Double.NaN, relation, 0).holds()).isEqualTo(isOfSteps);
      assertThat(new Measurement("x", Double.POSITIVE_INFINITY, relation, 0).value()).isNull();
    }
  }
}

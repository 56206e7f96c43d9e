package org.symbreak.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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
        new Induction("zeros", 1, 0),
        new RepeatedFeature("zeros"),
        new ConstantFate("constant:0.5"),
        new StationaryZeros("zeros"),
        new ConvexFromZeros(0.01, 1000),
        new ZeroBiases("gaussian:0.01"),
        new GaussianBreaks("gaussian:0.01"),
        new UniformBreaks("uniform:0.12", 0.12),
        new LargeScale(100, 0.01),
        new ReluScale(1000, 0.01),
        new WhatMustBeRandom("glorot"),
        new GradientsAreRight(GradientCheck.THRESHOLD),
        new AdvancedOptimizers("glorot", "constant:0.5"),
        new Predictions(1000));
  }

  private static Stream<Claim> thatFail() {
    return Stream.of(
        new SameFunction("gaussian:0.01"),
        new SameErrorSignal("zeros/gaussian:0.01"),
        new Induction("gaussian:0.01", 1, 0),
        new RepeatedFeature("gaussian:0.01"),
        new ConstantFate("gaussian:0.5"),
        new StationaryZeros("constant:0.01"),
        new ConvexFromZeros(0.01, 2),
        new ZeroBiases("zeros"),
        new GaussianBreaks("constant:0.01"),
        new UniformBreaks("gaussian:1", 0.12),
        new LargeScale(0.1, 0.01),
        new ReluScale(0.1, 0.01),
        new DepthNeedsScale("lecun", "gaussian:0.01"),
        new WhatMustBeRandom("constant:0.3"),
        new GradientsAreRight(1e-15),
        new AdvancedOptimizers("constant:0.5", "gaussian:0.5"),
        new Predictions(1));
  }

  @ParameterizedTest
  @MethodSource("thatHold")
  void holds(Claim claim) {
    ClaimResult result = claim.check(data);
    assertThat(result.why())
        .startsWith(result.measurements().size() == 1 ? "the measurement" : "all");
    assertThat(result.verdict()).isEqualTo("holds");
  }

  @ParameterizedTest
  @MethodSource("thatFail")
  void fails(Claim claim) {
    ClaimResult result = claim.check(data);
    assertThat(result.verdict()).as(result.measurements().toString()).isEqualTo("fails");
    assertThat(result.why()).contains(result.measured());
  }

  /** An engine that rounds one unit otherwise, or computes a wrong gradient, is noticed. */
  @Test
  void failsOnFaultyEngines() {
    ClaimData parting = data.withEngines(problem -> FaultyEngine.PARTS_UNITS);
    assertThat(new Induction("zeros", 1, 0).check(parting).verdict()).isEqualTo("fails");
    assertThat(new ConstantFate("constant:0.5").check(parting).verdict()).isEqualTo("fails");
    ClaimData wrong = data.withEngines(problem -> FaultyEngine.WRONG_GRADIENT);
    assertThat(new SameErrorSignal("constant:0.5").check(wrong).verdict()).isEqualTo("fails");
    ClaimResult gradients = new GradientsAreRight(GradientCheck.THRESHOLD).check(wrong);
    assertThat(gradients.verdict()).isEqualTo("fails");
    assertThat(gradients.number()).isGreaterThan(1e-3);
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
      assertThat(new Measurement("x", Double.NaN, relation, 0).holds()).isFalse();
      assertThat(new Measurement("x", Double.POSITIVE_INFINITY, relation, 0).value()).isNull();
    }
  }
}

package org.symbreak.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Nearest;
import org.symbreak.problem.Problem;

/** The catalogue of claims. */
public final class Claims {
  private static final List<Claim> ALL =
      List.of(
          new SameFunction("zeros"),
          new SameErrorSignal("zeros"),
          new Induction("zeros", 6, 40),
          new RepeatedFeature("zeros"),
          new ConstantFate("constant:0.5"),
          new StationaryZeros("zeros"),
          new ConvexFromZeros(0.01, 1000),
          new ZeroBiases("gaussian:0.01"),
          new GaussianBreaks("gaussian:0.01"),
          new UniformBreaks("uniform:0.12", 0.12),
          new LargeScale(100, 0.01),
          new ReluScale(1000, 0.01),
          new DepthNeedsScale("gaussian:0.01", "lecun"),
          new WhatMustBeRandom("glorot"),
          new GradientsAreRight(GradientCheck.THRESHOLD),
          new AdvancedOptimizers("glorot", "constant:0.5"),
          new Predictions(1000));

  private Claims() {}

  /** {@code C1}, {@code C2}, ..., in the order in which they build on each other. */
  public static List<String> ids() {
    return ALL.stream().map(Claim::id).toList();
  }

  /**
   * Checks claims, one after the other.
   *
   * @param ids which, upper and lower case alike; all where empty
   * @param data what they are measured on
   * @param watcher is told each result as it comes
   * @throws InputException that lists every id that there is not
   */
  public static List<ClaimResult> check(
      List<String> ids, ClaimData data, Consumer<ClaimResult> watcher) {
    List<ClaimResult> results = new ArrayList<>();
    for (Claim claim : named(ids)) {
      ClaimResult result = claim.check(data);
      watcher.accept(result);
      results.add(result);
    }
    return results;
  }

  /** Refuses ids that there are not, without checking any. */
  public static void requireKnown(List<String> ids) {
    named(ids);
  }

  private static List<Claim> named(List<String> ids) {
    if (ids.isEmpty()) {
      return ALL;
    }
    List<Claim> claims = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (String id : ids) {
      Optional<Claim> found =
          ALL.stream().filter(claim -> claim.id().equalsIgnoreCase(id)).findFirst();
      found.ifPresentOrElse(
          claims::add,
          () ->
              problems.add(
                  new Problem(
                      "claims",
                      "a claim",
                      "'" + id + "'",
                      Nearest.names(id, ids(), ids().size()))));
    }
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    return claims;
  }
}

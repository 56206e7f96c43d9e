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
          new Induction("zeros", 2),
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

  private Claims() {}

  /** {@code C1}, {@code C2}, ..., in the order in which they build on each other. */
  public static List<String> ids() {
    return ALL.stream().map(Claim::id).toList();
  }

  /**
   * Checks claims, one after the other.
   *
   * @param ids which, upper and lower case alike; all where empty
   * @param seeds what they are measured on, once a seed, at least one; claims that no chance enters
   *     take the first alone
   * @param brief whether what does not judge is left out where it costs much
   * @param watcher is told each result as it comes
   * @throws InputException that lists every id that there is not
   */
  public static List<ClaimResult> check(
      List<String> ids, List<ClaimData> seeds, boolean brief, Consumer<ClaimResult> watcher) {
    List<ClaimResult> results = new ArrayList<>();
    for (Claim claim : named(ids)) {
      ClaimResult result =
          check(claim, claim.isDeterministic() ? seeds.subList(0, 1) : seeds, brief);
      watcher.accept(result);
      results.add(result);
    }
    return results;
  }

  static ClaimResult check(Claim claim, List<ClaimData> seeds, boolean brief) {
    return ClaimResult.of(
        claim,
        seeds.stream().map(ClaimData::seed).toList(),
        seeds.stream().map(claim::check).toList(),
        brief ? SeedResult.of(List.of()) : claim.aside(seeds.get(0)));
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

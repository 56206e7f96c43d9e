package org.symbreak.claims;

import java.util.Optional;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.run.Engines;

/** What the losses of claims are held against, each computed when it is first asked for. */
final class Yardsticks {
  /** Steps with momentum, enough for a network of one hidden layer on standardized features. */
  static final int STEPS = 2000;

  private static final int STARTS = 5;

  /** Up to which width Deeplearning4j's engine is searched for a break by rounding. */
  static final int WIDEST = 40;

  /** Steps at each of these widths. */
  static final int ROUNDING_TRIES = 3;

  /** Steps at the width that is found, to see how the difference grows. */
  private static final int ROUNDING_STEPS = 300;

  private Optional<RoundingBreak> roundingBreak;
  private Double bestOfOneUnit;
  private Double target;

  /** Where rounding parts equal units of Deeplearning4j's engine on this processor. */
  Optional<RoundingBreak> roundingBreak(ClaimData data) {
    if (roundingBreak == null) {
      roundingBreak =
          RoundingBreak.search(
              data.withEngines(problem -> Engines.choose("dl4j", problem).engine()),
              WIDEST,
              ROUNDING_TRIES,
              ROUNDING_STEPS);
    }
    return roundingBreak;
  }

  /**
   * The lowest loss that a network with one hidden tanh unit comes to, from a few random starts:
   * what a layer of equal units cannot beat.
   */
  double bestOfOneUnit(ClaimData data) {
    if (bestOfOneUnit == null) {
      NetworkSpec one = ClaimData.network(1, 1, Activation.TANH, "gaussian:1", "zeros");
      double best = Double.POSITIVE_INFINITY;
      for (int attempt = 0; attempt < STARTS; attempt++) {
        double[] start = one.initialParameters(data.features(), data.derivedSeed(attempt));
        double[] end = new Descent(data, one, Descent.FAST, start).after(STEPS);
        best = Math.min(best, data.loss(one, end));
      }
      bestOfOneUnit = best;
    }
    return bestOfOneUnit;
  }

  /**
   * Half way from the loss of a constant prediction to what a well-scaled network of one hidden
   * layer comes to.
   */
  double target(ClaimData data) {
    if (target == null) {
      NetworkSpec network = ClaimData.network(1, data.hidden(), Activation.TANH, "glorot", "zeros");
      double[] end = Descent.of(data, network, Descent.FAST).after(STEPS);
      target = (data.constantLoss() + data.loss(network, end)) / 2;
    }
    return target;
  }
}

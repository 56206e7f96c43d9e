package org.symbreak.setting;

import java.util.Locale;
import java.util.Objects;

/**
 * How parameters are moved.
 *
 * @param kind the method
 * @param learningRate step size of the first iteration, positive and finite; ignored by LBFGS and
 *     CG
 * @param momentum of NESTEROV, in [0, 1); ignored by the others
 * @param decay how the learning rate changes with the iteration
 */
public record OptimizerSpec(Kind kind, double learningRate, double momentum, Decay decay) {
  /** The methods; LBFGS and CG take the full batch. */
  public enum Kind {
    SGD,
    NESTEROV,
    ADAM,
    LBFGS,
    CG;

    /** Whether it takes steps of the gradient's length, or searches along a line over all rows. */
    public boolean isLineSearch() {
      return this == LBFGS || this == CG;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** First moment's decay of ADAM (Kingma and Ba, ICLR 2015, algorithm 1). */
  public static final double ADAM_BETA1 = 0.9;

  /** Second moment's decay of ADAM. */
  public static final double ADAM_BETA2 = 0.999;

  /**
   * What ADAM adds to the root of the second moment before that is corrected for its start at zero:
   * Kingma and Ba's ε̂, in the faster form at the end of their section 2, as Deeplearning4j has it.
   * PyTorch adds its ε to the corrected root, so that early steps on tiny gradients differ.
   */
  public static final double ADAM_EPSILON = 1e-8;

  public OptimizerSpec {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(decay, "decay");
    if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "learningRate must be positive and finite, found " + learningRate);
    }
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("momentum must be in [0, 1), found " + momentum);
    }
  }

  /**
   * Learning rate over iterations i, counted from 0: none: r; exponential: r γ^i; inverse: r / (1 +
   * γ i)^power; step: r γ^⌊i / every⌋. Those of Deeplearning4j's ExponentialSchedule,
   * InverseSchedule and StepSchedule.
   *
   * @param kind the formula
   * @param gamma γ
   * @param parameter power of inverse, every of step; ignored by the others
   */
  public record Decay(Kind kind, double gamma, double parameter) {
    /** The formulas. */
    public enum Kind {
      NONE,
      EXPONENTIAL,
      INVERSE,
      STEP
    }

    public static final Decay NONE = new Decay(Kind.NONE, 1, 1);

    public Decay {
      Objects.requireNonNull(kind, "kind");
      if (!(gamma >= 0 && gamma < Double.POSITIVE_INFINITY)
          || !(parameter > 0 && parameter < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "decay needs a finite gamma from 0 and a positive parameter, found "
                + gamma
                + " and "
                + parameter);
      }
    }

    /**
     * Learning rate at an iteration, from 0, with Deeplearning4j's operations in Deeplearning4j's
     * order.
     */
    public double rate(double initial, long iteration) {
      return switch (kind) {
        case NONE -> initial;
        case EXPONENTIAL -> initial * Math.pow(gamma, iteration);
        case INVERSE -> initial / Math.pow(1 + gamma * iteration, parameter);
        case STEP -> initial * Math.pow(gamma, Math.floor(iteration / parameter));
      };
    }
  }
}

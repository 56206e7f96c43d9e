package org.symbreak.network;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.symbreak.problem.InputException;

/**
 * What a hidden unit does to its sum of inputs z; function and slope side by side, in double
 * precision.
 */
public enum Activation {
  SIGMOID(new ActivationSigmoid()) {
    @Override
    public double value(double z) {
      return 1 / (1 + StrictMath.exp(-z));
    }

    @Override
    public double slope(double z) {
      double a = value(z);
      return a * (1 - a);
    }
  },
  TANH(new ActivationTanH()) {
    @Override
    public double value(double z) {
      return StrictMath.tanh(z);
    }

    @Override
    public double slope(double z) {
      double a = StrictMath.tanh(z);
      return 1 - a * a;
    }
  },
  RELU(new ActivationReLU()) {
    @Override
    public double value(double z) {
      return z > 0 ? z : 0;
    }

    @Override
    public double slope(double z) {
      return z > 0 ? 1 : 0;
    }
  },
  /** Slope 0.01 below zero, as in Deeplearning4j. */
  LEAKYRELU(new ActivationLReLU()) {
    @Override
    public double value(double z) {
      return z > 0 ? z : 0.01 * z;
    }

    @Override
    public double slope(double z) {
      return z > 0 ? 1 : 0.01;
    }
  },
  ELU(new ActivationELU()) {
    @Override
    public double value(double z) {
      return z > 0 ? z : StrictMath.expm1(z);
    }

    @Override
    public double slope(double z) {
      return z > 0 ? 1 : StrictMath.exp(z);
    }
  },
  SOFTPLUS(new ActivationSoftPlus()) {
    @Override
    public double value(double z) {
      return z > 0 ? z + StrictMath.log1p(StrictMath.exp(-z)) : StrictMath.log1p(StrictMath.exp(z));
    }

    @Override
    public double slope(double z) {
      return 1 / (1 + StrictMath.exp(-z));
    }
  },
  IDENTITY(new ActivationIdentity()) {
    @Override
    public double value(double z) {
      return z;
    }

    @Override
    public double slope(double z) {
      return 1;
    }
  };

  private final IActivation dl4j;

  Activation(IActivation dl4j) {
    this.dl4j = dl4j;
  }

  public abstract double value(double z);

  public abstract double slope(double z);

  /** Deeplearning4j's own function of this name. */
  public IActivation dl4j() {
    return dl4j;
  }

  /** The one that Deeplearning4j has a class of this simple name for. */
  public static Optional<Activation> ofClass(String simpleName) {
    return Arrays.stream(values())
        .filter(activation -> activation.className().equals(simpleName))
        .findFirst();
  }

  /** Simple name of Deeplearning4j's class, such as ActivationTanH. */
  public String className() {
    return dl4j.getClass().getSimpleName();
  }

  /** {@code tanh}, as users write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws InputException with the choices where there is none of this name
   */
  public static Activation parse(String name) {
    return Arrays.stream(values())
        .filter(activation -> activation.toString().equals(name.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                InputException.of(
                    "--activation",
                    "an activation",
                    "'" + name + "'",
                    Arrays.stream(values()).map(Activation::toString).toArray(String[]::new)));
  }
}

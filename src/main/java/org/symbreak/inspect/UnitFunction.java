package org.symbreak.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.symbreak.symmetry.FlatZone;

/**
 * What a dense layer's units do to their sums: Deeplearning4j's own activation functions, applied
 * one after the other.
 */
final class UnitFunction {
  private static final Set<String> HOMOGENEOUS = Set.of("identity", "relu", "leakyrelu");
  private static final Set<String> ODD =
      Set.of("cube", "hardtanh", "identity", "rationaltanh", "softsign", "tanh");
  private static final Set<String> MONOTONE =
      Set.of(
          "cube",
          "elu",
          "hardsigmoid",
          "hardtanh",
          "identity",
          "leakyrelu",
          "rationaltanh",
          "rectifiedtanh",
          "relu",
          "relu6",
          "selu",
          "sigmoid",
          "softplus",
          "softsign",
          "tanh",
          "thresholdedrelu");

  /** Stands for infinity: a float that no bounded function is still moved by. */
  private static final double FAR = 1e30;

  private final List<IActivation> activations;
  private final DataType type;

  /**
   * @param activations in the order in which they are applied, at least one
   * @param type in which the network computes
   */
  UnitFunction(List<IActivation> activations, DataType type) {
    this.activations = List.copyOf(activations);
    this.type = type;
  }

  /**
   * As Deeplearning4j prints it, {@code elu(alpha=1.0)}; identities behind or before another are
   * left out.
   */
  String name() {
    List<String> names = new ArrayList<>();
    activations.forEach(activation -> names.add(activation.toString()));
    names.removeIf(name -> name.equals("identity"));
    return names.isEmpty() ? "identity" : String.join(", ", names);
  }

  FlatZone zone() {
    return FlatZone.named(name());
  }

  /** Whether f(c z) = c f(z) for every positive c. */
  boolean isHomogeneous() {
    return all(HOMOGENEOUS);
  }

  /** Whether f(−z) = −f(z). */
  boolean isOdd() {
    return all(ODD);
  }

  private boolean isMonotone() {
    return all(MONOTONE);
  }

  /** Whether a unit's activation depends on other units' sums. */
  boolean couplesUnits() {
    return activations.stream().anyMatch(activation -> stem(activation).equals("softmax"));
  }

  /** f(z), in the network's precision. */
  double[] values(double... z) {
    INDArray values = Nd4j.createFromArray(z).reshape(1, z.length).castTo(type);
    for (IActivation activation : activations) {
      values = activation.getActivation(values, false);
    }
    return values.dup('c').data().asDouble();
  }

  /**
   * All values that f takes over an interval, which may be unbounded; too wide rather than too
   * narrow.
   */
  Interval over(Interval z) {
    if (couplesUnits() || !isMonotone() && z.low() < z.high()) {
      return Interval.ALL;
    }
    double[] ends = values(Math.max(-FAR, z.low()), Math.min(FAR, z.high()));
    return new Interval(end(z.low(), ends[0]), end(z.high(), ends[1]));
  }

  /** At an infinite z, what is still moving there is taken for unbounded. */
  private static double end(double z, double value) {
    return Double.isFinite(z) || Math.abs(value) < 1e6 ? value : z;
  }

  private boolean all(Set<String> names) {
    return activations.stream().allMatch(activation -> names.contains(stem(activation)));
  }

  private static String stem(IActivation activation) {
    String name = activation.toString();
    int parameters = name.indexOf('(');
    return parameters < 0 ? name : name.substring(0, parameters);
  }
}

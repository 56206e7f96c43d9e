package org.symbreak.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.symbreak.symmetry.FlatZone;

/** What a dense layer's units do to their sums: activation functions, one after the other. */
public interface UnitFunction {
  /** Functions f with f(c z) = c f(z) for every positive c. */
  Set<String> HOMOGENEOUS = Set.of("identity", "relu", "leakyrelu");

  /** Functions f with f(−z) = −f(z). */
  Set<String> ODD = Set.of("cube", "hardtanh", "identity", "rationaltanh", "softsign", "tanh");

  /** Functions that never fall. */
  Set<String> MONOTONE =
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

  /** Functions whose value at one unit depends on other units' sums. */
  Set<String> COUPLING = Set.of("softmax", "logsoftmax");

  /** Stands for infinity: a float that no bounded function is still moved by. */
  double FAR = 1e30;

  /**
   * Names in the order in which they are applied, at least one, as Deeplearning4j prints them:
   * {@code elu(alpha=1.0)}.
   */
  List<String> names();

  /**
   * f of the sums of all units of a layer, in the network's precision.
   *
   * @return freshly allocated
   */
  double[] values(double... z);

  /** {@code elu(alpha=1.0)}; identities behind or before another are left out. */
  default String name() {
    List<String> names = new ArrayList<>(names());
    names.removeIf(name -> name.equals("identity"));
    return names.isEmpty() ? "identity" : String.join(", ", names);
  }

  /** Where it is flat. */
  default FlatZone zone() {
    return FlatZone.named(name());
  }

  /** Whether f(c z) = c f(z) for every positive c. */
  default boolean isHomogeneous() {
    return all(HOMOGENEOUS);
  }

  /** Whether f(−z) = −f(z). */
  default boolean isOdd() {
    return all(ODD);
  }

  /** Whether a unit's activation depends on other units' sums. */
  default boolean couplesUnits() {
    return names().stream().anyMatch(name -> COUPLING.contains(stem(name)));
  }

  /**
   * All values that f takes over an interval, which may be unbounded; too wide rather than too
   * narrow.
   */
  default Interval over(Interval z) {
    if (couplesUnits() || !all(MONOTONE) && z.low() < z.high()) {
      return Interval.ALL;
    }
    double[] ends = values(Math.max(-FAR, z.low()), Math.min(FAR, z.high()));
    return new Interval(end(z.low(), ends[0]), end(z.high(), ends[1]));
  }

  private boolean all(Set<String> chosen) {
    return names().stream().allMatch(name -> chosen.contains(stem(name)));
  }

  /** At an infinite z, what is still moving there is taken for unbounded. */
  private static double end(double z, double value) {
    return Double.isFinite(z) || Math.abs(value) < 1e6 ? value : z;
  }

  private static String stem(String name) {
    int parameters = name.indexOf('(');
    return parameters < 0 ? name : name.substring(0, parameters);
  }
}

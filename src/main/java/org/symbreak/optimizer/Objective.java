package org.symbreak.optimizer;

/** A smooth function to be minimized. */
@FunctionalInterface
public interface Objective {
  /**
   * @param x where
   * @param gradient receives the gradient there, as long as {@code x}
   * @return the function's value; NaN or infinite where it has none
   */
  double at(double[] x, double[] gradient);
}

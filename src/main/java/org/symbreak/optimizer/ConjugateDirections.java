package org.symbreak.optimizer;

import java.util.List;

/**
 * Non-linear conjugate gradients of Polak and Ribière with β⁺ = max(β, 0), which begins anew by
 * itself where directions have lost conjugacy (Nocedal and Wright, Numerical Optimization, 2nd
 * edition, equations 5.44 and 5.45).
 */
final class ConjugateDirections implements SearchDirections {
  private double[] direction;
  private double[] gradientBefore;

  /**
   * Conjugacy needs a precise search: the curvature constant must be below ½ (Nocedal and Wright,
   * section 5.2).
   */
  @Override
  public WolfeSearch search() {
    return new WolfeSearch(1e-4, 0.4);
  }

  @Override
  public double[] next(double[] gradient) {
    double[] next = gradient.clone();
    VectorMath.scale(next, -1);
    if (!isFresh()) {
      double squares = VectorMath.dot(gradientBefore, gradientBefore);
      double beta =
          (VectorMath.dot(gradient, gradient) - VectorMath.dot(gradient, gradientBefore)) / squares;
      VectorMath.add(next, Math.max(0, beta), direction);
    }
    direction = next.clone();
    return next;
  }

  /**
   * As if the function fell as much as the last time (Nocedal and Wright, equation 3.60); first by
   * about the length of the gradient.
   */
  @Override
  public double firstStep(double[] gradient, double slope, double lastFall) {
    double fall =
        Double.isNaN(lastFall) ? Math.sqrt(VectorMath.dot(gradient, gradient)) / 2 : lastFall;
    double step = 1.01 * 2 * fall / -slope;
    return step > 0 ? Math.min(1, step) : 1;
  }

  @Override
  public void moved(double[] step, double[] before, double[] after) {
    gradientBefore = before.clone();
  }

  @Override
  public boolean isFresh() {
    return gradientBefore == null;
  }

  @Override
  public void forget() {
    gradientBefore = null;
  }

  @Override
  public List<double[]> memory() {
    return isFresh() ? List.of() : List.of(direction, gradientBefore);
  }

  @Override
  public void remember(List<double[]> memory) {
    forget();
    if (!memory.isEmpty()) {
      direction = memory.get(0);
      gradientBefore = memory.get(1);
    }
  }
}

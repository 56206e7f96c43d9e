package org.symbreak.optimizer;

import java.util.ArrayList;
import java.util.List;

/**
 * Limited-memory BFGS: the two-loop recursion (Nocedal and Wright, Numerical Optimization, 2nd
 * edition, algorithm 7.4) over the last ten steps and changes of the gradient, scaled by γ = sᵀy /
 * yᵀy (equation 7.20).
 */
final class LbfgsDirections implements SearchDirections {
  static final int PAIRS = 10;

  /**
   * A pair whose curvature sᵀy is below this share of yᵀy is left out: the matrix would no longer
   * be positive definite on this machine.
   */
  private static final double LEAST_CURVATURE = 2.2e-16;

  private final List<double[]> steps = new ArrayList<>();
  private final List<double[]> changes = new ArrayList<>();

  /**
   * A step of 1 nearly always does, so the curvature condition may be weak (Nocedal and Wright,
   * section 3.1).
   */
  @Override
  public WolfeSearch search() {
    return new WolfeSearch(1e-4, 0.9);
  }

  @Override
  public double[] next(double[] gradient) {
    double[] q = gradient.clone();
    double[] alpha = new double[steps.size()];
    for (int i = steps.size() - 1; i >= 0; i--) {
      alpha[i] = VectorMath.dot(steps.get(i), q) / VectorMath.dot(steps.get(i), changes.get(i));
      VectorMath.add(q, -alpha[i], changes.get(i));
    }
    if (!isFresh()) {
      double[] s = steps.get(steps.size() - 1);
      double[] y = changes.get(changes.size() - 1);
      VectorMath.scale(q, VectorMath.dot(s, y) / VectorMath.dot(y, y));
    }
    for (int i = 0; i < steps.size(); i++) {
      double beta =
          VectorMath.dot(changes.get(i), q) / VectorMath.dot(steps.get(i), changes.get(i));
      VectorMath.add(q, alpha[i] - beta, steps.get(i));
    }
    VectorMath.scale(q, -1);
    return q;
  }

  @Override
  public double firstStep(double[] gradient, double slope, double lastFall) {
    return isFresh() ? Math.min(1, 1 / Math.sqrt(VectorMath.dot(gradient, gradient))) : 1;
  }

  @Override
  public void moved(double[] step, double[] before, double[] after) {
    double[] change = after.clone();
    VectorMath.add(change, -1, before);
    if (VectorMath.dot(step, change) > LEAST_CURVATURE * VectorMath.dot(change, change)) {
      steps.add(step);
      changes.add(change);
    }
    if (steps.size() > PAIRS) {
      steps.remove(0);
      changes.remove(0);
    }
  }

  @Override
  public boolean isFresh() {
    return steps.isEmpty();
  }

  @Override
  public void forget() {
    steps.clear();
    changes.clear();
  }

  /** Step, change, step, change, the oldest first. */
  @Override
  public List<double[]> memory() {
    List<double[]> memory = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      memory.add(steps.get(i));
      memory.add(changes.get(i));
    }
    return memory;
  }

  @Override
  public void remember(List<double[]> memory) {
    forget();
    for (int i = 0; i < memory.size(); i += 2) {
      steps.add(memory.get(i));
      changes.add(memory.get(i + 1));
    }
  }
}

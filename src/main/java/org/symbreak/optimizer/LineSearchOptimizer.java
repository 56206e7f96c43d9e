package org.symbreak.optimizer;

import java.util.Optional;
import org.symbreak.setting.OptimizerSpec;

/**
 * Minimizes a smooth function by searching along one direction after another: L-BFGS or conjugate
 * gradients, with strong Wolfe conditions. Each iteration lowers the function.
 */
public final class LineSearchOptimizer {
  private final Objective objective;
  private final SearchDirections directions;
  private final Tolerance tolerance;
  private double[] x;
  private double[] gradient;
  private double loss;
  private double lossBefore = Double.NaN;
  private long evaluations;

  /**
   * When a point is as good as the minimum.
   *
   * @param gradient largest absolute component
   * @param fall of the function in one iteration, relative to its value or to 1, whichever is
   *     larger; negative where the gradient alone decides
   */
  public record Tolerance(double gradient, double fall) {
    /** Whether steps go on beneath the rounding of the function's value. */
    boolean isGradientAlone() {
      return fall < 0;
    }
  }

  /** A step that rounding hides has to shrink the gradient by this factor. */
  private static final double SHRINKS = 0.9;

  /** How much of its value, or of 1, may be lost to rounding in a sum over rows. */
  private static final double ROUNDING = 1e-13;

  /**
   * @param start where to begin; copied
   */
  public LineSearchOptimizer(
      Objective objective, OptimizerSpec.Kind kind, Tolerance tolerance, double[] start) {
    this.objective = objective;
    this.directions = SearchDirections.of(kind);
    this.tolerance = tolerance;
    this.x = start.clone();
    this.gradient = new double[start.length];
    this.loss = evaluate(x, gradient);
  }

  /** Goes on from a checkpoint. */
  public LineSearchOptimizer(
      Objective objective, OptimizerSpec.Kind kind, Tolerance tolerance, LineSearchState state) {
    this.objective = objective;
    this.directions = SearchDirections.of(kind);
    this.tolerance = tolerance;
    this.x = state.x().clone();
    this.gradient = state.gradient().clone();
    this.loss = state.loss();
    this.lossBefore = state.lossBefore();
    this.evaluations = state.evaluations();
    directions.remember(state.memory());
  }

  public LineSearchState state() {
    return new LineSearchState(x(), loss, lossBefore, evaluations, gradient(), directions.memory());
  }

  /**
   * One direction searched. Why that was the last one; empty where another one is worth its while.
   */
  public Optional<StopReason> iterate() {
    if (VectorMath.largest(gradient) <= tolerance.gradient()) {
      return Optional.of(StopReason.CONVERGED);
    }
    while (!descend()) {
      if (directions.isFresh()) {
        return Optional.of(StopReason.NO_LOWER_POINT);
      }
      directions.forget();
    }
    boolean isFlat = VectorMath.largest(gradient) <= tolerance.gradient();
    boolean isLevel =
        lossBefore - loss
            <= tolerance.fall() * Math.max(1, Math.max(Math.abs(loss), Math.abs(lossBefore)));
    return isFlat || isLevel ? Optional.of(StopReason.CONVERGED) : Optional.empty();
  }

  private boolean descend() {
    double[] direction = directions.next(gradient);
    double slope = VectorMath.dot(direction, gradient);
    if (!(slope < 0)) {
      return false;
    }
    Ray ray = new Ray(direction);
    double first = directions.firstStep(gradient, slope, lossBefore - loss);
    Optional<WolfeSearch.Point> found =
        directions.search().search(ray, new WolfeSearch.Point(0, loss, slope), first);
    if (found.isEmpty() && tolerance.isGradientAlone()) {
      found = hidden(ray, first);
    }
    if (found.isEmpty()) {
      return false;
    }
    ray.standAt(found.get().step());
    double[] moved = ray.x.clone();
    VectorMath.add(moved, -1, x);
    directions.moved(moved, gradient, ray.gradientThere);
    lossBefore = loss;
    loss = found.get().value();
    x = ray.x;
    gradient = ray.gradientThere;
    return true;
  }

  /**
   * A step whose fall is lost in rounding: it is one where the gradient shrinks, as it does towards
   * the minimum of a convex function (Hager and Zhang, SIAM Journal on Optimization 16, 2005, judge
   * by the slope there, too).
   */
  private Optional<WolfeSearch.Point> hidden(Ray ray, double step) {
    WolfeSearch.Point point = ray.at(step);
    boolean level = point.value() <= loss + ROUNDING * Math.max(1, Math.abs(loss));
    boolean flatter = norm(ray.gradientThere) <= SHRINKS * norm(gradient);
    return level && flatter ? Optional.of(point) : Optional.empty();
  }

  private static double norm(double[] vector) {
    return Math.sqrt(VectorMath.dot(vector, vector));
  }

  public double[] x() {
    return x.clone();
  }

  public double loss() {
    return loss;
  }

  public double[] gradient() {
    return gradient.clone();
  }

  public long evaluations() {
    return evaluations;
  }

  private double evaluate(double[] at, double[] gradientThere) {
    evaluations++;
    return objective.at(at, gradientThere);
  }

  /** The function along a direction; remembers the last point. */
  private final class Ray implements WolfeSearch.Line {
    private final double[] direction;
    private final double[] gradientThere;
    private double[] x;
    private double step;

    Ray(double[] direction) {
      this.direction = direction;
      this.gradientThere = new double[direction.length];
    }

    @Override
    public WolfeSearch.Point at(double step) {
      this.step = step;
      this.x = LineSearchOptimizer.this.x.clone();
      VectorMath.add(x, step, direction);
      double value = evaluate(x, gradientThere);
      return new WolfeSearch.Point(step, value, VectorMath.dot(direction, gradientThere));
    }

    void standAt(double wanted) {
      if (step != wanted) {
        at(wanted);
      }
    }
  }
}

package org.symbreak.optimizer;

import java.util.List;
import org.symbreak.setting.OptimizerSpec;

/**
 * Where a line-search optimizer looks next: directions made from gradients, and what is remembered
 * for that.
 */
public sealed interface SearchDirections permits LbfgsDirections, ConjugateDirections {
  /** Arrays that any of them remembers at the most. */
  int MOST_MEMORIES = 2 * LbfgsDirections.PAIRS;

  /** Of their kind, nothing remembered yet. */
  static SearchDirections of(OptimizerSpec.Kind kind) {
    return switch (kind) {
      case LBFGS -> new LbfgsDirections();
      case CG -> new ConjugateDirections();
      default -> throw new IllegalArgumentException(kind + " searches along no line");
    };
  }

  /** How precisely the line is searched. */
  WolfeSearch search();

  /** A direction of descent, as long as the gradient; straight down where nothing is remembered. */
  double[] next(double[] gradient);

  /**
   * The first step to try along a direction.
   *
   * @param slope along it, negative
   * @param lastFall of the function in the iteration before, from 0; NaN in the first one
   */
  double firstStep(double[] gradient, double slope, double lastFall);

  /**
   * A step was taken.
   *
   * @param step from the old point to the new one
   * @param before gradient at the old point
   * @param after gradient at the new point
   */
  void moved(double[] step, double[] before, double[] after);

  /** Whether the next direction is straight down. */
  boolean isFresh();

  void forget();

  /** What is remembered, for a checkpoint. */
  List<double[]> memory();

  void remember(List<double[]> memory);
}

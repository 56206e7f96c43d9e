package org.symbreak.optimizer;

import java.util.Optional;

/**
 * Finds a step along a descent direction that satisfies the strong Wolfe conditions f(α) ≤ f(0) + μ
 * α f′(0) and |f′(α)| ≤ η |f′(0)|, by the method of Moré and Thuente (Line search algorithms with
 * guaranteed sufficient decrease, ACM TOMS 20, 1994): an interval that holds such a step is shrunk
 * by safeguarded cubic and quadratic interpolation.
 *
 * @param decrease μ, in (0, ½)
 * @param curvature η, in (μ, 1)
 */
record WolfeSearch(double decrease, double curvature) {
  /**
   * Two trials in a row must shrink the interval to this share, else it is halved (the paper's δ,
   * section 4).
   */
  private static final double SHRINK = 0.66;

  /**
   * A step that is not bracketed yet grows by between 1.1 and 4 times the length of the last one
   * (section 4).
   */
  private static final double LEAST_GROWTH = 1.1;

  private static final double MOST_GROWTH = 4;

  /** Trials at the most; more are needed only where rounding hides the descent. */
  private static final int TRIALS = 20;

  /** Width of an interval, relative to its far end, in which rounding is all that is left. */
  private static final double NARROW = 1e-12;

  /** A function along a line. */
  interface Line {
    Point at(double step);
  }

  /** What the function is at a step: value and slope. */
  record Point(double step, double value, double slope) {
    private boolean isFinite() {
      return Double.isFinite(value) && Double.isFinite(slope);
    }

    /** The same for f(α) − α · slope. */
    private Point less(double slopeOfLine) {
      return new Point(step, value - step * slopeOfLine, slope - slopeOfLine);
    }
  }

  /**
   * @param start the point of step 0, its slope negative
   * @param firstStep to try, positive
   * @return a step that satisfies both conditions; failing that the best one that satisfies the
   *     first; nothing where there is none
   */
  Optional<Point> search(Line line, Point start, double firstStep) {
    double slopeOfLine = decrease * start.slope();
    Point low = start;
    Point high = null;
    double step = firstStep;
    double width = Double.POSITIVE_INFINITY;
    double widthBefore = Double.POSITIVE_INFINITY;
    double ceiling = Double.POSITIVE_INFINITY;
    boolean isFirstStage = true;
    for (int trial = 0; trial < TRIALS; trial++) {
      Point point = line.at(step);
      if (!point.isFinite()) {
        ceiling = step;
        step = low.step() + (step - low.step()) / 10;
        continue;
      }
      boolean isLowEnough = point.value() <= start.value() + step * slopeOfLine;
      if (isLowEnough && Math.abs(point.slope()) <= curvature * -start.slope()) {
        return Optional.of(point);
      }
      isFirstStage &= !(isLowEnough && point.slope() >= 0);
      double tilt = isFirstStage && !isLowEnough && point.value() <= low.value() ? slopeOfLine : 0;
      Trial next =
          Trial.after(low.less(tilt), high == null ? null : high.less(tilt), point.less(tilt));
      double stride = point.step() - low.step();
      if (next.endsAtPoint()) {
        high = point;
      } else {
        high = next.turnsRound() ? low : high;
        low = point;
      }
      if (high == null) {
        step =
            Math.min(
                Math.max(next.step(), point.step() + LEAST_GROWTH * stride),
                point.step() + MOST_GROWTH * stride);
        step = step < ceiling ? step : point.step() + (ceiling - point.step()) / 2;
        continue;
      }
      double narrowed = Math.abs(high.step() - low.step());
      step =
          narrowed >= SHRINK * widthBefore
              ? low.step() + (high.step() - low.step()) / 2
              : next.step();
      widthBefore = width;
      width = narrowed;
      if (narrowed <= NARROW * Math.max(low.step(), high.step())) {
        break;
      }
    }
    return low.value() < start.value() && low.value() <= start.value() + low.step() * slopeOfLine
        ? Optional.of(low)
        : Optional.empty();
  }

  /**
   * Where to look next (section 4 of the paper): which end of the interval the last point replaces,
   * and the step to try.
   *
   * @param step to try next; only a wish while the interval has no far end
   * @param endsAtPoint whether the point becomes the far end; else it becomes the near (lowest) one
   * @param turnsRound whether the near end until now becomes the far one
   */
  private record Trial(double step, boolean endsAtPoint, boolean turnsRound) {
    /**
     * @param low the lowest point so far
     * @param high the interval's other end; null while there is none
     * @param point the last one tried
     */
    static Trial after(Point low, Point high, Point point) {
      double a = low.step();
      double t = point.step();
      if (point.value() > low.value()) {
        double cubic = cubicMinimum(low, point);
        double quadratic =
            a + (t - a) / 2 * low.slope() / ((low.value() - point.value()) / (t - a) + low.slope());
        return new Trial(
            Math.abs(cubic - a) < Math.abs(quadratic - a) ? cubic : (cubic + quadratic) / 2,
            true,
            false);
      }
      double secant = t - (t - a) * point.slope() / (point.slope() - low.slope());
      if (Math.signum(point.slope()) * Math.signum(low.slope()) < 0) {
        double cubic = cubicMinimum(low, point);
        return new Trial(Math.abs(cubic - t) > Math.abs(secant - t) ? cubic : secant, false, true);
      }
      if (Math.abs(point.slope()) <= Math.abs(low.slope())) {
        double cubic = cubicMinimum(low, point);
        boolean isBeyond = (cubic - t) * (t - a) > 0;
        if (high == null) {
          return new Trial(
              isBeyond ? Math.max(cubic, secant) : Double.POSITIVE_INFINITY, false, false);
        }
        double nearer = isBeyond && Math.abs(cubic - t) < Math.abs(secant - t) ? cubic : secant;
        double limit = t + SHRINK * (high.step() - t);
        return new Trial(t > a ? Math.min(limit, nearer) : Math.max(limit, nearer), false, false);
      }
      return new Trial(
          high == null ? Double.POSITIVE_INFINITY : cubicMinimum(point, high), false, false);
    }

    /**
     * Where the cubic through two points with their slopes has its minimum; NaN where it has none
     * (Nocedal and Wright, Numerical Optimization, equation 3.59).
     */
    private static double cubicMinimum(Point p, Point q) {
      double d1 = p.slope() + q.slope() - 3 * (p.value() - q.value()) / (p.step() - q.step());
      double scale = Math.max(Math.abs(d1), Math.max(Math.abs(p.slope()), Math.abs(q.slope())));
      double square = d1 / scale * (d1 / scale) - p.slope() / scale * (q.slope() / scale);
      double d2 = Math.signum(q.step() - p.step()) * scale * Math.sqrt(square);
      return q.step()
          - (q.step() - p.step()) * ((q.slope() + d2 - d1) / (q.slope() - p.slope() + 2 * d2));
    }
  }
}

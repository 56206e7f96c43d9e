package org.symbreak.claims;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.symbreak.engine.Engine;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.TrainingSession;
import org.symbreak.network.DenseShape;
import org.symbreak.network.Precision;
import org.symbreak.symmetry.GroupSpread;
import org.symbreak.symmetry.LayerUnits;
import org.symbreak.symmetry.UnitGroups;

/**
 * One run's symmetry, followed step by step: the groups of units that begin the same, how far they
 * come apart, and how fast that grows.
 *
 * @param engine that computed
 * @param steps every step that was kept, the first being 0: before the first one
 * @param broken first step after which a group is no longer the same bits; null where that never
 *     happened
 * @param growth factor by which the distance grows a step once a group has broken, fitted to its
 *     logarithm; null with fewer than three distances, or where the line that is fitted rises by
 *     less than a decade or leaves more than half of the variance
 * @param inductiveTrials random symmetric states from which one step was tried
 * @param inductiveBreaks those from which units came apart
 * @param stoodStill whether the last step changed no parameter at all
 * @param answer to whether this network would ever leave the symmetric state on this machine
 */
public record SymmetryTrace(
    String engine,
    List<Step> steps,
    Long broken,
    Double growth,
    int inductiveTrials,
    int inductiveBreaks,
    boolean stoodStill,
    String answer) {
  private static final int TRIALS = 20;

  /** Share of the variance of the logarithm that a line must explain to be called growth. */
  private static final double LEAST_EXPLAINED = 0.5;

  /**
   * The state after a step.
   *
   * @param iteration steps taken
   * @param loss of the batch before the step; of all rows at 0
   * @param layers each hidden layer
   */
  public record Step(long iteration, double loss, List<Layer> layers) {}

  /**
   * A hidden layer's units.
   *
   * @param units how many there are
   * @param distinct groups of units whose bits are the same
   * @param groups numbers of units, from 1, of the groups of two and more
   * @param spread largest distance between units that began the same, absolutely
   * @param spreadUlps the same in units of the last place of the precision
   */
  public record Layer(
      int units, int distinct, List<List<Integer>> groups, double spread, long spreadUlps) {}

  /**
   * Trains and follows.
   *
   * @param iterations steps, from 1
   * @param every how many steps are kept
   * @param watcher is told each step that is kept
   */
  public static SymmetryTrace of(
      Engine engine,
      TrainingProblem problem,
      double[] start,
      int iterations,
      int every,
      Consumer<Step> watcher) {
    DenseShape shape = problem.network().shape(problem.rows().features());
    List<List<int[]>> begin = new ArrayList<>();
    for (int layer = 0; layer < shape.hiddenLayers(); layer++) {
      begin.add(UnitGroups.identical(units(shape, start, layer)).repeated());
    }
    List<Step> kept = new ArrayList<>();
    List<double[]> distances = new ArrayList<>();
    Long broken = null;
    boolean stoodStill = false;
    try (TrainingSession session = engine.open(problem, start)) {
      double[] before = start;
      double loss = session.objective(start, new double[start.length]);
      for (int iteration = 0; iteration <= iterations; iteration++) {
        if (iteration > 0) {
          loss = session.advance(1);
        }
        double[] now = session.parameters();
        stoodStill = iteration > 0 && Arrays.equals(now, before);
        before = now;
        Step step = step(iteration, loss, shape, now, begin, problem.network().precision());
        double distance = step.layers.stream().mapToDouble(Layer::spread).max().orElse(0);
        if (distance > 0) {
          broken = broken == null ? Long.valueOf(iteration) : broken;
          distances.add(new double[] {iteration, Math.log(distance)});
        }
        if (iteration % every == 0
            || iteration == iterations
            || broken != null && broken == iteration) {
          kept.add(step);
          watcher.accept(step);
        }
      }
    }
    boolean symmetric = begin.stream().anyMatch(groups -> !groups.isEmpty());
    List<InductiveStep.Trial> trials = symmetric ? trials(engine, problem) : List.of();
    int breaks = (int) trials.stream().filter(InductiveStep.Trial::breaks).count();
    String answer =
        answer(symmetric, broken, stoodStill, trials.size(), breaks, iterations, engine.name());
    return new SymmetryTrace(
        engine.name(),
        List.copyOf(kept),
        broken,
        growth(distances),
        trials.size(),
        breaks,
        stoodStill,
        answer);
  }

  private static List<InductiveStep.Trial> trials(Engine engine, TrainingProblem problem) {
    return InductiveStep.ofNetwork(ignored -> engine, problem, TRIALS);
  }

  private static Step step(
      int iteration,
      double loss,
      DenseShape shape,
      double[] parameters,
      List<List<int[]>> begin,
      Precision precision) {
    List<Layer> layers = new ArrayList<>();
    for (int layer = 0; layer < shape.hiddenLayers(); layer++) {
      LayerUnits units = units(shape, parameters, layer);
      UnitGroups groups = UnitGroups.identical(units);
      double absolute = 0;
      long ulps = 0;
      for (int[] group : begin.get(layer)) {
        GroupSpread spread = GroupSpread.of(units, group, precision == Precision.FLOAT);
        absolute = Math.max(absolute, spread.absolute());
        ulps = Math.max(ulps, spread.ulps());
      }
      layers.add(
          new Layer(
              units.count(),
              groups.count(),
              groups.repeated().stream().map(SymmetryTrace::fromOne).toList(),
              absolute,
              ulps));
    }
    return new Step(iteration, loss, layers);
  }

  private static List<Integer> fromOne(int[] group) {
    return Arrays.stream(group).map(unit -> unit + 1).boxed().toList();
  }

  private static LayerUnits units(DenseShape shape, double[] parameters, int layer) {
    return LayerUnits.fromFlat(
        parameters, shape.weights(layer), shape.inputs(layer), shape.units(layer));
  }

  /**
   * Slope of the least-squares line through (step, log distance), as a factor a step; null where
   * the distance goes up and down rather than up.
   */
  static Double growth(List<double[]> distances) {
    int count = distances.size();
    if (count < 3) {
      return null;
    }
    double meanStep = distances.stream().mapToDouble(point -> point[0]).average().orElseThrow();
    double meanLog = distances.stream().mapToDouble(point -> point[1]).average().orElseThrow();
    double above = 0;
    double below = 0;
    double variance = 0;
    for (double[] point : distances) {
      above += (point[0] - meanStep) * (point[1] - meanLog);
      below += (point[0] - meanStep) * (point[0] - meanStep);
      variance += (point[1] - meanLog) * (point[1] - meanLog);
    }
    double slope = above / below;
    double rise = slope * (distances.get(count - 1)[0] - distances.get(0)[0]);
    boolean clear = rise >= Math.log(10) && slope * above >= LEAST_EXPLAINED * variance;
    return clear ? Math.exp(slope) : null;
  }

  private static String answer(
      boolean symmetric,
      Long broken,
      boolean stoodStill,
      int trials,
      int breaks,
      int iterations,
      String engine) {
    if (!symmetric) {
      return "There is no symmetric state to leave: no two units of a layer begin the same.";
    }
    if (broken != null) {
      return String.format(
          Locale.ROOT,
          "Yes: after step %d units that began the same are no longer the same bits. That is"
              + " rounding, not learning: in exact arithmetic they never part.",
          broken);
    }
    if (stoodStill) {
      return String.format(
          Locale.ROOT,
          "No: after %d steps it stands still; a step changes no parameter at all, and so will no"
              + " later one.",
          iterations);
    }
    if (breaks > 0) {
      return String.format(
          Locale.ROOT,
          "Not within %d steps, but it may: from %d of %d random symmetric states of this shape,"
              + " one step of engine %s parts the units by rounding.",
          iterations,
          breaks,
          trials,
          engine);
    }
    return String.format(
        Locale.ROOT,
        "No sign of it: not within %d steps, and from none of %d random symmetric states of this"
            + " shape does one step of engine %s part the units.",
        iterations,
        trials,
        engine);
  }
}

package org.symbreak.claims;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.symbreak.data.EncodedRows;
import org.symbreak.engine.Engine;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.TrainingSession;
import org.symbreak.film.RowSample;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseNetwork;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.network.SigmoidCrossEntropy;
import org.symbreak.symmetry.EvenSample;

/**
 * Whether an engine's back-propagation gives the slope of the loss: two-sided differences of the
 * loss, computed by {@link DenseNetwork} and so independently of the engine, against the engine's
 * gradient, in double precision. The relative difference of a group of parameters is ‖numerical −
 * analytic‖ / max(‖numerical‖ + ‖analytic‖, {@link #FLOOR} √n). Deeplearning4j's own
 * GradientCheckUtil is not used: it sets global data types and changes the loss it is given.
 *
 * @param groups each layer's weights and biases, hidden layers first
 * @param relativeDifference of all parameters together
 * @param threshold below which every difference must be
 * @param step h of (J(θ + h) − J(θ − h)) / 2h
 * @param rows that the loss was taken over
 * @param checked parameters that were checked
 * @param zeros checked ones whose gradient is 0 on both sides, which tests little
 * @param skipped parameters that were not, because their step crosses a kink of ReLU or leaky ReLU
 *     on some row, where the slope is not defined
 * @param engine whose gradient it is
 */
public record GradientCheck(
    List<Group> groups,
    double relativeDifference,
    double threshold,
    double step,
    int rows,
    int checked,
    int zeros,
    int skipped,
    String engine) {
  /** The course's threshold. */
  public static final double THRESHOLD = 1e-7;

  /**
   * Large enough that rounding of the loss, 1e-16, stays small over it; small enough that the cubic
   * term, h², does too.
   */
  public static final double STEP = 1e-5;

  /**
   * Root mean square of a gradient that counts as zero: differences of the loss are rounded to some
   * 1e-11, which is to be less than the threshold of it.
   */
  public static final double FLOOR = 1e-3;

  /** A difference of losses below this may be nothing but their rounding. */
  private static final double ROUNDING = 1e-10;

  /**
   * Rows that are taken at the most, and parameters of each group; evenly spread ones where there
   * are more.
   */
  static final int MOST_ROWS = 200;

  static final int MOST_PARAMETERS = 500;

  /**
   * A layer's weights or biases.
   *
   * @param name {@code layer 1 weights}, {@code output biases}
   * @param checked how many of its parameters were checked
   * @param skipped how many were not, because of a kink
   * @param relativeDifference of the group; 0 where every one was skipped
   * @param worst the parameter with the largest difference, such as {@code unit 3, input 2}; null
   *     where every one was skipped
   * @param analytic the engine's derivative with respect to it
   * @param numerical the difference quotient
   */
  public record Group(
      String name,
      int checked,
      int skipped,
      double relativeDifference,
      String worst,
      Double analytic,
      Double numerical) {}

  /** Whether every group and all parameters together are below the threshold. */
  public boolean passed() {
    return relativeDifference < threshold
        && groups.stream().allMatch(group -> group.relativeDifference < threshold);
  }

  /** The group with the largest difference. */
  @JsonIgnore
  public Group worst() {
    return groups.stream().max(Comparator.comparingDouble(Group::relativeDifference)).orElseThrow();
  }

  /**
   * @param engine whose gradient is checked
   * @param problem its network in whatever precision, its rows, its class weights
   * @param parameters where
   */
  public static GradientCheck of(Engine engine, TrainingProblem problem, double[] parameters) {
    return new Check(problem, parameters).against(engine);
  }

  /** One check while it goes. */
  private static final class Check {
    private final TrainingProblem problem;
    private final DenseShape shape;
    private final double[] parameters;
    private final double[][] x;
    private final int[] y;

    /** Null where all rows count the same. */
    private final double[] counts;

    private final SigmoidCrossEntropy weights;
    private final DenseNetwork network;
    private final List<Group> groups = new ArrayList<>();
    private double differences;
    private double numericals;
    private double analytics;
    private int checked;
    private int zeros;
    private int skipped;

    Check(TrainingProblem given, double[] at) {
      RowSample rows = RowSample.of(given.rows(), MOST_ROWS);
      x = rows.x();
      y = rows.y();
      counts =
          given.rows().isWeighted()
              ? IntStream.of(EvenSample.of(given.rows().rows(), MOST_ROWS))
                  .mapToDouble(given.rows()::weight)
                  .toArray()
              : null;
      NetworkSpec spec = given.network().withPrecision(Precision.DOUBLE);
      problem =
          new TrainingProblem(
              spec,
              given.optimizer(),
              EncodedRows.of(x, y, counts),
              given.weightOfZero(),
              given.weightOfOne(),
              y.length,
              given.seed(),
              given.threads());
      shape = spec.shape(given.rows().features());
      parameters = at.clone();
      weights = new SigmoidCrossEntropy(given.weightOfZero(), given.weightOfOne());
      network = new DenseNetwork(shape, spec.activations(), parameters);
    }

    GradientCheck against(Engine engine) {
      double[] gradient = new double[parameters.length];
      try (TrainingSession session = engine.open(problem, parameters)) {
        session.objective(parameters, gradient);
      }
      for (int layer = 0; layer < shape.layers(); layer++) {
        String name = layer == shape.layers() - 1 ? "output" : "layer " + (layer + 1);
        group(
            name + " weights",
            shape.weights(layer),
            shape.biases(layer),
            shape.inputs(layer),
            gradient);
        group(name + " biases", shape.biases(layer), shape.weights(layer + 1), 0, gradient);
      }
      double all = relative(differences, numericals, analytics, checked);
      return new GradientCheck(
          List.copyOf(groups),
          all,
          THRESHOLD,
          STEP,
          y.length,
          checked,
          zeros,
          skipped,
          engine.name());
    }

    private void group(String name, int from, int to, int fanIn, double[] gradient) {
      int[] sample = EvenSample.of(to - from, MOST_PARAMETERS);
      double difference = 0;
      double numerical = 0;
      double analytic = 0;
      int tried = 0;
      int worst = -1;
      double worstSlope = 0;
      double worstDifference = -1;
      for (int parameter : sample) {
        int index = from + parameter;
        double slope = slope(index);
        if (Double.isNaN(slope)) {
          continue;
        }
        tried++;
        double off = Math.abs(slope - gradient[index]);
        difference += off * off;
        zeros += gradient[index] == 0 && Math.abs(slope) < ROUNDING ? 1 : 0;
        numerical += slope * slope;
        analytic += gradient[index] * gradient[index];
        if (!(off <= worstDifference)) {
          worstDifference = off;
          worst = index;
          worstSlope = slope;
        }
      }
      differences += difference;
      numericals += numerical;
      analytics += analytic;
      checked += tried;
      skipped += sample.length - tried;
      groups.add(
          new Group(
              name,
              tried,
              sample.length - tried,
              relative(difference, numerical, analytic, tried),
              worst < 0 ? null : place(worst - from, fanIn),
              worst < 0 ? null : gradient[worst],
              worst < 0 ? null : worstSlope));
    }

    /** From squares. Infinite where the gradient is not a number. */
    private static double relative(
        double difference, double numerical, double analytic, int count) {
      if (count == 0) {
        return 0;
      }
      double relative =
          Math.sqrt(difference)
              / Math.max(Math.sqrt(numerical) + Math.sqrt(analytic), FLOOR * Math.sqrt(count));
      return Double.isNaN(relative) ? Double.POSITIVE_INFINITY : relative;
    }

    private static String place(int i, int fanIn) {
      return fanIn == 0
          ? "unit " + (i + 1)
          : "unit " + (i / fanIn + 1) + ", input " + (i % fanIn + 1);
    }

    /** The difference quotient; NaN where the step crosses a kink. */
    private double slope(int index) {
      double at = parameters[index];
      try {
        parameters[index] = at + STEP;
        double above = loss();
        long[] sidesAbove = kinkSides();
        parameters[index] = at - STEP;
        double below = loss();
        return Arrays.equals(sidesAbove, kinkSides()) ? (above - below) / (2 * STEP) : Double.NaN;
      } finally {
        parameters[index] = at;
      }
    }

    private double loss() {
      return network.loss(x, y, counts, weights, problem.network().l2());
    }

    /**
     * On which side of its kink each unit stands, over all rows, as a fingerprint a layer; empty
     * without kinks.
     */
    private long[] kinkSides() {
      if (problem.network().activations().stream()
          .noneMatch(a -> a == Activation.RELU || a == Activation.LEAKYRELU)) {
        return new long[0];
      }
      long[] sides = new long[x.length];
      for (int row = 0; row < x.length; row++) {
        long side = 1;
        for (int layer = 0; layer < shape.hiddenLayers(); layer++) {
          for (double z : network.preActivations(layer, x[row])) {
            side = 31 * side + (z > 0 ? 1 : z < 0 ? 2 : 3);
          }
        }
        sides[row] = side;
      }
      return sides;
    }
  }
}

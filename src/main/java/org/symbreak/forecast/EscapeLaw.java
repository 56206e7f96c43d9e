package org.symbreak.forecast;

import java.util.Locale;
import org.symbreak.data.EncodedRows;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseShape;
import org.symbreak.run.ConstantPrediction;
import org.symbreak.setting.OptimizerSpec;

/**
 * How long the loss stays where small weights leave it, to the lowest order in the weights. All
 * that counts of the data then is m = E[(y − c) x], c the share of class 1. With one hidden layer a
 * unit's weight along m and its outgoing weight feed each other, at the rate η (s |m| − λ), s the
 * activation's slope at 0, λ the penalty; with more layers each grows by the product of the others
 * (Saxe, McClelland and Ganguli, ICLR 2014). docs/forecast.md derives it.
 *
 * @param drive s |m|, to the power of the depth in s; for ReLU the mean over units of |m| on each
 *     one's half-space
 * @param penalty λ
 * @param steps until the loss is 5 % below the constant prediction's; {@link CoarseTraining#NEVER}
 * @param why in words, where it is never
 */
record EscapeLaw(double drive, double penalty, long steps, String why) {
  private static final long LONGEST = 1_000_000_000L;

  /** Number of rows of which the moments are taken, at the most. */
  private static final int ROWS = 4096;

  /**
   * @param start flat vector at which the run begins
   */
  static EscapeLaw of(TrainingProblem problem, double[] start) {
    Solver solver = new Solver(problem, start);
    if (!solver.isSmall()) {
      return solver.never(
          Double.NaN, "does not apply, as weights are so large that sums outgrow what comes in");
    }
    if (solver.shape.hiddenLayers() == 1) {
      return solver.shallow();
    }
    return problem.optimizer().kind() == OptimizerSpec.Kind.ADAM
        ? solver.never(Double.NaN, "nothing is derived for adam in more than one hidden layer")
        : solver.deep();
  }

  boolean isNever() {
    return steps == CoarseTraining.NEVER;
  }

  /** The moments of the data, and what is made of them. */
  private static final class Solver {
    private final TrainingProblem problem;
    private final double[] start;
    private final DenseShape shape;
    private final double[][] x;
    private final double[] residual;
    private final double constant;
    private final double curvature;
    private final double biasLoss;
    private final double[] m;

    Solver(TrainingProblem problem, double[] start) {
      this.problem = problem;
      this.start = start;
      shape = problem.network().shape(problem.rows().features());
      var rows = SampledRows.of(problem.rows(), ROWS);
      x = rows.first(rows.rows());
      residual = new double[x.length];
      double ones = 0;
      double all = 0;
      for (int row = 0; row < x.length; row++) {
        double weight = weight(rows, row);
        ones += rows.label(row) * weight;
        all += weight;
      }
      double share = ones / all;
      for (int row = 0; row < x.length; row++) {
        double weight = weight(rows, row);
        residual[row] = weight * (rows.label(row) - share) / x.length;
      }
      constant = ConstantPrediction.loss(problem);
      curvature = share * (1 - share) * all / x.length;
      double half = -Math.log(0.5) * all / x.length;
      biasLoss = Math.max(0, half - constant);
      m = moment(row -> true);
    }

    private double weight(EncodedRows rows, int row) {
      return rows.weight(row)
          * (rows.label(row) == 1 ? problem.weightOfOne() : problem.weightOfZero());
    }

    /** Whether the law's lowest order can say something: no hidden layer makes a signal larger. */
    boolean isSmall() {
      for (int layer = 0; layer < shape.hiddenLayers(); layer++) {
        double squares = 0;
        for (int i = shape.weights(layer); i < shape.biases(layer); i++) {
          squares += start[i] * start[i];
        }
        if (squares > shape.units(layer)) {
          return false;
        }
      }
      return true;
    }

    private interface Rows {
      boolean has(int row);
    }

    private double[] moment(Rows which) {
      double[] sum = new double[x[0].length];
      for (int row = 0; row < x.length; row++) {
        for (int i = 0; which.has(row) && i < sum.length; i++) {
          sum[i] += residual[row] * x[row][i];
        }
      }
      return sum;
    }

    EscapeLaw shallow() {
      Activation activation = problem.network().activation(0);
      boolean halfSpaces = activation == Activation.RELU;
      double slope = halfSpaces ? 1 : activation.slope(0);
      int units = shape.units(0);
      double[] along = new double[units];
      double[] out = new double[units];
      double[] size = new double[units];
      double mean = 0;
      double direction = 0;
      for (int unit = 0; unit < units; unit++) {
        int first = unit * shape.inputs(0);
        double[] mine = halfSpaces ? moment(row -> dot(first, x[row]) > 0) : m;
        size[unit] = norm(mine);
        along[unit] = size[unit] == 0 ? 0 : dot(first, mine) / size[unit];
        out[unit] = start[shape.weights(1) + unit];
        mean += slope * size[unit] / units;
        direction += secondMoment(mine, slope, halfSpaces) / units;
      }
      double lambda = problem.network().l2();
      OptimizerSpec optimizer = problem.optimizer();
      if (optimizer.kind() != OptimizerSpec.Kind.ADAM && mean <= lambda) {
        return never(
            mean,
            String.format(
                Locale.ROOT,
                "says that to the lowest order weights shrink: s |m| = %.3g is not above the"
                    + " penalty's %.3g, and higher orders decide",
                mean,
                lambda));
      }
      double value = activation.value(0);
      double quadratic =
          optimizer.kind() == OptimizerSpec.Kind.ADAM
              ? signMoment() / Math.pow(norm1(m) * slope, 2) * slope * slope
              : direction;
      return scan(
          mean,
          t -> {
            double gain = 0;
            for (int unit = 0; unit < units; unit++) {
              gain +=
                  optimizer.kind() == OptimizerSpec.Kind.ADAM
                      ? slope
                          * (Math.abs(out[unit]) + rate() * t)
                          * (rate() * t * norm1(m) * (halfSpaces ? 0.5 : 1))
                      : slope * product(size[unit] * slope, along[unit], out[unit], t) * size[unit];
            }
            return gain - 0.5 * curvature * quadratic * gain * gain;
          },
          1 + units * value * value);
    }

    /** v(t) ŵ(t) where both grow by each other's η drive and shrink by η λ. */
    private double product(double drive, double along, double out, double t) {
      double lambda = problem.network().l2();
      double plus = (along + out) / 2 * Math.exp(Math.min(300, rate() * (drive - lambda) * t));
      double minus = (along - out) / 2 * Math.exp(Math.max(-300, -rate() * (drive + lambda) * t));
      return plus * plus - minus * minus;
    }

    EscapeLaw deep() {
      Activation activation = problem.network().activation(0);
      boolean rectified = activation == Activation.RELU || activation == Activation.LEAKYRELU;
      double slope = rectified ? Math.sqrt(0.5) : activation.slope(0);
      int depth = shape.hiddenLayers();
      double all = Math.pow(slope, depth) * norm(m);
      double lambda = problem.network().l2();
      double size = startSize();
      if (all * Math.pow(size, depth - 1.0) <= lambda) {
        return never(
            all,
            String.format(
                Locale.ROOT,
                "says that to the lowest order weights shrink: the %d layers' product drives each"
                    + " by %.3g at the start, the penalty shrinks it by %.3g",
                depth + 1,
                all * Math.pow(size, depth - 1.0),
                lambda));
      }
      double[] now = {size, 0};
      return scan(
          all,
          t -> {
            while (now[1] < t && now[0] < 4) {
              double growth = rate() * (all * Math.pow(now[0], depth - 1.0) - lambda);
              double together = Math.max(1, Math.min(t - now[1], 0.02 / Math.abs(growth)));
              now[0] *= 1 + growth * together;
              now[1] += together;
            }
            return all * Math.pow(now[0], depth + 1.0);
          },
          1);
    }

    /** Geometric mean over the layers of what a signal along m is multiplied by. */
    private double startSize() {
      double norm = norm(m);
      double[] signal = m.clone();
      for (int i = 0; i < signal.length; i++) {
        signal[i] /= norm == 0 ? 1 : norm;
      }
      double size = 1;
      for (int layer = 0; layer < shape.hiddenLayers(); layer++) {
        double[] next = new double[shape.units(layer)];
        for (int unit = 0; unit < next.length; unit++) {
          next[unit] = dot(shape.weights(layer) + unit * signal.length, signal);
        }
        signal = next;
      }
      size *= norm(signal);
      double out = 0;
      int last = shape.layers() - 1;
      for (int i = shape.weights(last); i < shape.biases(last); i++) {
        out += start[i] * start[i];
      }
      size *= Math.sqrt(out);
      return Math.pow(size, 1.0 / shape.layers());
    }

    private interface Gain {
      double at(double t);
    }

    /**
     * The first step at which the gain is 5 % of the constant loss and what the bias still costs.
     */
    private EscapeLaw scan(double drive, Gain gain, double biasUnits) {
      double wanted = (1 - CoarseTraining.LEFT) * constant;
      for (double t = 1; t < LONGEST; t = Math.max(t + 1, t * 1.02)) {
        double bias =
            problem.optimizer().kind() == OptimizerSpec.Kind.ADAM
                ? Math.pow(Math.max(0, 1 - rate() * t * biasUnits / biasDistance()), 2)
                : Math.exp(-2 * rate() * curvature * biasUnits * t);
        if (gain.at(t) >= wanted + biasLoss * bias) {
          return new EscapeLaw(drive, problem.network().l2(), (long) t, "");
        }
      }
      return never(
          drive, "says that along m alone the loss does not fall by 5 %, and higher orders decide");
    }

    private double biasDistance() {
      return Math.max(1e-12, Math.sqrt(2 * biasLoss / curvature));
    }

    private EscapeLaw never(double drive, String why) {
      return new EscapeLaw(drive, problem.network().l2(), CoarseTraining.NEVER, why);
    }

    private double rate() {
      OptimizerSpec optimizer = problem.optimizer();
      return optimizer.kind() == OptimizerSpec.Kind.NESTEROV
          ? optimizer.learningRate() / (1 - optimizer.momentum())
          : optimizer.learningRate();
    }

    /** E (m·x)² / |m|⁴: the curvature along m, per squared gain. */
    private double secondMoment(double[] along, double slope, boolean halfSpaces) {
      double norm = norm(along);
      double sum = 0;
      for (double[] row : x) {
        double shadow = 0;
        for (int i = 0; i < row.length; i++) {
          shadow += along[i] * row[i];
        }
        sum += shadow * shadow;
      }
      return norm == 0 ? 0 : sum / x.length / Math.pow(norm, 4) * (halfSpaces ? 0.5 : 1);
    }

    private double signMoment() {
      double sum = 0;
      for (double[] row : x) {
        double shadow = 0;
        for (int i = 0; i < row.length; i++) {
          shadow += Math.signum(m[i]) * row[i];
        }
        sum += shadow * shadow;
      }
      return sum / x.length;
    }

    private double dot(int weights, double[] vector) {
      double sum = 0;
      for (int i = 0; i < vector.length; i++) {
        sum += start[weights + i] * vector[i];
      }
      return sum;
    }

    private static double norm(double[] vector) {
      double squares = 0;
      for (double value : vector) {
        squares += value * value;
      }
      return Math.sqrt(squares);
    }

    private static double norm1(double[] vector) {
      double sum = 0;
      for (double value : vector) {
        sum += Math.abs(value);
      }
      return sum;
    }
  }
}

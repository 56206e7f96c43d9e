package org.symbreak.claims;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.symbreak.data.EncodedRows;
import org.symbreak.engine.Engine;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.TrainingSession;
import org.symbreak.init.Initializations;
import org.symbreak.init.LayerInits;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.random.Streams;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.symmetry.GroupSpread;

/**
 * The inductive step of the proof, tried: from random states in which groups of units are the same,
 * states that no training from zero reaches, one step is taken, and the groups must still be the
 * same, in the parameters and in what the optimizer remembers.
 */
final class InductiveStep {
  private static final LayerInits ZEROS = Initializations.parseLayers("zeros");
  private static final int[] WIDTHS = {2, 3, 4, 7, 8, 16, 17, 33, 64};

  /**
   * What one trial found.
   *
   * @param network what was tried
   * @param optimizer how
   * @param batchSize rows of the step
   * @param moved whether the step changed any weight at all
   * @param spread of the parameters and of the optimizer's state after the step
   */
  record Trial(
      NetworkSpec network,
      OptimizerSpec optimizer,
      int batchSize,
      boolean moved,
      GroupSpread spread) {
    boolean breaks() {
      return !spread.isNone();
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s units, %s, %s, l2 %s, %s, batches of %d",
          network.hidden(),
          network.activations(),
          optimizer.kind(),
          Measurement.text(network.l2()),
          network.precision().name().toLowerCase(Locale.ROOT),
          batchSize);
    }
  }

  private InductiveStep() {}

  /**
   * Tries every activation with every optimizer, and with each of them at random: depth, widths,
   * groups, L2, precision, batch size, weights, the optimizer's memory.
   *
   * @param rounds how often
   */
  static List<Trial> everywhere(ClaimData data, int rounds) {
    EncodedRows rows = data.rows();
    List<Trial> trials = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      for (Activation activation : Activation.values()) {
        for (OptimizerSpec.Kind kind :
            List.of(OptimizerSpec.Kind.SGD, OptimizerSpec.Kind.NESTEROV, OptimizerSpec.Kind.ADAM)) {
          RandomGenerator random =
              Streams.of(data.seed(), 7, round, activation.ordinal(), kind.ordinal());
          List<Integer> hidden = new ArrayList<>();
          for (int layer = 0; layer < 1 + round % 3; layer++) {
            hidden.add(WIDTHS[random.nextInt(WIDTHS.length)]);
          }
          double l2 = random.nextBoolean() ? 0.1 : 0;
          Precision precision = random.nextBoolean() ? Precision.FLOAT : Precision.DOUBLE;
          NetworkSpec network =
              new NetworkSpec(hidden, List.of(activation), ZEROS, ZEROS, l2, precision);
          OptimizerSpec optimizer = new OptimizerSpec(kind, 0.1, 0.9, OptimizerSpec.Decay.NONE);
          int batchSize = random.nextBoolean() ? data.y().length : Math.min(data.y().length, 7);
          UnitPattern pattern = UnitPattern.random(network.shape(data.features()), 3, random);
          TrainingProblem problem =
              new TrainingProblem(network, optimizer, rows, 1, 1, batchSize, data.seed(), 1);
          trials.add(once(data.engines(), problem, pattern, random));
        }
      }
    }
    return trials;
  }

  /** One network from many random states in which all units of each hidden layer are the same. */
  static List<Trial> ofNetwork(
      Function<TrainingProblem, Engine> engines, TrainingProblem problem, int trials) {
    UnitPattern pattern = UnitPattern.oneGroup(problem.network().shape(problem.rows().features()));
    List<Trial> tried = new ArrayList<>();
    for (int trial = 0; trial < trials; trial++) {
      tried.add(once(engines, problem, pattern, Streams.of(problem.seed(), 8, trial)));
    }
    return tried;
  }

  private static Trial once(
      Function<TrainingProblem, Engine> engines,
      TrainingProblem problem,
      UnitPattern pattern,
      RandomGenerator random) {
    Precision precision = problem.network().precision();
    double[] start = rounded(pattern.randomParameters(random, 0.5), precision);
    try (TrainingSession session = engines.apply(problem).open(problem, start)) {
      double[] memory = session.updaterState();
      for (int part = 0; part < memory.length; part += start.length) {
        // squares of gradients are not negative, and serve as a momentum as well
        double[] random01 =
            Arrays.stream(pattern.randomParameters(random, 0.1)).map(Math::abs).toArray();
        System.arraycopy(rounded(random01, precision), 0, memory, part, start.length);
      }
      session.restore(random.nextInt(1000), start, memory);
      session.advance(1);
      double[] after = session.parameters();
      GroupSpread spread = pattern.spread(after);
      double[] remembered = session.updaterState();
      for (int part = 0; part < remembered.length && spread.isNone(); part += start.length) {
        spread = pattern.spread(Arrays.copyOfRange(remembered, part, part + start.length));
      }
      return new Trial(
          problem.network(),
          problem.optimizer(),
          problem.batchSize(),
          !Arrays.equals(start, after),
          spread);
    }
  }

  private static double[] rounded(double[] values, Precision precision) {
    return precision == Precision.DOUBLE
        ? values
        : Arrays.stream(values).map(value -> (float) value).toArray();
  }
}

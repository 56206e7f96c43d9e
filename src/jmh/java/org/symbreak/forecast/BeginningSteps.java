package org.symbreak.forecast;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.engine.ConstantPrediction;
import org.symbreak.engine.TrainingSession;
import org.symbreak.init.Initializations;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.run.ResolvedRun;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Settings;

/**
 * Trains deep networks from several beginnings, looks at every step, and writes of each set, depth,
 * activation, beginning and learning rate the first steps of its seeds at which the training loss
 * is below half the constant prediction's; −1 for none. What the file has is kept.
 *
 * <pre>BeginningSteps OUT.csv SECONDS SEEDS SET...</pre>
 */
final class BeginningSteps {
  static final int STEPS = 300;
  private static final List<String> STARTS =
      List.of("critical", "lsuv", "glorot", "he", "lecun", "orthogonal");

  /** Multiples of the usual rate. */
  private static final List<Double> RATES = List.of(0.3, 1.0, 3.0);

  private BeginningSteps() {}

  public static void main(String[] arguments) throws IOException {
    Path out = Path.of(arguments[0]);
    long end = System.nanoTime() + Long.parseLong(arguments[1]) * 1_000_000_000L;
    int seeds = Integer.parseInt(arguments[2]);
    Set<String> done = new HashSet<>();
    if (Files.exists(out)) {
      Files.readAllLines(out).forEach(line -> done.add(line.substring(0, line.indexOf(';'))));
    }
    for (int depth : new int[] {8, 16}) {
      for (String set : List.of(arguments).subList(3, arguments.length)) {
        for (Activation activation : List.of(Activation.TANH, Activation.RELU)) {
          for (String start : STARTS) {
            for (double rate : RATES) {
              String name = String.format("%s,%d,%s,%s,%s", set, depth, activation, start, rate);
              if (!done.contains(name) && System.nanoTime() < end) {
                String steps =
                    IntStream.rangeClosed(1, seeds)
                        .mapToObj(seed -> steps(spec(set, depth, activation, start, rate, seed)))
                        .collect(Collectors.joining(","));
                Files.writeString(
                    out,
                    name + ";" + steps + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
              }
            }
          }
        }
      }
    }
  }

  private static RunSpec spec(
      String set, int depth, Activation activation, String start, double rate, long seed) {
    RunSpec usual =
        Settings.TEST_FRACTION.with(
            Defaults.run(DataSpec.of(MeasuredCells.file(set), MeasuredCells.label(set), null)),
            MeasuredCells.testFraction(set));
    NetworkSpec plain = usual.network();
    NetworkSpec network =
        new NetworkSpec(
            Collections.nCopies(depth, 16),
            List.of(activation),
            Initializations.parseLayers(start),
            plain.biases(),
            plain.l2(),
            plain.precision());
    OptimizerSpec.Kind kind = usual.optimizer().kind();
    return new RunSpec(
        usual.data(),
        network,
        new OptimizerSpec(
            kind, rate * Defaults.learningRate(kind), 0.9, OptimizerSpec.Decay.NONE),
        usual.budget(),
        usual.threshold(),
        seed,
        "fused",
        1);
  }

  private static String steps(RunSpec spec) {
    try (Dataset data = Dataset.open(spec.data(), 1)) {
      ResolvedRun run = ResolvedRun.of(spec, data);
      double half = CoarseTraining.TRAINED * ConstantPrediction.loss(run.problem());
      try (TrainingSession session = run.engine().open(run.problem(), run.start())) {
        for (int step = 1; step <= STEPS; step++) {
          session.advance(1);
          double loss = session.loss(run.problem().rows());
          if (loss < half) {
            return String.valueOf(step);
          }
          if (!Double.isFinite(loss)) {
            break;
          }
        }
      }
      return "-1";
    }
  }
}

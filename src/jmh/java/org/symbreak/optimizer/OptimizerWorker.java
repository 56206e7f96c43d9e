package org.symbreak.optimizer;

import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.TrainingSession;
import org.symbreak.engine.fused.FusedEngine;
import org.symbreak.setting.OptimizerSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.symbreak.benchmark.BenchmarkRows;
import org.symbreak.init.Initializations;
import org.symbreak.init.LayerInits;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;

/**
 * Minimizes in double precision as it is told, a line an order:
 *
 * <pre>
 * start FILE FEATURES HIDDEN                                    writes initial parameters, HIDDEN as in 16/8 or none
 * minimize ROWSFILE STARTFILE ROWS FEATURES HIDDEN KIND L2 ITERATIONS
 * </pre>
 *
 * The answer to the latter: the loss where it ended, evaluations, iterations, and seconds on the clock.
 */
final class OptimizerWorker {
  private static final LineSearchOptimizer.Tolerance TIGHT = new LineSearchOptimizer.Tolerance(1e-8, 1e-15);

  private OptimizerWorker() {}

  public static void main(String[] arguments) throws IOException {
    BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      String[] words = order.split(" ");
      System.out.println("= " + (words[0].equals("start") ? start(words) : minimize(words)));
      System.out.flush();
    }
  }

  private static NetworkSpec network(String hidden, double l2) {
    List<Integer> units = hidden.equals("none") ? List.of() : Arrays.stream(hidden.split("/")).map(Integer::valueOf).toList();
    LayerInits weights = LayerInits.of(Initializations.parse("glorot"));
    return new NetworkSpec(
        units, units.isEmpty() ? List.of() : List.of(Activation.TANH), weights, LayerInits.of(Initializations.parse("zeros")), l2, Precision.DOUBLE);
  }

  private static String start(String[] words) throws IOException {
    double[] parameters = network(words[3], 0).initialParameters(Integer.parseInt(words[2]), 1);
    ByteBuffer buffer = ByteBuffer.allocate(8 * parameters.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asDoubleBuffer().put(parameters);
    Files.write(Path.of(words[1]), buffer.array());
    return "ok";
  }

  private static String minimize(String[] words) throws IOException {
    int rows = Integer.parseInt(words[3]);
    OptimizerSpec.Kind kind = OptimizerSpec.Kind.valueOf(words[6].toUpperCase(Locale.ROOT));
    TrainingProblem problem =
        new TrainingProblem(
            network(words[5], Double.parseDouble(words[7])),
            new OptimizerSpec(kind, 0.1, 0, OptimizerSpec.Decay.NONE),
            BenchmarkRows.read(Path.of(words[1]), rows, Integer.parseInt(words[4])),
            1,
            1,
            rows,
            1,
            1);
    ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(Path.of(words[2]))).order(ByteOrder.LITTLE_ENDIAN);
    double[] start = new double[buffer.capacity() / 8];
    buffer.asDoubleBuffer().get(start);
    try (TrainingSession session = new FusedEngine().open(problem, start)) {
      long begin = System.nanoTime();
      LineSearchOptimizer optimizer = new LineSearchOptimizer(session::objective, kind, TIGHT, start);
      Optional<StopReason> ended = Optional.empty();
      int iterations = 0;
      while (iterations < Integer.parseInt(words[8]) && ended.isEmpty()) {
        ended = optimizer.iterate();
        iterations++;
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      return optimizer.loss() + " " + optimizer.evaluations() + " " + iterations + " " + seconds;
    }
  }
}

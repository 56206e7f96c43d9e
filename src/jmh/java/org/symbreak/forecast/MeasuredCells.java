package org.symbreak.forecast;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.init.Initializations;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.run.ResolvedRun;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Settings;

/**
 * Trains the cells to which forecasts are held, and writes a line a run: when the training loss was
 * first 5 % below the constant prediction's, when below half of it, and the last one.
 *
 * <pre>MeasuredCells OUT.csv SECONDS SET...</pre>
 */
final class MeasuredCells {
  static final int STEPS = 2000;
  static final int SEEDS = 5;
  static final List<Integer> DEPTHS = List.of(1, 2, 4, 8, 16);
  static final List<String> SCALES = List.of("0.0001", "0.001", "0.01", "0.1", "0.3", "1", "10", "100");
  static final List<Activation> ACTIVATIONS = List.of(Activation.TANH, Activation.SIGMOID, Activation.RELU);
  static final List<OptimizerSpec.Kind> OPTIMIZERS = List.of(OptimizerSpec.Kind.SGD, OptimizerSpec.Kind.ADAM);

  private MeasuredCells() {}

  record Cell(String set, int depth, String scale, Activation activation, OptimizerSpec.Kind optimizer) {
    RunSpec spec(long seed) {
      RunSpec usual =
          Settings.TEST_FRACTION.with(
              Defaults.run(DataSpec.of(file(set), label(set), null)), testFraction(set));
      NetworkSpec plain = usual.network();
      NetworkSpec network =
          new NetworkSpec(
              Collections.nCopies(depth, 16),
              List.of(activation),
              Initializations.parseLayers("gaussian:" + scale),
              plain.biases(),
              plain.l2(),
              plain.precision());
      return new RunSpec(
          usual.data(),
          network,
          new OptimizerSpec(optimizer, Defaults.learningRate(optimizer), 0.9, OptimizerSpec.Decay.NONE),
          usual.budget(),
          usual.threshold(),
          seed,
          "fused",
          1);
    }

    String name() {
      return String.join(",", set, String.valueOf(depth), scale, activation.toString(), optimizer.toString());
    }
  }

  static String file(String set) {
    return "data/" + set + ".csv";
  }

  static String label(String set) {
    return switch (set) {
      case "breast-cancer" -> "diagnosis";
      case "sonar" -> "Class";
      case "credit" -> "Status";
      case "house-votes-84" -> "Class";
      default -> "label";
    };
  }

  /** So that some 150 rows are left to train on, and hundreds of cells can be measured. */
  static double testFraction(String set) {
    return switch (set) {
      case "breast-cancer" -> 0.7;
      case "sonar" -> 0.2;
      case "credit" -> 0.95;
      case "house-votes-84" -> 0.6;
      default -> 0.8;
    };
  }

  static List<Cell> cells(List<String> sets) {
    List<Cell> cells = new ArrayList<>();
    for (String set : sets) {
      for (int depth : DEPTHS) {
        for (String scale : SCALES) {
          for (Activation activation : ACTIVATIONS) {
            for (OptimizerSpec.Kind optimizer : OPTIMIZERS) {
              cells.add(new Cell(set, depth, scale, activation, optimizer));
            }
          }
        }
      }
    }
    Collections.shuffle(cells, new java.util.Random(20));
    return cells;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path out = Path.of(arguments[0]);
    long end = System.nanoTime() + Long.parseLong(arguments[1]) * 1_000_000_000L;
    List<Cell> cells = cells(List.of(arguments).subList(2, arguments.length));
    Set<String> done = new HashSet<>();
    if (Files.exists(out)) {
      Files.readAllLines(out).forEach(line -> done.add(line.substring(0, line.indexOf(";"))));
    }
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (PrintStream lines =
        new PrintStream(Files.newOutputStream(out, StandardOpenOption.CREATE, StandardOpenOption.APPEND), true, StandardCharsets.UTF_8)) {
      for (Cell cell : cells) {
        if (!done.contains(cell.name())) {
          threads.submit(
              () -> {
                if (System.nanoTime() < end) {
                  try {
                    String line = measure(cell);
                    synchronized (lines) {
                      lines.println(line);
                    }
                  } catch (RuntimeException e) {
                    e.printStackTrace();
                  }
                }
              });
        }
      }
      threads.shutdown();
      threads.awaitTermination(1, TimeUnit.DAYS);
    }
  }

  /** Three seeds, and two more where these do not agree. */
  private static String measure(Cell cell) {
    StringBuilder line = new StringBuilder(cell.name()).append(';');
    int trained = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      String run = measure(cell.spec(seed));
      trained += run.split(" ")[1].equals("-1") ? 0 : 1;
      line.append(seed == 1 ? "" : ",").append(run);
      if (seed == 3 && (trained == 0 || trained == 3)) {
        break;
      }
    }
    return line.toString();
  }

  private static String measure(RunSpec spec) {
    try (Dataset data = Dataset.open(spec.data(), 1)) {
      ResolvedRun run = ResolvedRun.of(spec, data);
      MeasuredWait wait = MeasuredWait.of(run.engine(), run.problem(), run.start(), STEPS);
      return String.format(Locale.ROOT, "%d %d %.4g %.4g", wait.plateauEnd(), wait.half(), wait.last(), wait.first());
    }
  }
}

package org.symbreak.forecast;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
 * Trains the cells to which forecasts are held, and writes a line a cell, with of each run when the
 * training loss was first 5 % below the constant prediction's, when below half of it, and the last
 * and the first one. What the file has is kept and not measured again. The next scale of a column,
 * one data set, depth, activation and optimizer, follows from what was measured of it: between two
 * that came out otherwise the one in the middle, so that most cells lie where it is hard to tell.
 *
 * <pre>MeasuredCells OUT.csv SECONDS SET...</pre>
 */
final class MeasuredCells {
  static final int STEPS = 2000;
  static final int SEEDS = 5;
  static final List<Integer> DEPTHS = List.of(1, 2, 4, 8, 16);
  static final List<String> SCALES =
      List.of("0.0001", "0.001", "0.01", "0.03", "0.1", "0.3", "1", "3", "10", "30", "100");
  static final List<Activation> ACTIVATIONS =
      List.of(Activation.TANH, Activation.SIGMOID, Activation.RELU);
  static final List<OptimizerSpec.Kind> OPTIMIZERS =
      List.of(OptimizerSpec.Kind.SGD, OptimizerSpec.Kind.ADAM);

  /** Where a column is looked at first, for a scale that trains. */
  private static final List<String> MIDDLE = List.of("0.3", "1", "0.1", "3");

  private MeasuredCells() {}

  record Cell(
      String set, int depth, String scale, Activation activation, OptimizerSpec.Kind optimizer) {
    static Cell parse(String line) {
      String[] name = line.substring(0, line.indexOf(';')).split(",");
      return new Cell(
          name[0],
          Integer.parseInt(name[1]),
          SCALES.stream()
              .filter(scale -> Double.parseDouble(scale) == Double.parseDouble(name[2]))
              .findFirst()
              .orElseThrow(),
          Activation.parse(name[3]),
          OptimizerSpec.Kind.valueOf(name[4].toUpperCase(Locale.ROOT)));
    }

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
          new OptimizerSpec(
              optimizer, Defaults.learningRate(optimizer), 0.9, OptimizerSpec.Decay.NONE),
          usual.budget(),
          usual.threshold(),
          seed,
          "fused",
          1);
    }

    String name() {
      return String.join(
          ",", set, String.valueOf(depth), scale, activation.toString(), optimizer.toString());
    }

    private Cell at(int place) {
      return new Cell(set, depth, SCALES.get(place), activation, optimizer);
    }
  }

  /** Cells that differ in their scale alone. */
  private record Column(Cell first, TreeMap<Integer, Boolean> trained) {
    /** The scale to be measured next; null where no more is to be learned. */
    Integer next() {
      Integer before = null;
      for (int place : trained.keySet()) {
        if (before != null
            && place - before > 1
            && !trained.get(place).equals(trained.get(before))) {
          return (before + place) / 2;
        }
        before = place;
      }
      if (!trained.containsValue(true)) {
        return MIDDLE.stream()
            .map(SCALES::indexOf)
            .filter(place -> !trained.containsKey(place))
            .findFirst()
            .orElse(null);
      }
      if (trained.firstEntry().getValue() && trained.firstKey() > 0) {
        return 0;
      }
      int last = SCALES.size() - 1;
      return trained.lastEntry().getValue() && trained.lastKey() < last ? (Integer) last : null;
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

  /** The shallow ones first, which take less. */
  private static List<Column> columns(List<String> sets, Path known) throws IOException {
    Map<Cell, Column> columns = new LinkedHashMap<>();
    for (int depth : DEPTHS) {
      for (String set : sets) {
        for (Activation activation : ACTIVATIONS) {
          for (OptimizerSpec.Kind optimizer : OPTIMIZERS) {
            Cell first = new Cell(set, depth, SCALES.get(0), activation, optimizer);
            columns.put(first, new Column(first, new TreeMap<>()));
          }
        }
      }
    }
    if (Files.exists(known)) {
      for (String line : Files.readAllLines(known)) {
        Cell cell = Cell.parse(line);
        Column column = columns.get(cell.at(0));
        if (column != null) {
          column.trained.put(SCALES.indexOf(cell.scale), trains(line));
        }
      }
    }
    return new ArrayList<>(columns.values());
  }

  /** In at least three of five runs; of three that agree, no more are needed. */
  private static boolean trains(String line) {
    int trained = 0;
    for (String run : line.substring(line.indexOf(';') + 1).split(",")) {
      trained += run.split(" ")[1].equals("-1") ? 0 : 1;
    }
    return trained >= 3;
  }

  public static void main(String[] arguments) throws IOException {
    Path out = Path.of(arguments[0]);
    long end = System.nanoTime() + Long.parseLong(arguments[1]) * 1_000_000_000L;
    List<Column> columns = columns(List.of(arguments).subList(2, arguments.length), out);
    try (PrintStream lines =
        new PrintStream(
            Files.newOutputStream(out, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
            true,
            StandardCharsets.UTF_8)) {
      while (!columns.isEmpty()) {
        for (Column column : columns) {
          Integer next = column.next();
          if (next != null && System.nanoTime() < end) {
            String line = measure(column.first.at(next));
            lines.println(line);
            column.trained.put(next, trains(line));
          }
        }
        columns.removeIf(column -> column.next() == null || System.nanoTime() >= end);
      }
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
      return String.format(
          Locale.ROOT,
          "%d %d %.4g %.4g",
          wait.plateauEnd(),
          wait.half(),
          wait.last(),
          wait.first());
    }
  }
}

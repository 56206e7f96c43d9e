package org.symbreak.forecast;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.symbreak.data.Dataset;
import org.symbreak.network.Activation;
import org.symbreak.run.ResolvedRun;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.setting.RunSpec;

/**
 * Forecasts the cells that {@link MeasuredCells} measured, with three seeds that were not.
 *
 * <pre>ForecastCells MEASURED.csv OUT.csv [SEEDS]</pre>
 */
final class ForecastCells {
  private static final long FIRST_SEED = 101;
  private static final int SEEDS = 3;

  private ForecastCells() {}

  public static void main(String[] arguments) throws IOException {
    Map<String, Dataset> sets = new HashMap<>();
    int seeds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : SEEDS;
    for (String line : Files.readAllLines(Path.of(arguments[0]))) {
      String[] name = line.substring(0, line.indexOf(';')).split(",");
      MeasuredCells.Cell cell =
          new MeasuredCells.Cell(
              name[0],
              Integer.parseInt(name[1]),
              name[2],
              Activation.parse(name[3]),
              OptimizerSpec.Kind.valueOf(name[4].toUpperCase(Locale.ROOT)));
      Dataset data = sets.computeIfAbsent(cell.set(), set -> Dataset.open(cell.spec(1).data(), 1));
      StringBuilder out = new StringBuilder(cell.name()).append(';');
      for (int seed = 0; seed < seeds; seed++) {
        RunSpec spec = cell.spec(FIRST_SEED + seed);
        ResolvedRun run = ResolvedRun.of(spec, data);
        long begin = System.nanoTime();
        Waiting waiting =
            Waiting.of(run.problem(), run.start(), MeasuredCells.STEPS, Waiting.WORK);
        out.append(seed == 0 ? "" : ",")
            .append(waiting.plateauEnd())
            .append(' ')
            .append(waiting.half())
            .append(' ')
            .append(waiting.lawEnd())
            .append(' ')
            .append(waiting.never() == null ? "integrated" : "derived")
            .append(' ')
            .append((System.nanoTime() - begin) / 1_000_000);
      }
      Files.writeString(
          Path.of(arguments[1]), out + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }
}

package org.symbreak.forecast;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.symbreak.data.Dataset;
import org.symbreak.run.ResolvedRun;
import org.symbreak.setting.RunSpec;

/**
 * Forecasts the cells that {@link MeasuredCells} measured: with three seeds that were not measured
 * (two, where these agree), and of each plateau with the seeds that were, since a run's wait hangs on its own weights. What
 * the file has is kept.
 *
 * <pre>ForecastCells MEASURED.csv OUT.csv</pre>
 */
final class ForecastCells {
  private static final long FIRST_SEED = 101;
  private static final int SEEDS = 3;

  /** A plateau is at least so long, and begins near the constant prediction's loss. */
  private static final int PLATEAU = 10;

  private static final double BEGINS = 1.3;

  private ForecastCells() {}

  public static void main(String[] arguments) throws IOException {
    Path out = Path.of(arguments[1]);
    Set<String> done = new HashSet<>();
    if (Files.exists(out)) {
      Files.readAllLines(out).forEach(line -> done.add(line.substring(0, line.indexOf(';'))));
    }
    Map<String, Dataset> sets = new HashMap<>();
    List<String> lines = new ArrayList<>(Files.readAllLines(Path.of(arguments[0])));
    Collections.shuffle(lines, new Random(20)); // what is done when it is stopped is a sample
    for (String line : lines) {
      MeasuredCells.Cell cell = MeasuredCells.Cell.parse(line);
      if (done.contains(cell.name())) {
        continue;
      }
      Dataset data = sets.computeIfAbsent(cell.set(), set -> Dataset.open(cell.spec(1).data(), 1));
      StringBuilder text = new StringBuilder(cell.name()).append(';');
      int trained = 0;
      for (int seed = 0; seed < SEEDS; seed++) {
        String forecast = forecast(cell.spec(FIRST_SEED + seed), data);
        text.append(seed == 0 ? "" : ",").append(forecast);
        trained += forecast.split(" ")[1].equals("null") ? 0 : 1;
        if (seed == 1 && trained != 1) {
          break; // the third cannot outvote two that agree
        }
      }
      text.append(';');
      String[] measured = line.substring(line.indexOf(';') + 1).split(",");
      String before = "";
      for (int seed = 0; seed < measured.length; seed++) {
        String[] run = measured[seed].split(" ");
        boolean waits =
            Double.parseDouble(run[0]) >= PLATEAU && Double.parseDouble(run[3]) <= BEGINS;
        text.append(before).append(waits ? forecast(cell.spec(1 + seed), data) : "-");
        before = ",";
      }
      Files.writeString(out, text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  private static String forecast(RunSpec spec, Dataset data) {
    ResolvedRun run = ResolvedRun.of(spec, data);
    long begin = System.nanoTime();
    Waiting waiting =
        Waiting.of(run.problem(), run.start(), MeasuredCells.STEPS, Waiting.WORK);
    return String.join(
        " ",
        String.valueOf(waiting.plateauEnd()),
        String.valueOf(waiting.half()),
        String.valueOf(waiting.lawEnd()),
        waiting.never() == null ? "integrated" : "derived",
        String.valueOf((System.nanoTime() - begin) / 1_000_000));
  }
}

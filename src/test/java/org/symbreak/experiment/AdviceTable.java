package org.symbreak.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.run.TrainedRun;
import org.symbreak.run.Trainer;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Settings;

/**
 * What following the advice is worth, on test parts that the search never sees: a line for each
 * part of each set. Arguments: runs of a search, rows of a set at the most, the first part and the
 * last, a directory for scratch, and sets as FILE:LABEL. A test part is a quarter of the rows.
 */
final class AdviceTable {
  private AdviceTable() {}

  public static void main(String[] arguments) throws IOException {
    int runs = Integer.parseInt(arguments[0]);
    int most = Integer.parseInt(arguments[1]);
    int first = Integer.parseInt(arguments[2]);
    int last = Integer.parseInt(arguments[3]);
    Path scratch = Path.of(arguments[4]);
    for (int i = 5; i < arguments.length; i++) {
      int colon = arguments[i].lastIndexOf(':');
      Path file = Path.of(arguments[i].substring(0, colon));
      for (int part = first; part <= last; part++) {
        line(file, arguments[i].substring(colon + 1), part, runs, most, scratch);
      }
    }
  }

  /**
   * What came of following the advice on one test part.
   *
   * @param usual test log loss of the usual network
   * @param advised of what was handed out
   * @param advice that was followed
   */
  record Followed(int rows, int tested, double usual, double advised, Advice advice) {
    boolean isAsPromised() {
      return advice.newRows().low() <= advised && advised <= advice.newRows().high();
    }
  }

  private static void line(Path file, String label, int part, int runs, int most, Path scratch)
      throws IOException {
    long start = System.nanoTime();
    Followed followed = followed(file, label, part, runs, most, scratch);
    Advice advice = followed.advice();
    System.out.printf(
        Locale.ROOT,
        "%s,%d,%d,%d,%.5f,%.5f,%.5f,%.5f,%.5f,%.5f,%.5f,%s,%.1f%n",
        file.getFileName().toString().replace(".csv", ""),
        part,
        followed.rows(),
        followed.tested(),
        followed.usual(),
        followed.advised(),
        advice.loss().mean(),
        advice.loss().low(),
        advice.loss().high(),
        advice.newRows().low(),
        advice.newRows().high(),
        advice.recommended().replace(",", ";"),
        (System.nanoTime() - start) / 1e9);
  }

  static Followed followed(Path file, String label, int part, int runs, int most, Path scratch)
      throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> rows = new ArrayList<>(lines.subList(1, lines.size()));
    Collections.shuffle(rows, new Random(part));
    rows = rows.subList(0, Math.min(most, rows.size()));
    int tested = rows.size() / 4;
    String name = file.getFileName().toString().replace(".csv", "");
    Path train =
        write(scratch, name + "-train.csv", lines.get(0), rows.subList(tested, rows.size()));
    Path test = write(scratch, name + "-test.csv", lines.get(0), rows.subList(0, tested));
    RunSpec usual = Defaults.run(DataSpec.of(train.toString(), label, null));
    Path directory = Files.createTempDirectory(scratch, "advice");
    try (Workers workers = new LocalWorkers(2)) {
      Advisor advisor = Advisor.of(usual, Set.of(), runs, part, Comparison.MARGIN, tested);
      Advice advice =
          advisor.advise(new Experiment(directory, true), workers, round -> {}, far -> {});
      RunSpec recommended =
          advisor.candidates().first(runs, Set.of()).stream()
              .filter(setting -> advisor.candidates().name(setting).equals(advice.recommended()))
              .findFirst()
              .map(advisor::handedOut)
              .orElseThrow();
      return new Followed(
          rows.size() - tested, tested, loss(usual, test), loss(recommended, test), advice);
    }
  }

  private static double loss(RunSpec setting, Path test) {
    RunSpec tested = Settings.TEST.with(setting.withSeed(Defaults.SEED), test.toString());
    try (Dataset data = Dataset.open(tested.data(), tested.seed())) {
      TrainedRun run = Trainer.run(tested, data, List.of());
      return run.result().test().logLoss();
    }
  }

  private static Path write(Path scratch, String name, String header, List<String> rows)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of(header));
    lines.addAll(rows);
    return Files.write(scratch.resolve(name), lines);
  }
}

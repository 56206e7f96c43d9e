package org.symbreak.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.model.Evaluation;
import org.symbreak.problem.InputException;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.RunSpec;

/**
 * What {@code --members K} costs and gains on test parts that no training sees: a line for each
 * part of each set. Arguments: members, rows of a set at the most, the first part and the last, a
 * directory for scratch, and sets as FILE:LABEL. A test part is a quarter of the rows.
 */
final class MembersTable {
  private MembersTable() {}

  public static void main(String[] arguments) throws IOException {
    int members = Integer.parseInt(arguments[0]);
    int most = Integer.parseInt(arguments[1]);
    Path scratch = Path.of(arguments[4]);
    for (int part = Integer.parseInt(arguments[2]);
        part <= Integer.parseInt(arguments[3]);
        part++) {
      for (int i = 5; i < arguments.length; i++) {
        int colon = arguments[i].lastIndexOf(':');
        Path file = Path.of(arguments[i].substring(0, colon));
        try {
          line(file, arguments[i].substring(colon + 1), part, members, most, scratch);
        } catch (InputException e) {
          System.err.println(file + ", part " + part + ": " + e.getMessage());
        }
      }
    }
  }

  private static void line(Path file, String label, int part, int members, int most, Path scratch)
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
    RunSpec one =
        Defaults.run(
                DataSpec.of(train.toString(), label, null)
                    .withFiles(train.toString(), test.toString()))
            .withSeed(part);
    RunResult usual = trained(one);
    RunResult ensemble = trained(one.withBudget(one.budget().withMembers(members)));
    Evaluation a = usual.test();
    Evaluation b = ensemble.test();
    System.out.printf(
        Locale.ROOT,
        "%s,%d,%d,%d,%.5f,%.5f,%.5f,%.5f,%.5f,%.5f,%.2f,%.2f%n",
        name,
        part,
        rows.size() - tested,
        tested,
        a.logLoss(),
        b.logLoss(),
        a.auc(),
        b.auc(),
        a.brier(),
        b.brier(),
        usual.seconds(),
        ensemble.seconds());
  }

  private static RunResult trained(RunSpec spec) {
    try (Dataset data = Dataset.open(spec.data(), spec.seed())) {
      return Trainer.run(spec, data, List.of()).result();
    }
  }

  private static Path write(Path scratch, String name, String header, List<String> rows)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of(header));
    lines.addAll(rows);
    return Files.write(scratch.resolve(name), lines);
  }
}

package org.symbreak.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.engine.TestRows;
import org.symbreak.model.SavedModel;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.RunSpec;

/** Rows that do not fit into the heap are mapped from a file, and train to the same bits. */
class SmallHeapTest {
  private static final int ROWS = 24_000;
  private static final int FEATURES = 60;

  @TempDir private Path directory;

  private static RunSpec spec(Path csv) {
    return Defaults.run(DataSpec.of(csv.toString(), "label", "1"))
        .withBudget(new BudgetSpec(1, 64, false, 1, false));
  }

  /** The process with little memory; arguments: data, directory of the run. */
  public static final class Child {
    private Child() {}

    public static void main(String[] args) {
      RunSpec spec = spec(Path.of(args[0]));
      try (Dataset data = Dataset.open(spec.data(), spec.seed())) {
        RunDirectory.create(Path.of(args[1]), false)
            .train(spec, data, List.of(), Recording.DEFAULT);
      }
      System.exit(0);
    }
  }

  @Test
  void aFileLargerThanTheHeapTrainsToTheSameBits() throws IOException, InterruptedException {
    Path csv = directory.resolve("large.csv");
    write(csv);
    RunSpec spec = spec(csv);
    RunDirectory roomy = RunDirectory.create(directory.resolve("roomy"), false);
    try (Dataset data = Dataset.open(spec.data(), spec.seed())) {
      roomy.train(spec, data, List.of(), Recording.DEFAULT);
    }
    RunDirectory cramped = new RunDirectory(directory.resolve("cramped"));
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-Xmx24m",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                csv.toString(),
                cramped.path().toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(said).isZero();
    assertThat(Files.size(csv)).isGreaterThan(24 << 20);
    assertThat(SavedModel.load(cramped.model()).parameters())
        .isEqualTo(SavedModel.load(roomy.model()).parameters());
    assertThat(cramped.read().result().loss()).isEqualTo(roomy.read().result().loss());
  }

  private static void write(Path csv) throws IOException {
    TestRows rows = TestRows.linear(ROWS, FEATURES, 1);
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(csv))) {
      for (int feature = 0; feature < FEATURES; feature++) {
        out.print("x" + feature + ",");
      }
      out.println("label");
      for (int row = 0; row < ROWS; row++) {
        for (double feature : rows.x()[row]) {
          out.print(feature + ",");
        }
        out.println(rows.y()[row]);
      }
    }
  }
}

package org.symbreak.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.data.EncodedRows;
import org.symbreak.network.NetworkSpec;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.RunSpec;

class DefaultsTest {
  private static final int SPLITS = 10;
  private static final Map<String, String> LABELS =
      Map.of(
          "breast-cancer",
          "diagnosis",
          "sonar",
          "Class",
          "house-votes-84",
          "Class",
          "credit",
          "Status");

  @TempDir private Path directory;

  private static DataSpec data(String name) {
    return DataSpec.of("data/" + name + ".csv", LABELS.get(name), null);
  }

  /** Writes encoded rows, the label last, for sklearn-auc.py; argument: the directory. */
  public static final class WriteSplits {
    private WriteSplits() {}

    public static void main(String[] args) throws IOException {
      Path directory = Files.createDirectories(Path.of(args[0]));
      for (String name : LABELS.keySet()) {
        for (int seed = 1; seed <= SPLITS; seed++) {
          try (Dataset data = Dataset.open(data(name), seed)) {
            write(directory.resolve("%s-%d-train.csv".formatted(name, seed)), data.train());
            write(
                directory.resolve("%s-%d-validation.csv".formatted(name, seed)), data.validation());
            write(directory.resolve("%s-%d-test.csv".formatted(name, seed)), data.test());
          }
        }
      }
    }

    private static void write(Path file, EncodedRows rows) throws IOException {
      try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
        double[] features = new double[rows.features()];
        for (int row = 0; row < rows.rows(); row++) {
          rows.features(row, features, 0);
          DoubleStream.of(features).forEach(feature -> out.print(feature + ","));
          out.println(rows.label(row));
        }
      }
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"breast-cancer", "sonar", "house-votes-84", "credit"})
  void theDefaultsAloneForetellAsWellAsScikitLearn(String name) throws IOException {
    JsonNode reference =
        new ObjectMapper()
            .readTree(DefaultsTest.class.getResourceAsStream("sklearn-auc.json"))
            .get(name);
    double sum = 0;
    for (int seed = 1; seed <= SPLITS; seed++) {
      RunSpec spec = Defaults.run(data(name)).withSeed(seed);
      try (Dataset data = Dataset.open(spec.data(), seed)) {
        sum += Trainer.run(spec, data, List.of()).result().test().auc();
      }
    }
    double best = Math.max(mean(reference.get("200")), mean(reference.get("1000")));
    System.out.printf(
        "%s: mean test AUC over %d splits %.4f, scikit-learn %.4f%n",
        name, SPLITS, sum / SPLITS, best);
    assertThat(sum / SPLITS).isGreaterThan(best - 0.02);
  }

  private static double mean(JsonNode numbers) {
    double sum = 0;
    for (JsonNode number : numbers) {
      sum += number.asDouble();
    }
    return sum / numbers.size();
  }

  @Test
  void whatIsLeftOpenFollowsFromTheRows() {
    RunSpec open = Defaults.run(data("sonar"));
    RunSpec few = Defaults.resolve(open, 150, false);
    assertThat(few.budget())
        .isEqualTo(new BudgetSpec(2000, BudgetSpec.FULL_BATCH, true, 200, false));
    assertThat(few.network().l2()).isEqualTo(0.02);
    RunSpec many = Defaults.resolve(open, 100_000, false);
    assertThat(many.budget()).isEqualTo(new BudgetSpec(200, 128, true, 10, false));
    assertThat(many.network().l2()).isEqualTo(3e-5);
  }

  @Test
  void aTableToBeLearnedHasNoPenalty() throws IOException {
    assertThat(Defaults.resolve(Defaults.run(data("sonar")), 40, true).network().l2()).isZero();
    for (int rows : new int[] {16, 40}) {
      StringBuilder xor = new StringBuilder("x1,x2,label\n");
      for (int i = 0; i < rows; i++) {
        xor.append(i % 2 + "," + i / 2 % 2 + "," + (i % 2 ^ i / 2 % 2) + "\n");
      }
      Path file = Files.writeString(directory.resolve("xor.csv"), xor);
      RunSpec spec = Defaults.run(DataSpec.of(file.toString(), "label", null));
      try (Dataset data = Dataset.open(spec.data(), 1)) {
        assertThat(Trainer.run(spec, data, List.of()).result().test().accuracy()).isEqualTo(1);
      }
    }
  }

  @Test
  void whatIsSaidStays() {
    NetworkSpec network = Defaults.network().withL2(0.5);
    RunSpec said =
        Defaults.run(data("sonar"))
            .withNetwork(network)
            .withBudget(new BudgetSpec(7, 5, false, 3, true));
    assertThat(Defaults.resolve(said, 1000, true)).isEqualTo(said);
  }
}

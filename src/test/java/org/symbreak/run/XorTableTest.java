package org.symbreak.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.RunSpec;

/** How often two hidden units learn XOR's four rows: the table in docs/files.md. */
class XorTableTest {
  private static final int SEEDS = 100;
  private static final Path FILE = Path.of("src/test/resources/cases/xor-truth-table.csv");

  @ParameterizedTest
  @CsvSource({"tanh", "sigmoid", "relu"})
  void theTableIsWhatARunGives(String activation) throws Exception {
    int solved = 0;
    DataSpec usual = DataSpec.of(FILE.toString(), null, null);
    DataSpec all =
        DataSpec.of(usual.file(), null, null).withFormat(usual.format()).withFractions(0, 0);
    NetworkSpec network = Defaults.network();
    NetworkSpec two =
        new NetworkSpec(
            List.of(2),
            List.of(Activation.parse(activation)),
            network.weights(),
            network.biases(),
            network.l2(),
            network.precision());
    try (Dataset data = Dataset.open(all, 1)) {
      for (int seed = 1; seed <= SEEDS; seed++) {
        RunSpec run =
            new RunSpec(
                all,
                two,
                Defaults.optimizer(),
                new BudgetSpec(2000, BudgetSpec.FULL_BATCH, true, 200, false),
                Defaults.THRESHOLD,
                seed,
                "fused",
                1);
        solved += Trainer.run(run, data, List.of()).result().train().accuracy() == 1 ? 1 : 0;
      }
    }
    assertThat(Files.readString(Path.of("docs/files.md")))
        .contains("| " + activation + " | " + solved + " |");
  }
}

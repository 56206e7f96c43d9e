package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.symbreak.data.CsvFormat;
import org.symbreak.data.DataSpec;
import org.symbreak.init.Initializations;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Settings;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What words on the command line mean as a run. */
class RunOptionsTest {
  @Test
  void withoutOptionsItIsTheRunWithEveryDefault() {
    RunSpec expected = Defaults.run(DataSpec.of("x.csv", null, null));
    RunSpec spec = spec("--threads", Integer.toString(expected.threads()));
    assertThat(spec).isEqualTo(expected);
  }

  @Test
  void everyOptionHasItsPlace() {
    RunSpec spec =
        spec(
            ("--label L --positive P --test T.csv --test-fraction 0.3 --validation-fraction 0.1"
                 + " --numeric a,b --categorical c --ignore d,e --no-standardize --separator ;"
                 + " --quote ' --decimal , --no-header --missing n/a,- --hidden 4/3 --activation"
                 + " relu/tanh --init gaussian:0.5/zeros --bias-init constant:1 --l2 0.25"
                 + " --precision double --optimizer nesterov --learning-rate 0.5 --momentum 0.75"
                 + " --decay step:0.5:10 --batch 32 --epochs 7 --patience 3 --class-weight balanced"
                 + " --threshold f1 --seed 0 --engine dl4j --threads 2")
                .split(" "));
    assertThat(spec)
        .isEqualTo(
            new RunSpec(
                DataSpec.of("x.csv", "L", "P")
                    .withFiles("x.csv", "T.csv")
                    .withFormat(
                        CsvFormat.DEFAULT
                            .withSeparator(';')
                            .withQuote('\'')
                            .withHeader(false)
                            .withMissing(List.of("n/a", "-"))
                            .withDecimal(','))
                    .withColumns(List.of("a", "b"), List.of("c"), List.of("d", "e"))
                    .withFractions(0.3, 0.1)
                    .withStandardize(false),
                new NetworkSpec(
                    List.of(4, 3),
                    List.of(Activation.RELU, Activation.TANH),
                    Initializations.parseLayers("gaussian:0.5/zeros"),
                    Initializations.parseLayers("constant:1"),
                    0.25,
                    Precision.DOUBLE),
                new OptimizerSpec(
                    OptimizerSpec.Kind.NESTEROV,
                    0.5,
                    0.75,
                    new OptimizerSpec.Decay(OptimizerSpec.Decay.Kind.STEP, 0.5, 10)),
                new BudgetSpec(7, 32, true, 3, true),
                "f1",
                0,
                "dl4j",
                2));
  }

  @Test
  void logisticRegressionHasNoHiddenLayer() {
    assertThat(spec("--hidden", "none").network().hidden()).isEmpty();
  }

  @Test
  void theCommandOfARunGivesTheRun() {
    RunSpec spec =
        spec(
            ("--label L --positive P --hidden 8/4 --init orthogonal/gaussian:0.3 --optimizer"
                    + " nesterov --learning-rate 0.3 --momentum 0.5 --batch full --epochs 9"
                    + " --no-early-stopping --l2 0 --activation relu --precision double --seed -5"
                    + " --decay inverse:0.5:2 --ignore a,b --threshold f1")
                .split(" "));
    String command = spec.toCommand();
    assertThat(command).startsWith("symbreak train x.csv ");
    assertThat(spec(command.substring("symbreak train x.csv ".length()).split(" ")))
        .isEqualTo(spec);
  }

  private static RunSpec spec(String... words) {
    SettingOptions options =
        SettingOptions.of(
            Settings.all().stream().filter(setting -> setting != Settings.FILE).toList());
    CommandSpec verb = CommandSpec.create();
    options.addTo(verb);
    new CommandLine(verb).parseArgs(words);
    return options.run(Path.of("x.csv"));
  }
}

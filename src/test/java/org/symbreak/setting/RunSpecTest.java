package org.symbreak.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.symbreak.data.CsvFormat;
import org.symbreak.data.DataSpec;
import org.symbreak.init.Initializations;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.problem.InputException;
import org.symbreak.setting.OptimizerSpec.Decay;
import org.symbreak.setting.OptimizerSpec.Kind;

class RunSpecTest {
  private static final RunSpec USUAL =
      Defaults.run(DataSpec.of("data/breast-cancer.csv", "diagnosis", null));

  /** Nothing as usual. */
  private static final RunSpec UNUSUAL =
      new RunSpec(
          DataSpec.of("my data.csv", "c3", "it's")
              .withFiles("my data.csv", "test.csv")
              .withFormat(
                  CsvFormat.DEFAULT
                      .withSeparator('\t')
                      .withQuote('\'')
                      .withHeader(false)
                      .withMissing(List.of("-", "n/a"))
                      .withDecimal(','))
              .withColumns(List.of("c1"), List.of("c2"), List.of("c4", "c5"))
              .withFractions(0.1, 0.25)
              .withStandardize(false),
          new NetworkSpec(
              List.of(16, 8),
              List.of(Activation.RELU, Activation.ELU),
              Initializations.parseLayers("gaussian:0.01/zeros"),
              Initializations.parseLayers("constant:0.1"),
              1.0 / 3,
              Precision.DOUBLE),
          new OptimizerSpec(Kind.NESTEROV, 0.1 + 0.2, 0.99, new Decay(Decay.Kind.STEP, 0.5, 100)),
          new BudgetSpec(17, BudgetSpec.FULL_BATCH, false, 3, true),
          "f1",
          Long.MIN_VALUE,
          "dl4j",
          3);

  @Test
  void jsonGivesTheSameValueBack() {
    assertThat(RunSpec.fromJson("run.json", USUAL.toJson())).isEqualTo(USUAL);
    assertThat(RunSpec.fromJson("run.json", UNUSUAL.toJson())).isEqualTo(UNUSUAL);
  }

  @Test
  void theCommandSaysWhatIsNotAsUsual() {
    assertThat(USUAL.toCommand())
        .isEqualTo("symbreak train data/breast-cancer.csv --label diagnosis");
    assertThat(UNUSUAL.toCommand())
        .isEqualTo(
            "symbreak train 'my data.csv' --separator tab --quote ''\\''' --no-header --missing"
                + " -,n/a --decimal , --label c3 --positive 'it'\\''s' --numeric c1 --categorical"
                + " c2 --ignore c4,c5 --test test.csv --test-fraction 0.1 --validation-fraction"
                + " 0.25 --no-standardize --hidden 16/8 --activation relu/elu --init"
                + " gaussian:0.01/zeros --bias-init constant:0.1 --l2 0.3333333333333333"
                + " --precision double --optimizer nesterov --learning-rate 0.30000000000000004"
                + " --momentum 0.99 --decay step:0.5:100.0 --epochs 17 --batch full"
                + " --no-early-stopping --class-weight balanced --threshold f1 --seed"
                + " -9223372036854775808 --engine dl4j");
  }

  @Test
  void saysNothingOfDecimalPointsAndRefusesOtherMarks() {
    assertThat(USUAL.toJson()).doesNotContain("decimal");
    String json = UNUSUAL.toJson();
    assertThat(json).contains("\"decimal\" : \",\"");
    assertThat(
            RunSpec.fromJson("run.json", json.replace("\"decimal\" : \",\"", "\"decimal\" : \".\""))
                .data()
                .format()
                .decimal())
        .isEqualTo('.');
    assertThatThrownBy(
            () ->
                RunSpec.fromJson(
                    "run.json", json.replace("\"decimal\" : \",\"", "\"decimal\" : \";\"")))
        .isInstanceOf(InputException.class)
        .hasMessage("run.json, data.decimal: expected a point or a comma, found ';'");
  }

  @Test
  void everyFaultIsNamedAtOnce() {
    String json =
        USUAL
            .toJson()
            .replace("\"adam\"", "\"adamant\"")
            .replace("\"testFraction\" : 0.2", "\"testFraction\" : 2")
            .replace("\"seed\" : 1", "\"sead\" : 1")
            .replace("\"epochs\" : \"auto\"", "\"epochs\" : 0")
            .replace("\"0.5\"", "\"often\"")
            .replace("\"glorot\"", "\"gloro\"");
    assertThatThrownBy(() -> RunSpec.fromJson("run.json", json))
        .isInstanceOfSatisfying(
            InputException.class,
            e ->
                assertThat(e.problems())
                    .extracting(
                        problem -> problem.toString().replaceAll(" [(]choices: glorot, .*", ""))
                    .containsExactlyInAnyOrder(
                        "run.json, data.testFraction: expected a share from 0 to below 1, such as"
                            + " 0.2, found 2",
                        "run.json, network.weights: expected an initialization, found 'gloro'",
                        "run.json, optimizer.kind: expected an optimizer, found 'adamant' (choices:"
                            + " adam, cg, lbfgs, sgd, nesterov)",
                        "run.json, budget.epochs: expected a whole number from 1, found 0",
                        "run.json, threshold: expected a probability from 0 to 1, or 'f1', found"
                            + " 'often'",
                        "run.json, seed: expected a whole number of at most 64 bits, found nothing",
                        "run.json, sead: expected no such field, found 1"));
  }

  @Test
  void whatIsNoJsonIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> RunSpec.fromJson("run.json", "{\n \"data\": "))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("run.json line 2");
    assertThatThrownBy(() -> RunSpec.fromJson("run.json", "")).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> RunSpec.fromJson("run.json", "[]"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("an object");
    assertThatThrownBy(() -> RunSpec.fromJson("run.json", USUAL.toJson() + "{}"))
        .isInstanceOf(InputException.class);
  }
}

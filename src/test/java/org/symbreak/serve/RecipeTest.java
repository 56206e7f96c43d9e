package org.symbreak.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbreak.data.DataSpec;
import org.symbreak.network.Activation;
import org.symbreak.network.Precision;
import org.symbreak.problem.InputException;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.setting.RunSpec;

class RecipeTest {
  @Test
  void becomesARun() {
    Recipe recipe =
        Recipe.of(
            Map.of(
                "hidden",
                "16/8",
                "act",
                "tanh",
                "init",
                "gaussian:0.01",
                "opt",
                "adam:0.02",
                "seed",
                "3"));

    RunSpec spec = recipe.spec(DataSpec.of("moons.csv", "label", "1"), 500);

    assertThat(spec.network().hidden()).containsExactly(16, 8);
    assertThat(spec.network().activation(0)).isEqualTo(Activation.TANH);
    assertThat(spec.network().weights()).hasToString("gaussian:0.01");
    assertThat(spec.optimizer().kind()).isEqualTo(OptimizerSpec.Kind.ADAM);
    assertThat(spec.optimizer().learningRate()).isEqualTo(0.02);
    assertThat(spec.budget().epochs()).isEqualTo(500);
    assertThat(spec.seed()).isEqualTo(3);
  }

  @Test
  void takesEverySettingByItsNameInTheTable() {
    assertThat(Recipe.table())
        .extracting(row -> row.get("name"))
        .contains("hidden", "activation", "init", "bias-init", "l2", "precision", "optimizer")
        .contains("learning-rate", "momentum", "decay", "seed", "engine")
        .doesNotContain("epochs", "label");
    for (Map<String, Object> row : Recipe.table()) {
      String name = (String) row.get("name");
      assertThat(Recipe.of(Map.of(name, (String) row.get("usual"))).values()).containsKey(name);
      assertThat((String) row.get("expected")).isNotBlank();
      assertThat((String) row.get("description")).isNotBlank().doesNotContain("$");
      if (!List.of("init", "bias-init").contains(name)) {
        assertThatThrownBy(() -> Recipe.of(Map.of(name, "\u2014")))
            .as(name)
            .isInstanceOf(InputException.class)
            .hasMessageStartingWith(name + ": expected ");
      }
    }
    RunSpec spec =
        Recipe.of(Map.of("optimizer", "nesterov", "momentum", "0.5", "precision", "double"))
            .spec(DataSpec.of("moons.csv", "label", "1"), 500);
    assertThat(spec.optimizer().kind()).isEqualTo(OptimizerSpec.Kind.NESTEROV);
    assertThat(spec.optimizer().momentum()).isEqualTo(0.5);
    assertThat(spec.network().precision()).isEqualTo(Precision.DOUBLE);
  }

  @Test
  void namesOfTheTableAreHeardBeforeShortOnes() {
    Recipe recipe =
        Recipe.of(Map.of("act", "relu", "activation", "tanh", "opt", "sgd:2", "optimizer", "adam"));
    assertThat(recipe.values()).containsEntry("activation", "tanh");
    assertThat(recipe.run().optimizer().kind()).isEqualTo(OptimizerSpec.Kind.ADAM);
    assertThat(recipe.run().optimizer().learningRate()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "data, moons:19, a whole number from 20 to 2000",
    "data, moons:200000, a whole number from 20 to 2000",
    "noise, -1, a number from 0 to 2",
    "noise, NaN, a number from 0 to 2",
    "mix, 100, a number from 5 to 95",
    "data, moons:200.5, a whole number from 20 to 2000",
    "hidden, 257, a whole number from 1 to 256",
    "hidden, 2.9, a whole number from 1 to 256",
    "hidden, 4/1e1, a whole number from 1 to 256",
    "hidden, 1/1/1/1/1/1/1/1/1, up to 8 hidden layers",
    "act, swish, an activation",
    "opt, rmsprop:0.1, an optimizer and its learning rate",
    "opt, sgd:0, a number from 0.000001 to 100",
    "seed, -1, a whole number from 0 to 2147483648",
    "seed, 1.5, a whole number from 0 to 2147483648",
    "engine, gpu, an engine"
  })
  void refusesWhatIsOutOfRangeAndNamesTheRange(String key, String value, String expected) {
    assertThatThrownBy(() -> Recipe.of(Map.of(key, value)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            expected.equals("a number from 0.000001 to 100") ? "to 100" : expected);
  }

  @Test
  void listsEveryMistakeAtOnce() {
    assertThatThrownBy(() -> Recipe.of(Map.of("noise", "9", "mix", "0", "hidden", "x")))
        .isInstanceOfSatisfying(
            InputException.class,
            e ->
                assertThat(e.problems())
                    .extracting(problem -> problem.place())
                    .contains("noise", "mix", "hidden"));
  }

  @Test
  void refusesWorkThatIsNoPlay() {
    Recipe recipe = Recipe.of(Map.of("hidden", "256/256"));

    assertThatThrownBy(() -> recipe.requirePlayable(2000, 1000)).isInstanceOf(InputException.class);
  }
}

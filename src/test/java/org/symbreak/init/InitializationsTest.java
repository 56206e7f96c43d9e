package org.symbreak.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbreak.init.VarianceScaling.Family;
import org.symbreak.init.VarianceScaling.Spread;
import org.symbreak.problem.InputException;

class InitializationsTest {
  @ParameterizedTest
  @CsvSource({
    "zeros, zeros",
    "ZEROS, zeros",
    "' gaussian ', gaussian:0.01",
    "gaussian:1e-2, gaussian:0.01",
    "gaussian:1e-12, gaussian:1E-12",
    "constant:-0, constant:0",
    "constant:5, constant:5",
    "uniform, uniform:0.12",
    "uniform:AUTO, uniform:auto",
    "xavier, glorot",
    "xavier-uniform, glorot-uniform",
    "kaiming, he",
    "kaiming-uniform, he-uniform",
    "Kaiming-Truncated, he-truncated",
    "glorot-normal, glorot",
    "he-normal, he",
    "lecun, lecun",
    "orthogonal, orthogonal:1",
    "sparse, sparse:15",
    "glorot:1.67, glorot:1.67",
    "kaiming-uniform:1, he-uniform",
    "jax, flax",
    "PyTorch, pytorch",
    "sklearn:logistic, sklearn:logistic",
    "tf-playground, tf-playground",
    "numpy:3:10.0, numpy:3:10",
    "numpy:3:he, numpy:3:he",
    "numpy:3:xavier:20, numpy:3:xavier:20"
  })
  void readsWhatIsWritten(String text, String canonical) {
    Initialization read = Initializations.parse(text);
    assertThat(read.toString()).isEqualTo(canonical);
    assertThat(Initializations.parse(canonical)).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          constant          ; --init: expected constant:VALUE, found 'constant'
          zeros:1           ; --init: expected zeros, found 'zeros:1'
          gaussian:-1       ; --init: expected gaussian[:SCALE]: scale must be positive and finite, found -1.0, found 'gaussian:-1'
          gaussian:0        ; --init: expected gaussian[:SCALE]: scale must be positive and finite, found 0.0, found 'gaussian:0'
          gaussian:1e999    ; --init: expected gaussian[:SCALE]: scale must be positive and finite, found Infinity, found 'gaussian:1e999'
          gaussian:nan      ; --init: expected gaussian[:SCALE]: a number is needed, found 'nan', found 'gaussian:nan'
          gaussian:1d       ; --init: expected gaussian[:SCALE]: a number is needed, found '1d', found 'gaussian:1d'
          sparse:0          ; --init: expected sparse[:CONNECTIONS]: connections must be from 1, found 0, found 'sparse:0'
          numpy:3           ; --init: expected numpy:SEED:SCALE|he|xavier[:START], found 'numpy:3'
          """)
  void saysWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> Initializations.parse(text))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }

  @Test
  void refusesSeedsThatNumPyRefuses() {
    assertThatThrownBy(() -> Initializations.parse("numpy:4294967296:he"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("from 0 to 4294967295");
    assertThatThrownBy(() -> Initializations.parse("numpy:-1:he"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a whole number from 0");
  }

  @Test
  void listsTheCatalogueNearestNamesFirst() {
    assertThatThrownBy(() -> Initializations.parse("gausian:0.01"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "--init: expected an initialization, found 'gausian:0.01' (choices: gaussian, ")
        .hasMessageContaining("nguyen-widrow");
  }

  @Test
  void readsALayerAfterTheOther() {
    LayerInits inits = Initializations.parseLayers("gaussian:0.5/he-uniform/zeros");
    assertThat(inits.layers())
        .containsExactly(
            new ScaledGaussian(0.5), new VarianceScaling(Family.HE, Spread.UNIFORM), new Zeros());
    assertThat(inits).hasToString("gaussian:0.5/he-uniform/zeros");
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() {
    assertThatThrownBy(() -> Initializations.parseLayers("--bias-init", "zero/he/gaussian:x/"))
        .isInstanceOfSatisfying(
            InputException.class,
            e -> {
              assertThat(e.problems())
                  .hasSize(3)
                  .allMatch(problem -> problem.place().equals("--bias-init"));
              assertThat(e.problems().get(0).choices()).startsWith("zeros");
            });
  }

  @Test
  void namesNothingTwice() {
    assertThat(Initializations.names())
        .contains(
            "zeros",
            "constant",
            "gaussian",
            "uniform",
            "he-truncated",
            "numpy",
            "xavier",
            "kaiming")
        .doesNotHaveDuplicates();
  }

  @Test
  void theLastLayerRepeats() {
    int[] sizes = {2, 2, 2};
    List<Initialization> resolved =
        Initializations.parseLayers("gaussian/zeros").resolve(sizes, sizes);
    assertThat(resolved).containsExactly(new ScaledGaussian(0.01), new Zeros(), new Zeros());
  }
}

package org.symbreak.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.factory.Nd4j;
import org.symbreak.problem.InputException;

class ActivationTest {
  private static final double[] POINTS = {-30, -3, -0.7, -1e-3, 1e-3, 0.4, 2, 30};

  @ParameterizedTest
  @EnumSource
  void isDeeplearning4jsFunctionOfItsName(Activation activation) {
    double[] theirs =
        activation
            .dl4j()
            .getActivation(Nd4j.createFromArray(POINTS).reshape(1, POINTS.length), false)
            .toDoubleVector();
    for (int i = 0; i < POINTS.length; i++) {
      assertThat(activation.value(POINTS[i])).isCloseTo(theirs[i], within(1e-9));
    }
    assertThat(activation.dl4j().toString()).containsIgnoringCase(activation.toString());
  }

  /** Where it is smooth, which all of them are but at 0. */
  @ParameterizedTest
  @EnumSource
  void itsSlopeIsThatOfItsValue(Activation activation) {
    double step = 1e-6;
    for (double z : POINTS) {
      double difference = activation.value(z + step) - activation.value(z - step);
      assertThat(activation.slope(z)).isCloseTo(difference / (2 * step), within(1e-8));
    }
  }

  /** At 0 the side below counts, as in Deeplearning4j. */
  @Test
  void hasTheSlopeOfTheLeftAtAKink() {
    assertThat(Activation.RELU.slope(0)).isZero();
    assertThat(Activation.LEAKYRELU.slope(0)).isEqualTo(0.01);
    assertThat(Activation.ELU.slope(0)).isEqualTo(1);
    for (Activation activation : Activation.values()) {
      double expected =
          switch (activation) {
            case SIGMOID -> 0.5;
            case SOFTPLUS -> Math.log(2);
            default -> 0;
          };
      assertThat(activation.value(0)).as(activation.toString()).isEqualTo(expected);
    }
  }

  /** Far out, where exp overflows, it still is the line z, or 0. */
  @Test
  void softplusIsALineFarOut() {
    assertThat(Activation.SOFTPLUS.value(1000)).isEqualTo(1000);
    assertThat(Activation.SOFTPLUS.value(-1000)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsNameInAnyCase(Activation activation) {
    assertThat(Activation.parse(activation.toString())).isEqualTo(activation);
    assertThat(Activation.parse(" " + activation.name() + " ")).isEqualTo(activation);
  }

  @Test
  void namesTheChoicesWhereThereIsNone() {
    assertThatThrownBy(() -> Activation.parse("tan"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'tan'")
        .hasMessageContaining("sigmoid")
        .hasMessageContaining("identity");
  }
}

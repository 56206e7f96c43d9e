package org.symbreak.symmetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LayerUnitsTest {
  /** Weights unit after unit, then biases, as Deeplearning4j lays them out. */
  @Test
  void areCutOutOfTheFlatVector() {
    double[] parameters = {99, 99, 1, 2, 3, 4, 5, 6, 7, 8, 99};
    LayerUnits units = LayerUnits.fromFlat(parameters, 2, 3, 2);
    assertThat(units.fanIn()).isEqualTo(3);
    assertThat(units.count()).isEqualTo(2);
    assertThat(units.weights()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(units.biases()).containsExactly(7, 8);
    assertThat(units.parameter(0, 0)).isEqualTo(1);
    assertThat(units.parameter(1, 2)).isEqualTo(6);
    assertThat(units.parameter(0, 3)).isEqualTo(7);
    assertThat(units.parameter(1, 3)).isEqualTo(8);
  }

  @Test
  void theLargestIsAWeightOrABiasOfEitherSign() {
    assertThat(largest(new double[] {1, -5, 2, 3}, 0.5, 4)).isEqualTo(5);
    assertThat(largest(new double[] {1, 4, 2, 3}, 0.5, -6)).isEqualTo(6);
    assertThat(largest(new double[4], 0, -0.0)).isZero();
  }

  private static double largest(double[] weights, double... biases) {
    return new LayerUnits(2, weights, biases).largest();
  }

  @Test
  void needAWeightAnInputAndABiasEach() {
    assertThat(new LayerUnits(1, new double[1], new double[1]).count()).isEqualTo(1);
    assertThatThrownBy(() -> new LayerUnits(0, new double[0], new double[1]))
        .hasMessageContaining("found fan-in 0, 0 weights, 1 biases");
    assertThatThrownBy(() -> new LayerUnits(1, new double[0], new double[0]))
        .hasMessageContaining("found fan-in 1, 0 weights, 0 biases");
    assertThatThrownBy(() -> new LayerUnits(2, new double[5], new double[2]))
        .hasMessageContaining("found fan-in 2, 5 weights, 2 biases");
  }

  /** The widest number of all parameters; in steps of the type that they are kept in. */
  @Test
  void aGroupIsAsFarApartAsItsWidestNumber() {
    LayerUnits units =
        new LayerUnits(2, new double[] {1, 2, 1.25, 2, 9, 9}, new double[] {0, 1, 9});
    assertThat(GroupSpread.of(units, new int[] {0, 1}, true))
        .isEqualTo(new GroupSpread(1, Float.floatToIntBits(1)));
    assertThat(GroupSpread.of(units, new int[] {0, 1}, false))
        .isEqualTo(new GroupSpread(1, Double.doubleToLongBits(1)));
    assertThat(GroupSpread.of(units, new int[] {0, 1}, true).isNone()).isFalse();
    assertThat(GroupSpread.of(units, new int[] {1, 1}, true).isNone()).isTrue();
    assertThat(new GroupSpread(Double.MIN_VALUE, 1).isNone()).isFalse();
  }
}

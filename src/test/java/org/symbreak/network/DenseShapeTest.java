package org.symbreak.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DenseShapeTest {
  /** 2 inputs, 4 and 3 hidden units, 1 output: 4 · 2 + 4, 3 · 4 + 3, 3 + 1. */
  @Test
  void laysOutALayerAfterTheOtherOfEachTheWeightsThenTheBiases() {
    DenseShape shape = new DenseShape(List.of(2, 4, 3, 1));
    assertThat(shape.layers()).isEqualTo(3);
    assertThat(shape.hiddenLayers()).isEqualTo(2);
    int[][] expected = {{2, 4, 0, 8}, {4, 3, 12, 24}, {3, 1, 27, 30}};
    for (int layer = 0; layer < 3; layer++) {
      assertThat(
              new int[] {
                shape.inputs(layer), shape.units(layer), shape.weights(layer), shape.biases(layer)
              })
          .isEqualTo(expected[layer]);
    }
    assertThat(shape.parameters()).isEqualTo(31);
  }

  @Test
  void needsInputsAndOutputs() {
    assertThat(new DenseShape(List.of(1, 1)).parameters()).isEqualTo(2);
    for (List<Integer> sizes : List.of(List.of(3), List.of(0, 1), List.of(2, 0, 1))) {
      assertThatThrownBy(() -> new DenseShape(sizes)).hasMessageContaining("found " + sizes);
    }
  }

  /** As many as an array holds, and not one more: (i + 1) weights and biases of one output. */
  @Test
  void holdsAsManyAsAnArrayDoes() {
    assertThat(new DenseShape(List.of(Integer.MAX_VALUE - 1, 1)).parameters())
        .isEqualTo(Integer.MAX_VALUE);
    assertThatThrownBy(() -> new DenseShape(List.of(Integer.MAX_VALUE, 1)))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> new DenseShape(List.of(65536, 65536, 1)))
        .isInstanceOf(ArithmeticException.class);
    int most = Integer.MAX_VALUE;
    assertThatThrownBy(() -> new DenseShape(List.of(most, most, most, most)))
        .isInstanceOf(ArithmeticException.class);
  }
}

package org.symbreak.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.symbreak.network.DenseShape;
import org.symbreak.problem.InputException;

class TouchTest {
  /** Two inputs, three units, an output: weights 0 to 5, biases 6 to 8, then 9 to 11 and 12. */
  private static final DenseShape SHAPE = new DenseShape(List.of(2, 3, 1));

  private static final double[] NOW =
      IntStream.range(0, SHAPE.parameters()).mapToDouble(i -> i).toArray();

  @Test
  void setsOneWeight() {
    Touch touch = touch("set", "layer", "0", "unit", "1", "input", "1", "value", "0.25");

    assertThat(touch.apply(NOW)).containsExactly(0, 1, 2, 0.25, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    assertThat(touch.words()).isEqualTo("layer 1, unit 2, weight 2: 3.00 → 0.250");
    assertThat(touch.undo(NOW).apply(touch.apply(NOW))).containsExactly(NOW);
  }

  @Test
  void setsTheOutputsBias() {
    Touch touch = touch("set", "layer", "1", "unit", "0", "input", "3", "value", "-1");

    assertThat(touch.apply(NOW)[12]).isEqualTo(-1);
    assertThat(touch.words()).isEqualTo("output, bias: 12.0 → -1.00");
  }

  @Test
  void copiesAUnitWithWhatItSends() {
    Touch touch = touch("copy", "layer", "0", "unit", "0", "to", "2");

    assertThat(touch.apply(NOW)).containsExactly(0, 1, 2, 3, 0, 1, 6, 7, 6, 9, 10, 9, 12);
  }

  @Test
  void setsAUnitToZero() {
    Touch touch = touch("zero", "layer", "0", "unit", "1");

    assertThat(touch.apply(NOW)).containsExactly(0, 1, 0, 0, 4, 5, 6, 0, 8, 9, 0, 11, 12);
  }

  @Test
  void namesWhatIsNotThere() {
    assertThatThrownBy(() -> touch("zero", "layer", "0", "unit", "3"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("unit: expected a whole number from 0 to 2, found '3'");
    assertThatThrownBy(() -> touch("set", "layer", "0", "unit", "0", "input", "0", "value", "NaN"))
        .hasMessageContaining("value: expected a number from -1000 to 1000, found 'NaN'");
    assertThatThrownBy(() -> touch("turn", "layer", "0", "unit", "0")).hasMessageContaining("what");
  }

  private static Touch touch(String what, String... words) {
    Map<String, String> map = new HashMap<>(Map.of("what", what));
    for (int i = 0; i < words.length; i += 2) {
      map.put(words[i], words[i + 1]);
    }
    return Touch.of(map, SHAPE, NOW);
  }
}

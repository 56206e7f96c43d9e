package org.symbreak.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbreak.random.Streams;

/** What moments do not show: orthogonality, lengths, patterns of zeros. */
class StructuredInitializationsTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "7, 7", "30, 4", "4, 30", "300, 300", "1, 9"})
  void orthogonalIsOrthogonal(int fanIn, int fanOut) {
    double gain = 1.5;
    double[] weights = new Orthogonal(gain).draw(Streams.of(4), fanIn, fanOut);
    int vectors = Math.min(fanIn, fanOut);
    for (int a = 0; a < vectors; a++) {
      for (int b = 0; b <= a; b++) {
        double dot = 0;
        for (int k = 0; k < Math.max(fanIn, fanOut); k++) {
          dot +=
              fanOut <= fanIn
                  ? weights[a * fanIn + k] * weights[b * fanIn + k]
                  : weights[k * fanIn + a] * weights[k * fanIn + b];
        }
        assertThat(dot).isCloseTo(a == b ? gain * gain : 0, within(1e-13));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 4", "30, 16", "1, 3"})
  void nguyenWidrowsUnitsHaveOneLength(int fanIn, int fanOut) {
    double[] weights = new NguyenWidrow().draw(Streams.of(4), fanIn, fanOut);
    for (int unit = 0; unit < fanOut; unit++) {
      double squares =
          Arrays.stream(weights, unit * fanIn, (unit + 1) * fanIn).map(w -> w * w).sum();
      assertThat(Math.sqrt(squares)).isCloseTo(0.7 * Math.pow(fanOut, 1.0 / fanIn), within(1e-14));
    }
  }

  /**
   * Nguyen and Widrow's biases lie within the length of the layer's weights, not of one input's.
   */
  @ParameterizedTest
  @CsvSource({"2, 16, 2.8", "30, 16, 0.76781", "1, 16, 11.2"})
  void nguyenWidrowsBiasesFillThatLength(int inputs, int units, double length) {
    double largest = 0;
    for (int seed = 0; seed < 50; seed++) {
      double[] biases = new NguyenWidrow().drawAsBiases(Streams.of(seed), inputs, units);
      assertThat(biases).hasSize(units);
      largest = Math.max(largest, Arrays.stream(biases).map(Math::abs).max().orElseThrow());
    }
    assertThat(largest).isLessThanOrEqualTo(length).isGreaterThan(0.98 * length);
  }

  @ParameterizedTest
  @CsvSource({"40, 6, 15", "5, 6, 5"})
  void sparseUnitsHaveSoManyConnections(int fanIn, int fanOut, int expected) {
    double[] weights = new Sparse(15).draw(Streams.of(4), fanIn, fanOut);
    for (int unit = 0; unit < fanOut; unit++) {
      assertThat(
              Arrays.stream(weights, unit * fanIn, (unit + 1) * fanIn).filter(w -> w != 0).count())
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 3", "2, 3", "3, 2"})
  void identityPassesInputsOn(int fanIn, int fanOut) {
    double[] weights = new Identity().draw(null, fanIn, fanOut);
    for (int unit = 0; unit < fanOut; unit++) {
      for (int input = 0; input < fanIn; input++) {
        assertThat(weights[unit * fanIn + input]).isEqualTo(unit == input ? 1 : 0);
      }
    }
  }
}

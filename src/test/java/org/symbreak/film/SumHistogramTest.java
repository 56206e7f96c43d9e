package org.symbreak.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SumHistogramTest {
  @ParameterizedTest
  @ValueSource(doubles = {-900, -3, -0.2, 0, 0.01, 1, 2.99, 50, 999})
  void countsASumBetweenItsEdges(double z) {
    double[] histogram = SumHistogram.of(new double[][] {{z}});

    List<Double> edges = SumHistogram.edges();
    int bin = 0;
    while (histogram[bin] == 0) {
      bin++;
    }
    assertThat(z).isBetween(edges.get(bin), edges.get(bin + 1));
  }

  @Test
  void edgesAreSymmetricAndReachAThousand() {
    List<Double> edges = SumHistogram.edges();

    assertThat(edges.get(edges.size() - 1)).isCloseTo(1000, within(1e-6));
    for (int i = 0; i < edges.size(); i++) {
      assertThat(edges.get(i)).isCloseTo(-edges.get(edges.size() - 1 - i), within(1e-6));
    }
  }

  @Test
  void whatIsBeyondCountsAtTheEndsAndWhatIsNoNumberNowhere() {
    double[] histogram =
        SumHistogram.of(new double[][] {{1e9, Double.POSITIVE_INFINITY, -1e9, Double.NaN}});

    assertThat(histogram[histogram.length - 1]).isEqualTo(1);
    assertThat(histogram[0]).isEqualTo(0.5);
    assertThat(SumHistogram.of(new double[][] {{Double.NaN}})).containsOnly(0);
  }
}

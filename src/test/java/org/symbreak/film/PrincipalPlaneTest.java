package org.symbreak.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbreak.random.Streams;

class PrincipalPlaneTest {
  /**
   * Variances 16, 4 and 1 along axes that are turned: the plane must have the first two, 20 of 21.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void findsTheDirectionsOfLargestVariance(long seed) {
    double[][] axes = {{0.6, 0.8, 0}, {0.8, -0.6, 0}, {0, 0, 1}};
    RandomGenerator random = Streams.of(seed);
    double[][] rows = new double[4000][3];
    for (double[] row : rows) {
      double[] along = {
        4 * random.nextGaussian(), 2 * random.nextGaussian(), random.nextGaussian()
      };
      for (int j = 0; j < 3; j++) {
        row[j] = 5 + along[0] * axes[0][j] + along[1] * axes[1][j] + along[2] * axes[2][j];
      }
    }

    PrincipalPlane plane = PrincipalPlane.of(rows);

    assertThat(Math.abs(dot(plane.first(), axes[0]))).isCloseTo(1, within(1e-3));
    assertThat(Math.abs(dot(plane.second(), axes[1]))).isCloseTo(1, within(1e-2));
    assertThat(dot(plane.first(), plane.second())).isCloseTo(0, within(1e-12));
    assertThat(plane.explained()).isCloseTo(20.0 / 21, within(0.01));
    assertThat(plane.project(plane.mean())).containsExactly(0, 0);
  }

  @Test
  void rowsThatAreAllTheSameHaveAPlaneAllTheSame() {
    PrincipalPlane plane = PrincipalPlane.of(new double[][] {{1, 2, 3}, {1, 2, 3}});

    assertThat(plane.project(new double[] {1, 2, 3})).containsExactly(0, 0);
    assertThat(plane.explained()).isEqualTo(1);
    assertThat(dot(plane.first(), plane.first())).isEqualTo(1);
  }

  private static double dot(double[] a, double[] b) {
    double dot = 0;
    for (int i = 0; i < a.length; i++) {
      dot += a[i] * b[i];
    }
    return dot;
  }
}

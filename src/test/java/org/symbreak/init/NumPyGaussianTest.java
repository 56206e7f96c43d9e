package org.symbreak.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class NumPyGaussianTest {
  /**
   *
   *
   * <pre>
   * np.random.seed(3)
   * W1 = np.random.randn(3, 2) * 10
   * W2 = np.random.randn(1, 3) * 10
   * print(W1.tolist(), W2.tolist())
   * </pre>
   */
  @Test
  void isNumPysLayerAfterLayer() {
    double[] w1 = {
      17.886284734303185,
      4.365098505119894,
      0.9649746807200863,
      -18.634927033644907,
      -2.7738820251439904,
      -3.5475897926898674
    };
    double[] w2 = {-0.8274148148245977, -6.270006768238473, -0.4381816897592824};
    List<Initialization> layers =
        Initializations.parseLayers("numpy:3:10").resolve(new int[] {2, 3}, new int[] {3, 1});
    assertThat(layers.get(0).draw(null, 2, 3)).containsExactly(w1, within(1e-14));
    assertThat(layers.get(1).draw(null, 3, 1)).containsExactly(w2, within(1e-14));
    assertThat(layers.get(1)).hasToString("numpy:3:10:6");
  }

  @Test
  void otherInitializationsInBetweenTakeNothingFromTheSequence() {
    int[] sizes = {2, 3, 4, 5};
    List<Initialization> layers =
        Initializations.parseLayers("numpy:3:he/gaussian/numpy:4:1/numpy:3:xavier")
            .resolve(sizes, sizes);
    assertThat(layers)
        .extracting(Initialization::toString)
        .containsExactly("numpy:3:he", "gaussian:0.01", "numpy:4:1", "numpy:3:xavier:4");
  }

  @Test
  void scalesByTheFanIn() {
    double[] plain = NumPyGaussian.scaled(7, 1).draw(null, 8, 3);
    double[] he = NumPyGaussian.he(7).draw(null, 8, 3);
    double[] xavier = NumPyGaussian.xavier(7).draw(null, 8, 3);
    for (int i = 0; i < plain.length; i++) {
      assertThat(he[i]).isEqualTo(plain[i] * Math.sqrt(2.0 / 8));
      assertThat(xavier[i]).isEqualTo(plain[i] * Math.sqrt(1.0 / 8));
    }
  }
}

package org.symbreak.symmetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.symbreak.random.Streams;

class UnitMatchingTest {
  private static double cost(double[][] cost, int[] columns) {
    double sum = 0;
    for (int row = 0; row < columns.length; row++) {
      sum += cost[row][columns[row]];
    }
    return sum;
  }

  private static double best(double[][] cost, int row, boolean[] taken) {
    if (row == cost.length) {
      return 0;
    }
    double best = Double.POSITIVE_INFINITY;
    for (int column = 0; column < cost.length; column++) {
      if (!taken[column]) {
        taken[column] = true;
        best = Math.min(best, cost[row][column] + best(cost, row + 1, taken));
        taken[column] = false;
      }
    }
    return best;
  }

  @Test
  void assignmentsAreTheCheapestOfAll() {
    RandomGenerator random = Streams.of(1);
    for (int n = 1; n <= 7; n++) {
      for (int round = 0; round < 30; round++) {
        double[][] cost = new double[n][n];
        for (double[] row : cost) {
          // ties, too
          Arrays.setAll(row, i -> random.nextInt(8) - 3);
        }
        int[] columns = Assignment.of(cost);
        assertThat(Arrays.stream(columns).distinct().count()).isEqualTo(n);
        assertThat(cost(cost, columns)).isCloseTo(best(cost, 0, new boolean[n]), within(1e-12));
      }
    }
  }

  @Test
  void findsUnitsThatChangedPlacesAndSigns() {
    RandomGenerator random = Streams.of(2);
    int units = 9;
    int fanIn = 4;
    double[] weights = random.doubles(units * fanIn, -1, 1).toArray();
    double[] biases = random.doubles(units, -1, 1).toArray();
    double[] shuffled = new double[weights.length];
    double[] shuffledBiases = new double[units];
    for (int unit = 0; unit < units; unit++) {
      int to = (unit * 4 + 2) % units;
      double sign = unit % 3 == 0 ? -1 : 1;
      for (int i = 0; i < fanIn; i++) {
        shuffled[to * fanIn + i] = sign * weights[unit * fanIn + i];
      }
      shuffledBiases[to] = sign * biases[unit];
    }
    LayerUnits mine = new LayerUnits(fanIn, weights, biases);
    LayerUnits others = new LayerUnits(fanIn, shuffled, shuffledBiases);
    UnitMatching matched = UnitMatching.of(mine, others, true);
    assertThat(matched.after()).isCloseTo(1, within(1e-12));
    assertThat(matched.before()).isLessThan(0.7);
    for (int unit = 0; unit < units; unit++) {
      assertThat(matched.partner()[unit]).isEqualTo((unit * 4 + 2) % units);
      assertThat(matched.flipped()[unit]).isEqualTo(unit % 3 == 0);
    }
    assertThat(UnitMatching.of(mine, others, false).after()).isLessThan(0.999);
    // the next layer's weights follow
    LayerUnits next = new LayerUnits(units, random.doubles(units, -1, 1).toArray(), new double[1]);
    LayerUnits back = matched.reorderInputs(next);
    assertThat(back.weights()[0]).isEqualTo(-next.weights()[2]);
    assertThat(back.weights()[1]).isEqualTo(next.weights()[6]);
  }

  @Test
  void strangersAreAlikeByChanceAndTheMoreTheFewerTheirInputs() {
    double few = UnitMatching.byChance(2, 16, true, Streams.of(3));
    double many = UnitMatching.byChance(60, 16, true, Streams.of(3));
    assertThat(few).isBetween(0.8, 1.0);
    assertThat(many).isBetween(0.1, 0.4);
  }
}

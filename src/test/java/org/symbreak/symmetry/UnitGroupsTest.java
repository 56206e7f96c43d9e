package org.symbreak.symmetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitGroupsTest {
  @Test
  void tellsUnitsApartByOneBitButNotByTheSignOfZero() {
    LayerUnits units =
        units(
            new double[][] {
              {0.1, 0, 5},
              {0.1, -0.0, 5},
              {Math.nextUp(0.1), 0, 5},
              {0.1, 0, Math.nextUp(5.0)},
              {0.1, 0, 5}
            });
    assertThat(lists(UnitGroups.identical(units)))
        .containsExactly(List.of(0, 1, 4), List.of(2), List.of(3));
    assertThat(lists(UnitGroups.withinTolerance(units, 1e-12)))
        .containsExactly(List.of(0, 1, 2, 3, 4));
    assertThat(lists(UnitGroups.withinTolerance(units, 0)))
        .containsExactly(List.of(0, 1, 4), List.of(2), List.of(3));
  }

  @Test
  void countsTheBiasAsPartOfAUnit() {
    LayerUnits units = units(new double[][] {{1, 2, 0}, {1, 2, 1}});
    assertThat(UnitGroups.identical(units).count()).isEqualTo(2);
  }

  @Test
  void takesTheToleranceRelativeToTheLayersLargest() {
    LayerUnits units = units(new double[][] {{0.001, 0, 0}, {0.0011, 0, 0}, {0, 100, 0}});
    assertThat(lists(UnitGroups.withinTolerance(units, 1e-5)))
        .containsExactly(List.of(0, 1), List.of(2));
    assertThat(UnitGroups.withinTolerance(units, 1e-7).count()).isEqualTo(3);
  }

  @Test
  void followsChains() {
    LayerUnits units = units(new double[][] {{1.0, 0, 0}, {1.02, 0, 0}, {1.01, 0, 0}, {1.5, 0, 0}});
    assertThat(lists(UnitGroups.withinTolerance(units, 0.0101 / 1.5)))
        .containsExactly(List.of(0, 1, 2), List.of(3));
  }

  @Test
  void findsUnitsThatDifferByAllOfTheToleranceInEveryNumber() {
    for (int signs = 0; signs < 16; signs++) {
      double[] apart = {1, 0.3, -0.2, 0.1};
      for (int i = 0; i < 4; i++) {
        apart[i] += (signs >> i & 1) == 0 ? -0.00999 : 0.00999;
      }
      assertThat(
              UnitGroups.withinTolerance(units(new double[][] {{1, 0.3, -0.2, 0.1}, apart}), 0.01)
                  .count())
          .isEqualTo(1);
    }
  }

  @Test
  void findsOppositeUnits() {
    LayerUnits units =
        units(
            new double[][] {{1, -2, 3}, {-1, 2, -3}, {1, -2, -3}, {0, 0, 0}, {-1, 2, -3.0000001}});
    assertThat(lists(UnitGroups.upToSign(units, 0)))
        .containsExactly(List.of(0, 1), List.of(2), List.of(3), List.of(4));
    assertThat(lists(UnitGroups.upToSign(units, 1e-6)))
        .containsExactly(List.of(0, 1, 4), List.of(2), List.of(3));
  }

  @Test
  void findsProportionalUnits() {
    LayerUnits units =
        units(
            new double[][] {
              {1, -2, 3},
              {0.1, -0.2, 0.3},
              {-7, 14, -21},
              {0, 0, 0},
              {0, 0, -0.0},
              {1e-300, -2e-300, 3e-300}
            });
    assertThat(lists(UnitGroups.upToPositiveFactor(units, 1e-12)))
        .containsExactly(List.of(0, 1, 5), List.of(2), List.of(3, 4));
    assertThat(lists(UnitGroups.upToFactor(units, 1e-12)))
        .containsExactly(List.of(0, 1, 2, 5), List.of(3, 4));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void agreesWithComparingAllPairs(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int fanIn = random.nextInt(1, 6);
    double[][] rows = new double[random.nextInt(1, 80)][fanIn + 1];
    for (double[] row : rows) {
      Arrays.setAll(row, i -> random.nextInt(-3, 4) / 3.0 + random.nextInt(3) * 0.01);
    }
    rows[0][0] = 2; // the layer's largest
    LayerUnits units = units(rows);
    double tolerance = random.nextDouble(0.001, 0.02);
    assertThat(lists(UnitGroups.withinTolerance(units, tolerance)))
        .isEqualTo(allPairs(rows, 2 * tolerance));
    assertThat(lists(UnitGroups.identical(units))).isEqualTo(allPairs(rows, 0));
  }

  static List<double[][]> wideLayers() {
    int units = 4096;
    SplittableRandom random = new SplittableRandom(1);
    double[][] repeated = new double[units][65];
    double[][] nearly = new double[units][65];
    double[][] identity = new double[units][units + 1];
    for (int unit = 0; unit < units; unit++) {
      Arrays.fill(repeated[unit], 0.5);
      Arrays.setAll(nearly[unit], i -> 0.5 + 1e-9 * random.nextDouble());
      identity[unit][unit] = 1;
    }
    return List.of(repeated, nearly, identity);
  }

  @ParameterizedTest
  @MethodSource("wideLayers")
  void copesWithWideLayers(double[][] rows) {
    boolean identity = rows[0].length > 100;
    assertThat(UnitGroups.withinTolerance(units(rows), 1e-5).count())
        .isEqualTo(identity ? 4096 : 1);
  }

  @Test
  void leavesRandomUnitsApart() {
    SplittableRandom random = new SplittableRandom(2);
    double[][] rows = new double[4096][4];
    for (double[] row : rows) {
      Arrays.setAll(row, i -> random.nextDouble(-1, 1));
    }
    rows[4000] = rows[17].clone();
    rows[4000][1] += 1e-9;
    assertThat(UnitGroups.identical(units(rows)).count()).isEqualTo(4096);
    assertThat(
            lists(new UnitGroups(4096, UnitGroups.withinTolerance(units(rows), 1e-5).repeated())))
        .containsExactly(List.of(17, 4000));
  }

  @Test
  void takesNumbersThatAreNotFiniteAsTheyAre() {
    LayerUnits units =
        units(
            new double[][] {
              {Double.NaN, 1, 0},
              {Double.NaN, 1, 0},
              {Double.POSITIVE_INFINITY, 1, 0},
              {1, 1, 0},
              {1, 1, 1e-9}
            });
    assertThat(lists(UnitGroups.identical(units)))
        .containsExactly(List.of(0, 1), List.of(2), List.of(3), List.of(4));
    assertThat(UnitGroups.withinTolerance(units, 1e-5).count()).isEqualTo(4);
  }

  @Test
  void measuresHowFarAGroupHasComeApart() {
    LayerUnits units =
        units(
            new double[][] {
              {1, 2, 0}, {Math.nextUp(1.0), 2, 0}, {1, 2 - 3 * Math.ulp(1.0), 0}, {9, 9, 9}
            });
    assertThat(GroupSpread.of(units, new int[] {0, 1, 2}, false))
        .isEqualTo(new GroupSpread(3 * Math.ulp(1.0), 3));
    assertThat(GroupSpread.of(units, new int[] {3}, false)).isEqualTo(new GroupSpread(0, 0));
    LayerUnits floats =
        units(new double[][] {{0.1f, 0, 0}, {Math.nextUp(Math.nextUp(0.1f)), 0, -0.0}});
    assertThat(GroupSpread.of(floats, new int[] {0, 1}, true))
        .isEqualTo(new GroupSpread((double) Math.nextUp(Math.nextUp(0.1f)) - 0.1f, 2));
  }

  /** The definition, by all pairs: join until nothing changes. */
  private static List<List<Integer>> allPairs(double[][] rows, double distance) {
    List<List<Integer>> groups = new ArrayList<>();
    boolean[] taken = new boolean[rows.length];
    for (int first = 0; first < rows.length; first++) {
      if (!taken[first]) {
        List<Integer> group = new ArrayList<>(List.of(first));
        taken[first] = true;
        for (int next = 0; next < group.size(); next++) {
          for (int other = 0; other < rows.length; other++) {
            if (!taken[other] && distance(rows[group.get(next)], rows[other]) <= distance) {
              taken[other] = true;
              group.add(other);
            }
          }
        }
        groups.add(group.stream().sorted().toList());
      }
    }
    return groups;
  }

  private static double distance(double[] a, double[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  /** A unit a row, its bias last. */
  private static LayerUnits units(double[][] rows) {
    int fanIn = rows[0].length - 1;
    double[] weights = new double[rows.length * fanIn];
    double[] biases = new double[rows.length];
    for (int unit = 0; unit < rows.length; unit++) {
      System.arraycopy(rows[unit], 0, weights, unit * fanIn, fanIn);
      biases[unit] = rows[unit][fanIn];
    }
    return new LayerUnits(fanIn, weights, biases);
  }

  private static List<List<Integer>> lists(UnitGroups groups) {
    return groups.groups().stream().map(group -> Arrays.stream(group).boxed().toList()).toList();
  }
}

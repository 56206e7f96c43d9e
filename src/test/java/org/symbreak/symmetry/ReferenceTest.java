package org.symbreak.symmetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Against NumPy's numbers; the lines that made them stand in the file. */
class ReferenceTest {
  private static final double NEAR = 1e-11;

  @ParameterizedTest
  @CsvFileSource(resources = "/reference/symmetry.csv")
  void agreesWithNumPy(
      int units,
      int components,
      double effectiveRank,
      double largestSingular,
      double smallestSingular,
      double meanCosine,
      double meanAbsCosine,
      double maxCosine,
      double maxAbsCosine) {
    double[][] matrix = new double[units][components];
    for (int i = 0; i < units; i++) {
      for (int j = 0; j < components; j++) {
        matrix[i][j] = StrictMath.cos((1.0 + i) * (j + 2.5) * (j + 1)) + (i == j ? 1 : 0);
      }
    }

    double[] singular = EffectiveRank.singularValues(matrix);
    assertThat(EffectiveRank.of(matrix)).isCloseTo(effectiveRank, within(NEAR * effectiveRank));
    assertThat(singular[0]).isCloseTo(largestSingular, within(NEAR * largestSingular));
    assertThat(singular[singular.length - 1])
        .isCloseTo(smallestSingular, within(NEAR * largestSingular));

    Cosines cosines = Cosines.of(Vectors.of(matrix));
    assertThat(cosines.mean()).isCloseTo(meanCosine, within(NEAR));
    assertThat(cosines.meanAbsolute()).isCloseTo(meanAbsCosine, within(NEAR));
    assertThat(cosines.largest()).isCloseTo(maxCosine, within(NEAR));
    assertThat(cosines.largestAbsolute()).isCloseTo(maxAbsCosine, within(NEAR));
  }
}

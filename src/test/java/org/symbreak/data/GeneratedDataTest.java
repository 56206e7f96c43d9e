package org.symbreak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbreak.data.GeneratedData.Points;
import org.symbreak.data.GeneratedData.Recipe;
import org.symbreak.problem.InputException;

/**
 * Circles and moons against scikit-learn, the flower against its course's lines:
 * reference/sklearn-clouds.py made the numbers.
 */
class GeneratedDataTest {
  static Stream<JsonNode> cases() throws IOException {
    try (InputStream in =
        GeneratedDataTest.class.getResourceAsStream("/reference/sklearn-clouds.json")) {
      return StreamSupport.stream(new ObjectMapper().readTree(in).spliterator(), false)
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesThePointsThatPythonGives(JsonNode expected) {
    Recipe recipe =
        new Recipe(
            expected.get("rows").intValue(),
            expected.get("noise").doubleValue(),
            expected.get("seed").longValue(),
            expected.get("share").doubleValue(),
            expected.get("factor").doubleValue());
    Points points = GeneratedData.parse(expected.get("kind").textValue()).generate(recipe);
    assertThat(points.y()).hasSize(recipe.rows());
    for (int i = 0; i < recipe.rows(); i++) {
      assertThat(points.y()[i]).isEqualTo(expected.get("y").get(i).intValue());
      assertThat(points.x()[i][0])
          .isCloseTo(expected.get("x").get(i).get(0).doubleValue(), within(1e-12));
      assertThat(points.x()[i][1])
          .isCloseTo(expected.get("x").get(i).get(1).doubleValue(), within(1e-12));
    }
  }

  @ParameterizedTest
  @EnumSource(GeneratedData.class)
  void dependsOnTheSeedAlone(GeneratedData kind) {
    Points once = kind.generate(recipe(50, 0.1, 3, 0.5));
    assertThat(kind.generate(recipe(50, 0.1, 3, 0.5)).x()).isDeepEqualTo(once.x());
    assertThat(Arrays.deepEquals(kind.generate(recipe(50, 0.1, 4, 0.5)).x(), once.x())).isFalse();
  }

  @ParameterizedTest
  @EnumSource(GeneratedData.class)
  void givesTheFirstClassItsShare(GeneratedData kind) {
    for (double share : new double[] {0.01, 0.29, 0.5, 0.6, 0.99}) {
      long first =
          Arrays.stream(kind.generate(recipe(100, 0.1, 1, share)).y())
              .filter(label -> label == 0)
              .count();
      assertThat(first).isEqualTo(Math.round(100 * share));
    }
    assertThat(Arrays.stream(kind.generate(recipe(7, 0, 1, 0.5)).y()).sum())
        .as("half a row goes to the second class, as in scikit-learn")
        .isEqualTo(4);
  }

  @Test
  void drawsTheTruthTableOfXor() {
    Points points = GeneratedData.XOR.generate(recipe(4, 0, 5, 0.5));
    for (int i = 0; i < 4; i++) {
      assertThat(points.y()[i]).isEqualTo((int) points.x()[i][0] ^ (int) points.x()[i][1]);
    }
    assertThat(Arrays.stream(points.x()).map(Arrays::toString).distinct()).hasSize(4);
  }

  @Test
  void keepsTheSidesOfALineApart() {
    Points points = GeneratedData.LINEAR.generate(recipe(500, 0, 5, 0.5));
    for (int i = 0; i < 500; i++) {
      double distance = (points.x()[i][1] - points.x()[i][0]) / Math.sqrt(2);
      assertThat(points.y()[i] == 1 ? distance : -distance).isBetween(0.1 - 1e-12, 1.0);
    }
  }

  @Test
  void windsTwoSpiralsThatDoNotTouch() {
    Points points = GeneratedData.SPIRALS.generate(recipe(400, 0, 5, 0.5));
    double nearest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 400; i++) {
      for (int j = 0; j < i; j++) {
        if (points.y()[i] != points.y()[j]) {
          nearest =
              Math.min(
                  nearest,
                  Math.hypot(
                      points.x()[i][0] - points.x()[j][0], points.x()[i][1] - points.x()[j][1]));
        }
      }
    }
    assertThat(nearest).isGreaterThan(0.2);
  }

  @ParameterizedTest
  @CsvSource({
    "circles.csv, CIRCLES, 0.05, 0.5, 0.5",
    "moons.csv, MOONS, 0.2, 0.5, 0.8",
    "moons-60-40.csv, MOONS, 0.2, 0.6, 0.8"
  })
  void drawsTheShippedFilesAgain(
      String file, GeneratedData kind, double noise, double share, double factor)
      throws IOException {
    StringBuilder csv = new StringBuilder();
    kind.generate(new Recipe(1000, noise, 1, share, factor)).writeCsv(csv);
    assertThat(csv.toString()).isEqualTo(Files.readString(Path.of("data", file)));
  }

  @Test
  void writesNumbersThatComeBack() throws IOException {
    Points points = GeneratedData.SPIRALS.generate(recipe(20, 0.1, 1, 0.5));
    StringBuilder csv = new StringBuilder();
    points.writeCsv(csv);
    String[] lines = csv.toString().split("\n");
    assertThat(lines).hasSize(21).startsWith("x1,x2,label");
    String[] cells = lines[7].split(",");
    assertThat(NumberText.parse(cells[0])).isEqualTo(points.x()[6][0]);
    assertThat(NumberText.parse(cells[1])).isEqualTo(points.x()[6][1]);
    assertThat(cells[2]).isEqualTo(String.valueOf(points.y()[6]));
  }

  @Test
  void listsEveryFaultOfARecipe() {
    assertThatThrownBy(() -> new Recipe(1, Double.NaN, -1, 1, 1))
        .isInstanceOf(InputException.class)
        .hasMessage(
            String.join(
                System.lineSeparator(),
                "--rows: expected a whole number from 2, found 1",
                "--noise: expected a finite number from 0, found NaN",
                "--seed: expected a whole number from 0 to 4294967295, found -1",
                "--share: expected a number between 0 and 1, found 1.0",
                "--factor: expected a number from 0 to below 1, found 1.0"));
    assertThatThrownBy(() -> new Recipe(3, 0, 0, 0.01, 0))
        .hasMessage("--share: expected at least one of the 3 rows in each class, found 0.01");
  }

  @Test
  void namesTheNearestKinds() {
    assertThat(GeneratedData.parse("Moons")).isEqualTo(GeneratedData.MOONS);
    assertThatThrownBy(() -> GeneratedData.parse("spyral"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "data: expected a kind of generated data, found 'spyral' (choices: spirals,");
  }

  private static Recipe recipe(int rows, double noise, long seed, double share) {
    return new Recipe(rows, noise, seed, share, 0.8);
  }
}

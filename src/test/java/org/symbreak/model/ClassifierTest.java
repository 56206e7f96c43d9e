package org.symbreak.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.symbreak.problem.InputException;

/** The lines of docs/classifier.md on predicting, and what becomes of bad rows. */
class ClassifierTest {
  private static final Path PAGE = Path.of("docs/classifier.md");
  private static final Path HERE = Path.of("src/test/java/org/symbreak/model/ClassifierTest.java");
  private static final Path MODEL = Path.of("src/test/resources/golden/model-format-2.zip");

  @Test
  void predictsAsOnThePage() {
    Path model = MODEL;
    // as on the page
    Classifier classifier = Classifier.open(model);
    double one = classifier.probability(Map.of("age", 31, "height", 170.5, "color", "red"));
    String name = classifier.classOf(one);
    Classifier ordered = classifier.withHeader("color", "age", "height");
    double same = ordered.probability("red", "31", "170.5");
    Map<String, Object> missing = Map.of("age", "", "height", 170, "color", "");
    double[] many = classifier.probabilities(List.of(missing, missing));
    // until here
    assertThat(same).isEqualTo(one);
    assertThat(name).isIn(classifier.positive(), classifier.negative());
    assertThat(many).hasSize(2).containsOnly(many[0]);
    record Person(int age, double height, String color) {}
    assertThat(classifier.probability(new Person(31, 170.5, "red"))).isEqualTo(one);
  }

  @Test
  void thePageHasTheseLines() throws Exception {
    List<String> source = Files.readAllLines(HERE);
    int from = source.indexOf("    // as on the page") + 1;
    int to = source.indexOf("    // until here");
    String lines =
        String.join("\n", source.subList(from, to).stream().map(l -> l.substring(4)).toList());
    assertThat(Files.readString(PAGE)).contains(lines);
  }

  @Test
  void refusesARowInTheWordsOfAFile() {
    Classifier classifier = Classifier.open(MODEL);
    Map<String, Object> good = Map.of("age", 1, "height", 170, "color", "red");
    assertRefused(
        () -> classifier.probability(Map.of("age", "abc", "height", 1, "color", "red")),
        "row, column 'age': expected a number, found 'abc'");
    assertRefused(
        () -> classifier.probabilities(List.of(good, Map.of("Age", 1, "color", "red"))),
        "row 2: expected the column 'age', found a row without it (choices: Age)",
        "row 2: expected the column 'height'");
    assertRefused(() -> classifier.probability("1"), "expected 3 cells, age, height, color");
    assertRefused(
        () -> classifier.probability(Map.of("age", 1e300, "height", 1, "color", "red")),
        "row, column 'age': expected a number within 1.0E30 standard deviations");
  }

  private static void assertRefused(ThrowingCallable call, String... messages) {
    assertThatThrownBy(call).isInstanceOf(InputException.class).hasMessageContainingAll(messages);
  }

  @Test
  void manyThreadsMayUseOne() {
    Classifier classifier = Classifier.open(MODEL);
    double[] one =
        IntStream.range(0, 500)
            .mapToDouble(
                i -> classifier.probability(Map.of("age", i, "height", 170, "color", "red")))
            .toArray();
    double[] many =
        IntStream.range(0, 500)
            .parallel()
            .mapToDouble(
                i -> classifier.probability(Map.of("age", i, "height", 170, "color", "red")))
            .toArray();
    assertThat(many).isEqualTo(one);
  }
}

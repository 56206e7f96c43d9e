package org.symbreak.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFaultTest {
  record Point(int x, List<Integer> y) {
    Point {
      if (x < 0) {
        throw new IllegalArgumentException("x below 0");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "",
        "{\"x\":}",
        "{\"x\":[1]}",
        "{\"z\":1}",
        "{\"x\":-1}",
        "{\"y\":[\"a\"]}",
        "[]",
        "1",
        "\"a\"",
        "nul",
        "{\"x\":1e99999999999}",
        "{\"x\":99999999999}",
        "[[[[",
        "\u0000"
      })
  void saysWhatIsWrongWithoutANameOfAClass(String json) {
    requirePlain(json);
  }

  @ParameterizedTest
  @ValueSource(ints = {1001, 100_000})
  void saysSoOfWhatIsTooDeep(int depth) {
    requirePlain("[".repeat(depth));
    requirePlain("{\"x\":" + "9".repeat(depth) + "}");
  }

  private static void requirePlain(String json) {
    JsonProcessingException fault =
        catchThrowableOfType(
            JsonProcessingException.class, () -> new ObjectMapper().readValue(json, Point.class));
    assertThat(JsonFault.words(fault))
        .isNotBlank()
        .doesNotContainPattern("\\b(com|org|java)\\.\\w")
        .doesNotContain("Stream", "Exception", "Token", "Deserializ");
  }
}

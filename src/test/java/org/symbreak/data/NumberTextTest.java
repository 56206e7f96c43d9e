package org.symbreak.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbreak.random.Streams;

class NumberTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "+1",
        "1.",
        ".5",
        "-.5e3",
        "1e5",
        "1E-5",
        "1e+5",
        "007",
        "123456789012345678",
        "1234567890123456789",
        "9007199254740993",
        "0.1",
        "1e22",
        "1e23",
        "-1e-22",
        "1e-23",
        "4.35",
        "179769313486231570000e289",
        "4.9e-324",
        "2.4703282292062327208e-324",
        "1e-400",
        "1e400",
        "-1e400",
        "0e999999999999",
        "0.000000000000000000000000000000000000001",
        "100000000000000000000000000000000000000000",
        "3.14159265358979323846264338327950288"
      })
  void readsWhatJavaReads(String text) {
    assertThat(NumberText.parse(text)).isEqualTo(Double.parseDouble(text));
  }

  /** Of as many digits as a double needs and more, and such as lie in the middle of two doubles. */
  @Test
  void readsLongNumbersAsJavaDoes() {
    RandomGenerator random = Streams.of(11);
    for (int i = 0; i < 40_000; i++) {
      long digits = random.nextLong() >>> random.nextInt(12);
      String whole = Long.toUnsignedString(digits);
      String text =
          whole.substring(0, 1) + "." + whole.substring(1) + "e" + random.nextInt(-62, 62);
      assertThat(NumberText.parse(text)).isEqualTo(Double.parseDouble(text));
      long even = (1L << 53) + (random.nextLong() >>> 11);
      String middle = Long.toUnsignedString(2 * even + 1) + (i % 3 == 0 ? "00" : "");
      assertThat(NumberText.parse(middle)).isEqualTo(Double.parseDouble(middle));
      String written = String.valueOf(random.nextGaussian() * Math.pow(10, random.nextInt(-9, 9)));
      assertThat(NumberText.parse(written)).isEqualTo(Double.parseDouble(written));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+",
        "-",
        ".",
        "e5",
        "1e",
        "1e+",
        "1e5.",
        "--1",
        "1-",
        "1,5",
        "1 2",
        "0x10",
        "0x1p3",
        "1d",
        "4f",
        "1D",
        "NaN",
        "Infinity",
        "-Infinity",
        "inf",
        "1_000",
        "\u0661",
        "1\\5",
        "1..2",
        ".e1",
        "1e1e1",
        "%1",
        "1\u00a0"
      })
  void refusesEverythingElse(String text) {
    assertThat(NumberText.parse(text)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1.5", ".5", "1.", "1234567890123456789.25", "2.5e-3", "1e-400"})
  void readsDecimalCommasWhereTheyAreExpected(String text) {
    assertThat(NumberText.parse(text.replace('.', ','), ',')).isEqualTo(Double.parseDouble(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "1,234,567", "1.234,5", ",", "1,5,"})
  void refusesOtherMarksThanTheDecimalComma(String text) {
    assertThat(NumberText.parse(text, ',')).isNaN();
  }

  @Test
  void agreesWithJavaOnRandomTexts() {
    RandomGenerator random = Streams.of(5);
    for (int i = 0; i < 200_000; i++) {
      String text = random(random);
      assertThat(NumberText.parse(text)).as(text).isEqualTo(Double.parseDouble(text));
    }
  }

  @Test
  void exponentsAddToThePlaceOfTheMark() {
    for (int zeros = 0; zeros < 140; zeros++) {
      for (int exponent = -30; exponent <= 30; exponent++) {
        String small = "." + "0".repeat(zeros) + "17e" + exponent;
        assertThat(NumberText.parse(small)).as(small).isEqualTo(Double.parseDouble(small));
        String large = "17" + "0".repeat(zeros) + "e" + exponent;
        assertThat(NumberText.parse(large)).as(large).isEqualTo(Double.parseDouble(large));
      }
    }
  }

  @Test
  void readsBackWhatJavaWrites() {
    RandomGenerator random = Streams.of(6);
    for (int i = 0; i < 100_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertThat(NumberText.parse(Double.toString(value))).isEqualTo(value);
      }
    }
  }

  private static String random(RandomGenerator random) {
    StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "-" : "");
    int digits = 1 + random.nextInt(22);
    int point = random.nextInt(digits + 1);
    for (int d = 0; d < digits; d++) {
      text.append(d == point ? "." : "").append((char) ('0' + random.nextInt(10)));
    }
    if (random.nextInt(3) == 0) {
      text.append('e').append(random.nextInt(-40, 41));
    }
    return text.toString();
  }
}

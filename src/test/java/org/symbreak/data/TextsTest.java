package org.symbreak.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbreak.random.Streams;

class TextsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void findsWhatAMapFindsWhereverItLies(int seed) {
    RandomGenerator random = Streams.of(seed);
    Texts texts = new Texts();
    Map<String, Integer> map = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      String text = drawn(random, 1 + seed % 4);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      byte[] around = new byte[random.nextInt(9) + bytes.length + random.nextInt(9)];
      random.nextBytes(around);
      int from = random.nextInt(around.length - bytes.length + 1);
      System.arraycopy(bytes, 0, around, from, bytes.length);
      int found = texts.find(around, from, from + bytes.length);
      assertThat(found).as(text).isEqualTo(map.getOrDefault(text, -1));
      if (found < 0) {
        map.put(text, texts.size());
        texts.add(around, from, from + bytes.length);
      }
    }
    assertThat(texts.size()).isEqualTo(map.size());
    map.forEach((text, number) -> assertThat(texts.text(number)).isEqualTo(text));
  }

  /** Of up to twenty characters, few different ones, so that many texts come again. */
  private static String drawn(RandomGenerator random, int letters) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(random.nextInt(3) == 0 ? 21 : 9);
    for (int i = 0; i < length; i++) {
      text.append("\0aü\u20ac".charAt(random.nextInt(letters)));
    }
    return text.toString();
  }

  /** A text that is a piece of another one, or has a byte of zeros more, is another text. */
  @Test
  void tellsLengthsApart() {
    List<String> all = new ArrayList<>();
    for (int length = 0; length < 40; length++) {
      all.add("\0".repeat(length));
      all.add("x" + "\0".repeat(length));
    }
    Texts texts = Texts.of(all);
    for (int i = 0; i < all.size(); i++) {
      byte[] bytes = all.get(i).getBytes(StandardCharsets.UTF_8);
      assertThat(texts.find(bytes, 0, bytes.length)).isEqualTo(i);
    }
    assertThat(texts.find(new byte[41], 0, 40)).isEqualTo(-1);
  }
}

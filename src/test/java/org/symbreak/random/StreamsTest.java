package org.symbreak.random;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against numbers that others published, and reference/streams.py, written from the papers. */
class StreamsTest {
  static Stream<JsonNode> cases() throws IOException {
    try (InputStream in = StreamsTest.class.getResourceAsStream("/reference/streams.json")) {
      return StreamSupport.stream(new ObjectMapper().readTree(in).spliterator(), false)
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void drawsWhatThePapersSay(JsonNode expected) {
    long seed = expected.get("seed").longValue();
    long[] keys =
        StreamSupport.stream(expected.get("keys").spliterator(), false)
            .mapToLong(JsonNode::longValue)
            .toArray();
    assertThat(Streams.seed(seed, keys)).isEqualTo(expected.get("stream").longValue());
    RandomGenerator longs = Streams.of(seed, keys);
    expected.get("longs").forEach(x -> assertThat(longs.nextLong()).isEqualTo(x.longValue()));
    RandomGenerator doubles = Streams.of(seed, keys);
    expected
        .get("doubles")
        .forEach(x -> assertThat(doubles.nextDouble()).isEqualTo(x.doubleValue()));
  }

  /** The first outputs of Vigna's splitmix64.c for the seed 0, which many test suites list. */
  @Test
  void seedsAreOutputsOfSplitMix64() {
    assertThat(Streams.seed(0)).isEqualTo(0xE220A8397B1DCDAFL);
    // the generator's next outputs are its first ones from where its counter stands
    assertThat(Streams.seed(0x9E3779B97F4A7C15L)).isEqualTo(0x6E789E6AA1B965F4L);
    assertThat(Streams.seed(2 * 0x9E3779B97F4A7C15L)).isEqualTo(0x06C45D188009454FL);
    assertThat(Streams.seed(3 * 0x9E3779B97F4A7C15L)).isEqualTo(0xF88BB8A8724C81ECL);
    assertThat(Streams.seed(1234567)).isEqualTo(6457827717110365317L);
  }

  /** The JDK has the same generator. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 42, Long.MIN_VALUE, Long.MAX_VALUE, 20260101})
  void aKeyCountsTheOutputsFromItsParent(long seed) {
    long parent = new SplittableRandom(seed).nextLong();
    assertThat(Streams.seed(seed)).isEqualTo(parent);
    SplittableRandom children = new SplittableRandom(parent);
    for (long key = 0; key < 20; key++) {
      long child = children.nextLong();
      assertThat(Streams.seed(seed, key)).isEqualTo(child);
      assertThat(Streams.seed(seed, key, 0)).isEqualTo(new SplittableRandom(child).nextLong());
    }
  }

  @Test
  void pathsLeadToStreamsOfTheirOwn() {
    Set<Long> seeds = new HashSet<>();
    LongStream.range(-10, 10)
        .forEach(
            seed -> {
              seeds.add(Streams.seed(seed));
              for (long i = 0; i < 10; i++) {
                seeds.add(Streams.seed(seed, i));
                for (long j = 0; j < 10; j++) {
                  seeds.add(Streams.seed(seed, i, j));
                }
              }
            });
    assertThat(seeds).hasSize(20 * (1 + 10 + 100));
  }
}

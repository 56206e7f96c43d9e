package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SparingLogTest {
  @Test
  void theFirstLinesPassAndThenEverFewer() {
    assertThat(LongStream.rangeClosed(1, 100).filter(SparingLog::passes).boxed())
        .containsExactly(1L, 2L, 3L, 4L, 5L, 8L, 16L, 32L, 64L);
  }
}

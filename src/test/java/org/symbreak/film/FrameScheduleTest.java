package org.symbreak.film;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameScheduleTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 40, 300, 15_000, 1_000_000})
  void hasAboutAsManyFramesAsAskedForAtAnyLength(long iterations) {
    FrameSchedule schedule = new FrameSchedule(iterations, 110);

    long frames = LongStream.rangeClosed(0, iterations).filter(schedule::looksAt).count();

    assertThat(frames).isLessThanOrEqualTo(112).isGreaterThanOrEqualTo(Math.min(iterations, 40));
    assertThat(schedule.looksAt(0)).isTrue();
    assertThat(schedule.looksAt(iterations)).isTrue();
  }

  @Test
  void looksAtEveryOneOfTheFirstStepsAndEverMoreRarely() {
    FrameSchedule schedule = new FrameSchedule(15_000, 110);

    assertThat(LongStream.range(0, 10).allMatch(schedule::looksAt)).isTrue();
    assertThat(LongStream.range(10_000, 11_000).filter(schedule::looksAt).count()).isEqualTo(1);
  }
}

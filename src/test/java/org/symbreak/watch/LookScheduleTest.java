package org.symbreak.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbreak.network.DenseShape;

class LookScheduleTest {
  @Test
  void looksBeforeTheFirstStepAndAtEveryKth() {
    LookSchedule schedule = new LookSchedule(5);
    assertThat(LongStream.rangeClosed(0, 12).filter(schedule::looksAt))
        .containsExactly(0L, 5L, 10L);
    assertThatThrownBy(() -> new LookSchedule(0)).hasMessage("every must be from 1, found 0");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 16, 64, 300, 1024, 4096})
  void looksSeldomerTheLessAStepCosts(int units) {
    DenseShape shape = new DenseShape(List.of(30, units, 1));
    long fewRows = LookSchedule.affordable(shape, 4, 4).every();
    long manyRows = LookSchedule.affordable(shape, 100_000, 256).every();
    assertThat(manyRows).isLessThan(LookSchedule.affordable(shape, 256, 256).every());
    assertThat(List.of(fewRows, manyRows)).allMatch(every -> ("" + every).matches("[1-9]0*"));
    assertThat(LookSchedule.affordable(shape, 4, 4))
        .isEqualTo(LookSchedule.affordable(shape, 4, 4));
  }

  @Test
  void looksAtEachIterationWhereStepsAreLong() {
    assertThat(LookSchedule.affordable(new DenseShape(List.of(30, 4, 1)), 1_000_000, 256))
        .isEqualTo(LookSchedule.EVERY_ITERATION);
  }
}

package org.symbreak.symmetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EvenSampleTest {
  @Test
  void allWhereThereAreNotMore() {
    assertThat(EvenSample.of(0, 3)).isEmpty();
    assertThat(EvenSample.of(2, 3)).containsExactly(0, 1);
    assertThat(EvenSample.of(3, 3)).containsExactly(0, 1, 2);
  }

  @Test
  void evenlySpreadFromTheFirstOn() {
    assertThat(EvenSample.of(10, 4)).containsExactly(0, 2, 5, 7);
    assertThat(EvenSample.of(5, 1)).containsExactly(0);
  }

  @Test
  void asManyAsThereCanBe() {
    int[] sample = EvenSample.of(Integer.MAX_VALUE, 100_000);
    assertThat(sample).hasSize(100_000).isSorted().doesNotHaveDuplicates();
    assertThat(sample[99_999]).isEqualTo((int) (99_999L * Integer.MAX_VALUE / 100_000));
  }
}

package org.symbreak.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How many chunks there are follows from rows and parameters, and from nothing else. */
class ChunksTest {
  private static final int PARAMETERS = 500;

  @Test
  void sixtyFourAreEnoughUntilEachIsOneProcessorsWork() {
    assertThat(Chunks.of(300, PARAMETERS).count()).isEqualTo(1);
    assertThat(Chunks.of(1_000_000, PARAMETERS).count()).isEqualTo(64);
    assertThat(Chunks.of(67_000_000, PARAMETERS).count()).isEqualTo(64);
    assertThat(Chunks.of(1_000_000_000, PARAMETERS).count()).isEqualTo(953);
    assertThat(Chunks.of(2_000_000_000, PARAMETERS).size()).isBetween(1_000_000, 1_100_000);
  }

  @Test
  void wideNetworksHaveFewerAsAllGradientsStandInMemory() {
    assertThat(Chunks.of(1_000_000_000, 1 << 20).count()).isEqualTo(64);
    assertThat(Chunks.of(1_000_000_000, 1 << 26).count()).isEqualTo(1);
  }

  @Test
  void theyAreAllRowsOnceInBlocks() {
    Chunks chunks = Chunks.of(1_999_999_999, PARAMETERS);
    int next = 0;
    for (int chunk = 0; chunk < chunks.count(); chunk++) {
      assertThat(chunks.from(chunk)).isEqualTo(next);
      next = chunks.to(chunk);
    }
    assertThat(next).isEqualTo(1_999_999_999);
    assertThat(chunks.size() % Kernels.ROWS).isZero();
  }
}

package org.symbreak.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A part of what {@code scripts/advice} measures on sixteen sets. */
@Tag("slow")
class AdvicePaysTest {
  @TempDir private Path scratch;

  /** Circles and moons, where there is something to be gained; margins are those of the table. */
  @Test
  void followingItLowersTheLossOnRowsThatItNeverSaw() throws IOException {
    AdviceTable.Followed circles = followed("circles");
    assertThat(circles.advised()).isLessThan(0.5 * circles.usual());
    assertThat(circles.isAsPromised()).isTrue();
    AdviceTable.Followed moons = followed("moons");
    assertThat(moons.advised()).isLessThan(moons.usual() - Comparison.MARGIN);
    assertThat(moons.isAsPromised()).isTrue();
  }

  private AdviceTable.Followed followed(String name) throws IOException {
    return AdviceTable.followed(Path.of("data", name + ".csv"), "label", 1, 300, 600, scratch);
  }
}

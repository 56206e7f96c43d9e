package org.symbreak.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class DivergenceWatchTest {
  private static final double CONSTANT = 0.69;
  private static final double[] FINE = {1, -2};

  private static Optional<String> after(int checks, DivergenceWatch watch, double loss) {
    Optional<String> wrong = Optional.empty();
    for (int check = 0; check < checks; check++) {
      assertThat(wrong).isEmpty();
      wrong = watch.check(loss, FINE);
    }
    return wrong;
  }

  @Test
  void numbersThatAreNotFiniteAreNoticedAtOnce() {
    DivergenceWatch watch = new DivergenceWatch(CONSTANT, 0.7);
    assertThat(watch.check(Double.NaN, FINE))
        .hasValueSatisfying(
            said -> assertThat(said).contains("the loss is no longer a finite number"));
    assertThat(watch.check(0.5, new double[] {1, Double.NaN}))
        .hasValueSatisfying(said -> assertThat(said).contains("a weight is no longer"));
    assertThat(watch.check(0.5, new double[] {Double.NEGATIVE_INFINITY})).isPresent();
  }

  @Test
  void aLossThatIsFrozenAboveThatOfAConstantPredictionIsNoticed() {
    assertThat(after(11, new DivergenceWatch(CONSTANT, 0.7), 5.94))
        .hasValueSatisfying(said -> assertThat(said).contains("stands still at 5.940"));
  }

  @Test
  void aLossFarAboveTheFirstIsNoticedWhereItStaysThere() {
    DivergenceWatch watch = new DivergenceWatch(CONSTANT, 0.7);
    for (int check = 0; check < 9; check++) {
      assertThat(watch.check(100 + check, FINE)).isEmpty();
    }
    assertThat(watch.check(6, FINE)).isEmpty();
    for (int check = 0; check < 9; check++) {
      assertThat(watch.check(100 + check, FINE)).isEmpty();
    }
    assertThat(watch.check(100, FINE))
        .hasValueSatisfying(said -> assertThat(said).contains("far above the 0.7000"));
  }

  @Test
  void aPlateauAndALargeBeginningAreNoDivergence() {
    assertThat(after(100, new DivergenceWatch(CONSTANT, CONSTANT), CONSTANT)).isEmpty();
    DivergenceWatch large = new DivergenceWatch(CONSTANT, 50);
    for (int check = 0; check < 100; check++) {
      assertThat(large.check(50 + check, FINE)).isEmpty();
    }
  }

  @Test
  void itGoesOnFromItsState() {
    DivergenceWatch watch = new DivergenceWatch(CONSTANT, 0.7);
    after(6, watch, 5.94);
    assertThat(after(5, new DivergenceWatch(CONSTANT, watch.state()), 5.94)).isPresent();
  }
}

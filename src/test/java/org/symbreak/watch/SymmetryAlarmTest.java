package org.symbreak.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.symbreak.symmetry.FlatZone;
import org.symbreak.symmetry.LayerProbe;

class SymmetryAlarmTest {
  private static final String MESSAGE =
      "All 3 units of hidden layer 1 are identical after iteration 7: they compute one feature, and"
          + " gradients keep them equal. Start from random weights, for example Gaussian × 0.01.";

  @Test
  void throwsAtALayerOfIdenticalUnits() {
    SymmetryAlarm alarm = SymmetryAlarm.throwing();
    assertThatCode(() -> alarm.accept(look(6, 1, 2, 1))).doesNotThrowAnyException();
    assertThatThrownBy(() -> alarm.accept(look(7, 1, 1, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(MESSAGE);
  }

  @Test
  void warnsOnce() {
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.start();
    Logger logger = (Logger) LoggerFactory.getLogger(SymmetryAlarm.class);
    logger.addAppender(appender);
    try {
      SymmetryAlarm alarm = SymmetryAlarm.warning();
      alarm.accept(look(7, 1, 1, 1));
      alarm.accept(look(8, 1, 1, 1));
    } finally {
      logger.detachAppender(appender);
    }
    assertThat(appender.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(MESSAGE);
  }

  @Test
  void saysWhereRoundingHasDrivenEqualUnitsApart() {
    assertThatThrownBy(() -> SymmetryAlarm.throwing().accept(look(7, 1, 1, 1 + 1e-9)))
        .hasMessageContaining("identical but for rounding after iteration 7");
  }

  @Test
  void keepsQuietBeforeTheFirstStepAndAboutSingleUnits() {
    SymmetryAlarm alarm = SymmetryAlarm.throwing();
    alarm.accept(look(0, 1, 1, 1));
    alarm.accept(look(1, 5));
  }

  private static SimilarityRecord look(long iteration, double... weights) {
    return new SimilarityRecord(
        iteration,
        0,
        0.7,
        null,
        List.of(LayerProbe.measure(1, weights, new double[weights.length], null, FlatZone.NONE)),
        List.of(),
        false);
  }
}

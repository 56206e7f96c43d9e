package org.symbreak.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.problem.InputException;

/** What is left of runs of which one cannot be opened: nothing. */
class PlaygroundTest {
  @TempDir Path models;
  private final List<FailingSession> sessions = new ArrayList<>();

  private Playground playground(int readings) throws IOException {
    return new Playground(
        models,
        (spec, data) -> {
          FailingSession session = FailingSession.afterReadings(readings, spec, data);
          sessions.add(session);
          return new LiveRun(spec, data, "failing", session);
        });
  }

  @Test
  void closesTheFirstRunWhereTheOtherIsRefused() throws IOException {
    try (Playground playground = playground(Integer.MAX_VALUE)) {
      String tooLarge = String.join("/", Collections.nCopies(8, "256"));

      assertThatThrownBy(() -> playground.control("open", Map.of("cmp", "hidden:" + tooLarge)))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("rows × parameters");

      assertThat(sessions).hasSize(1).allMatch(FailingSession::isClosed);
    }
  }

  @Test
  void closesBothRunsWhereTheTabCannotShowThem() throws IOException {
    try (Playground playground = playground(1)) {
      assertThatThrownBy(() -> playground.control("open", Map.of("cmp", "init:gaussian:0.5")))
          .hasRootCauseMessage("no room for a copy");

      assertThat(sessions).hasSize(2).allMatch(FailingSession::isClosed);
    }
  }

  @Test
  void closesTheOtherTabsWhereOneCannotBeClosed() throws IOException {
    Playground playground =
        new Playground(
            models,
            (spec, data) -> {
              FailingSession session =
                  new FailingSession(FailingSession.start(spec, data), false, 100) {
                    @Override
                    public void close() {
                      super.close();
                      throw new IllegalStateException("cannot be closed");
                    }
                  };
              sessions.add(session);
              return new LiveRun(spec, data, "failing", session);
            });
    for (int tab = 0; tab < 3; tab++) {
      playground.control("open", Map.of("cmp", "init:gaussian:0.5"));
    }

    playground.close();

    assertThat(sessions).hasSize(6).allMatch(FailingSession::isClosed);
  }
}

package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.symbreak.watch.RunProgress;

class ProgressObserverTest {
  private static final class Told implements Progress {
    private final List<String> words = new ArrayList<>();

    @Override
    public void to(long done, String more) {
      words.add(done + " " + more);
    }

    @Override
    public void close() {}
  }

  @Test
  void tellsEpochAndLossWithoutALookAtTheWeights() {
    try (Told told = new Told()) {
      ProgressObserver observer = new ProgressObserver(told);

      assertThat(LongStream.rangeClosed(0, 10_000)).noneMatch(observer::looksAt);
      observer.progress(new RunProgress(900, 1000, 90, 100, 0.25, null));

      assertThat(told.words).containsExactly("90 loss 0.2500");
    }
  }
}

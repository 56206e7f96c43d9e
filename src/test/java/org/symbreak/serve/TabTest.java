package org.symbreak.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.setting.RunSpec;

class TabTest {
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void tellsThePageThatTrainingFailed() throws Exception {
    RunSpec spec = Recipe.of(Map.of()).spec(DataSpec.of("data/circles.csv", "label", "1"), 1000);
    Dataset data = Dataset.open(spec.data(), spec.seed());
    LiveRun run = new LiveRun(spec, data, "failing", FailingSession.atSteps(spec, data));
    try (Tab tab = new Tab(List.of(run));
        States states = new States(tab)) {
      assertThat(states.next().at("/runs/0/ended").isNull()).isTrue();

      tab.play(1);

      JsonNode last = states.next();
      while (last.at("/runs/0/ended").isNull()) {
        last = states.next(); // what is foretold of it, first
      }
      assertThat(last.get("playing").asBoolean()).isFalse();
      assertThat(last.at("/runs/0/ended").asText())
          .startsWith("Training failed")
          .contains("no room for a step");
      assertThat(last.at("/runs/0/frame").isObject()).isTrue();
    }
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void closesInTheMidstOfManySteps() throws Exception {
    RunSpec spec =
        Recipe.of(Map.of("hidden", "64/64", "init", "gaussian:0.5"))
            .spec(DataSpec.of("data/circles.csv", "label", "1"), 1_000_000_000);
    Tab tab = new Tab(List.of(new LiveRun(spec, Dataset.open(spec.data(), spec.seed()))));
    tab.step(1_000_000_000);
    TimeUnit.MILLISECONDS.sleep(300);

    tab.close();
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void takesAnOrderWhileAStepIsComputed() throws Exception {
    RunSpec spec = Recipe.of(Map.of()).spec(DataSpec.of("data/circles.csv", "label", "1"), 100_000);
    Dataset data = Dataset.open(spec.data(), spec.seed());
    SlowSession session = new SlowSession(spec, data);
    try (Tab tab = new Tab(List.of(new LiveRun(spec, data, "slow", session)));
        States states = new States(tab)) {
      tab.play(10_000);
      session.awaitSteps();

      tab.pause(); // comes back although the steps do not
      session.release();
      JsonNode state = states.next();
      while (state.get("playing").asBoolean()) {
        state = states.next();
      }

      assertThat(session.calls()).isEqualTo(1);
      assertThat(session.steps()).isBetween(1, Tab.MOST_STEPS_AT_ONCE);
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void takesExactlyTheStepsThatWereOrdered() throws Exception {
    RunSpec spec =
        Recipe.of(Map.of("init", "gaussian:0.5"))
            .spec(DataSpec.of("data/circles.csv", "label", "1"), 1_000_000);
    LiveRun run = new LiveRun(spec, Dataset.open(spec.data(), spec.seed()));
    try (Tab tab = new Tab(List.of(run));
        States states = new States(tab)) {
      tab.step(2_500);
      tab.step(17);

      JsonNode state = states.next();
      while (state.at("/runs/0/frame/iteration").asInt() < 2_517) {
        state = states.next();
      }
      assertThat(state.at("/runs/0/frame/iteration").asInt()).isEqualTo(2_517);
      assertThat(tab.shown(0, null).spec().budget().epochs()).isEqualTo(2_517);
    }
  }

  /** One whose steps end when they are let. */
  private static final class SlowSession extends FailingSession {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger steps = new AtomicInteger();

    private SlowSession(RunSpec spec, Dataset data) {
      super(start(spec, data), false, Integer.MAX_VALUE);
    }

    @Override
    public double advance(int more) {
      calls.incrementAndGet();
      steps.addAndGet(more);
      begun.countDown();
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return 1.0 / steps.get();
    }

    void awaitSteps() throws InterruptedException {
      begun.await();
    }

    void release() {
      released.countDown();
    }

    int calls() {
      return calls.get();
    }

    int steps() {
      return steps.get();
    }
  }

  /** A page that looks on; to be closed. */
  private static final class States implements AutoCloseable {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private States(Tab tab) {
      tab.mailbox().stream(
          (last, bytes, written) -> {
            lines.add(StandardCharsets.UTF_8.decode(bytes).toString());
            written.succeeded();
          },
          Callback.NOOP);
    }

    /** The next line that is no heartbeat. */
    JsonNode next() throws Exception {
      String line = lines.take();
      while (line.isBlank()) {
        line = lines.take();
      }
      return new ObjectMapper().readTree(line);
    }

    @Override
    public void close() {
      lines.clear();
    }
  }
}

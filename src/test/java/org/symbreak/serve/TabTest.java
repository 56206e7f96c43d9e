package org.symbreak.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.symbreak.data.Dataset;
import org.symbreak.setting.RunSpec;

class TabTest {
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void tellsThePageThatTrainingFailed() throws IOException {
    RunSpec spec = Recipe.of(Map.of()).spec("data/circles.csv", "label", "1", 1000);
    Dataset data = Dataset.open(spec.data(), spec.seed());
    LiveRun run = new LiveRun(spec, data, "failing", FailingSession.atSteps(spec, data));
    try (Tab tab = new Tab(List.of(run));
        BufferedReader states = states(tab)) {
      assertThat(next(states).at("/runs/0/ended").isNull()).isTrue();

      tab.play(1);

      JsonNode last = next(states);
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
            .spec("data/circles.csv", "label", "1", 1_000_000_000);
    Tab tab = new Tab(List.of(new LiveRun(spec, Dataset.open(spec.data(), spec.seed()))));
    tab.step(1_000_000_000);
    TimeUnit.MILLISECONDS.sleep(300);

    tab.close();
  }

  private static BufferedReader states(Tab tab) throws IOException {
    PipedInputStream in = new PipedInputStream(1 << 20);
    PipedOutputStream out = new PipedOutputStream(in);
    Thread streaming =
        new Thread(
            () -> {
              try (out) {
                tab.stream(out);
              } catch (IOException e) {
                // the test has read enough
              }
            });
    streaming.setDaemon(true);
    streaming.start();
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /** The next line that is no heartbeat. */
  private static JsonNode next(BufferedReader states) throws IOException {
    String line = states.readLine();
    while (line != null && line.isEmpty()) {
      line = states.readLine();
    }
    return new ObjectMapper().readTree(line);
  }
}

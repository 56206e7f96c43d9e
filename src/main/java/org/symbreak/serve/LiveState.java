package org.symbreak.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.symbreak.film.History;
import org.symbreak.watch.RunLook;

/**
 * What is sent to a page at one moment.
 *
 * @param sequence of states, from 1
 * @param playing whether steps are being taken
 * @param runs left, and right where there are two
 */
record LiveState(long sequence, boolean playing, List<OfRun> runs) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param frame the run as it stands
   * @param ended why it goes no further, in a sentence; null while it does
   * @param output the output's incoming weights, then its bias
   * @param touched what was changed by hand, in words, from the first on
   */
  record OfRun(History.Frame frame, String ended, float[] output, List<String> touched) {
    OfRun {
      touched = List.copyOf(touched);
    }

    static OfRun of(RunLook look, History.Frame frame, String ended, List<String> touched) {
      double[] now = look.parameters();
      float[] output = new float[now.length - look.shape().weights(look.shape().hiddenLayers())];
      for (int i = 0; i < output.length; i++) {
        output[i] = (float) now[now.length - output.length + i];
      }
      return new OfRun(frame, ended, output, touched);
    }

    /** The same moment of a run that has ended. */
    OfRun ended(String why) {
      return new OfRun(frame, why, output, touched);
    }
  }

  /** One line of JSON, its end included. */
  byte[] line() {
    try {
      return (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a state has a form of its own", e);
    }
  }
}

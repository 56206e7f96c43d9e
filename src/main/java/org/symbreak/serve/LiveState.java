package org.symbreak.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.symbreak.film.History;

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
   */
  record OfRun(History.Frame frame, String ended) {}

  /** One line of JSON, its end included. */
  byte[] line() {
    try {
      return (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a state has a form of its own", e);
    }
  }
}

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
   * @param test the test rows; null where they are not looked at
   * @param foretold null where nothing is, or not yet
   */
  record OfRun(
      History.Frame frame,
      String ended,
      float[] output,
      List<String> touched,
      Test test,
      Foretold foretold) {
    OfRun {
      touched = List.copyOf(touched);
    }

    static OfRun of(
        RunLook look,
        History.Frame frame,
        String ended,
        List<String> touched,
        Test test,
        Foretold foretold) {
      double[] now = look.parameters();
      float[] output = new float[now.length - look.shape().weights(look.shape().hiddenLayers())];
      for (int i = 0; i < output.length; i++) {
        output[i] = (float) now[now.length - output.length + i];
      }
      return new OfRun(frame, ended, output, touched, test, foretold);
    }

    /** The same moment of a run that has ended. */
    OfRun ended(String why) {
      return new OfRun(frame, why, output, touched, test, foretold);
    }
  }

  /**
   * @param loss mean cross-entropy of the test rows; null where it is not finite
   * @param accuracy share that 0.5 divides rightly, of the rows that are shown
   * @param probabilities of the rows that are shown, in steps of 1/255, a byte each
   */
  record Test(Double loss, Double accuracy, byte[] probabilities) {}

  /**
   * What is foretold of a run from where it begins.
   *
   * @param plateau training loss of a constant prediction
   * @param until step at which the loss is 5 % below it, about; null for none of the steps
   * @param never whether something shows that it stays where it begins
   * @param sentence the same in words, and what it is taken from
   */
  record Foretold(double plateau, Long until, boolean never, String sentence) {}

  /** One line of JSON, its end included. */
  byte[] line() {
    try {
      return (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a state has a form of its own", e);
    }
  }
}

package org.symbreak.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.symbreak.film.History;

class HeldOutRowTest {
  private static History.Predictions predictions(float[] probabilities, int[] labels) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * probabilities.length).order(ByteOrder.LITTLE_ENDIAN);
    byte[] classes = new byte[labels.length];
    Long[] lines = new Long[labels.length];
    for (int i = 0; i < labels.length; i++) {
      bytes.putFloat(probabilities[i]);
      classes[i] = (byte) labels[i];
      lines[i] = 100L - i;
    }
    return new History.Predictions(bytes.array(), classes, List.of(lines), labels.length);
  }

  @Test
  void listsWhatIsOnTheWrongSideTheFarthestFirst() {
    // a row of probability one half is called 1
    History.Predictions held =
        predictions(
            new float[] {0.25f, 0.75f, 0.75f, 0.125f, 0.5f, 0.5f, 0.0f},
            new int[] {1, 1, 0, 1, 1, 0, 0});

    assertThat(HeldOutRow.mostWrong(held, 10))
        .containsExactly(
            new HeldOutRow(97, 1, 0.125),
            new HeldOutRow(98, 0, 0.75),
            new HeldOutRow(100, 1, 0.25),
            new HeldOutRow(95, 0, 0.5));
    assertThat(HeldOutRow.mostWrong(held, 1)).containsExactly(new HeldOutRow(97, 1, 0.125));
  }
}

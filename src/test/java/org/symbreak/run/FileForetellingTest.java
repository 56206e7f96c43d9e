package org.symbreak.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.data.LabelUse;
import org.symbreak.data.RowStream;
import org.symbreak.model.Predictor;
import org.symbreak.model.SavedModel;
import org.symbreak.model.SavedModels;
import org.symbreak.network.Activation;
import org.symbreak.network.Precision;
import org.symbreak.problem.InputException;

/** Rows are foretold in their order, whoever reads them. */
class FileForetellingTest {
  private static final int ROWS = 45_000;

  @TempDir private Path directory;

  @Test
  void saysTheSameWithAnyNumberOfThreads() throws IOException {
    SavedModel model =
        SavedModels.model(directory, Precision.FLOAT, List.of(5, 3), Activation.TANH);
    String good = text(false);
    String bad = text(true);
    assertThat(good.length()).isGreaterThan(2 << 18); // several pieces
    for (boolean skip : new boolean[] {true, false}) {
      for (String text : List.of(good, bad)) {
        List<String> alone = said(model, text, 1, skip);
        assertThat(said(model, text, 3, skip)).isEqualTo(alone);
        assertThat(alone).hasSize(text == bad && !skip ? 40_002 : ROWS + (text == bad ? -1 : 2));
      }
    }
  }

  @Test
  void saysWhatTheNetworkSays() throws IOException {
    SavedModel model =
        SavedModels.model(directory, Precision.FLOAT, List.of(5, 3), Activation.TANH);
    List<Double> foretold = new ArrayList<>();
    try (RowStream rows = open(model, text(false))) {
      new FileForetelling(model).of(rows, 2, false, (row, p, label) -> foretold.add(p));
    }
    Predictor predictor = model.predictor();
    try (RowStream rows = open(model, text(false))) {
      for (int i = 0; i < ROWS; i++) {
        assertThat(rows.next()).isTrue();
        assertThat(foretold.get(i)).isEqualTo(predictor.probability(rows.features()));
      }
      assertThat(rows.next()).isFalse();
    }
  }

  private static List<String> said(SavedModel model, String text, int threads, boolean skip)
      throws IOException {
    List<String> said = new ArrayList<>();
    try (RowStream rows = open(model, text)) {
      FileForetelling.Outcome outcome =
          new FileForetelling(model)
              .of(rows, threads, skip, (row, p, label) -> said.add(row + " " + p + " " + label));
      said.add(
          outcome.skipped()
              + message(outcome.firstSkipped())
              + message(outcome.end())
              + outcome.unreadable());
      said.add(String.join(", ", rows.unseen()));
    }
    return said;
  }

  private static String message(InputException fault) {
    return fault == null ? " none " : fault.getMessage();
  }

  private static RowStream open(SavedModel model, String text) {
    InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return model.pipeline().open("rows", in, model.pipeline().format(), LabelUse.OPTIONAL);
  }

  /**
   * @param bad whether rows 40 001, 40 002 and the last one have faults
   */
  private static String text(boolean bad) {
    StringBuilder text = new StringBuilder("color,age,height,label\n");
    for (int row = 1; row <= ROWS; row++) {
      boolean faulty = bad && (row == 40_001 || row == 40_002 || row == ROWS);
      text.append(row % 9 == 0 ? "\"pink\"" : row % 2 == 0 ? "red" : "blue").append(',');
      text.append(faulty ? "old" : 20 + row % 50).append(',');
      text.append(150 + row % 1000 / 10.0).append(row % 3 == 0 ? ",yes\n" : ",no\n");
    }
    return text.toString();
  }
}

package org.symbreak.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.data.LabelUse;
import org.symbreak.data.RowStream;
import org.symbreak.network.Activation;
import org.symbreak.network.Precision;

/**
 * A file a format version, as that version wrote it: it must open, and predict the same bits, for
 * good. {@link #main} writes the one of the present version; a file that is there is never written
 * again.
 */
class GoldenModelTest {
  @TempDir Path directory;

  /** NumPy gives these probabilities from the entries of the file, up to rounding. */
  @Test
  void opensFormat1() throws IOException, URISyntaxException {
    Path golden = Path.of(GoldenModelTest.class.getResource("/golden/model-format-1.zip").toURI());
    SavedModel model = SavedModel.load(golden);
    assertThat(model.network().hidden()).containsExactly(3, 2);
    assertThat(model.network().activations()).containsExactly(Activation.TANH, Activation.SOFTPLUS);
    assertThat(model.network().weights()).hasToString("gaussian:0.01/zeros");
    assertThat(model.network().precision()).isEqualTo(Precision.FLOAT);
    assertThat(model.threshold()).isEqualTo(0.375);
    assertThat(model.provenance()).contains("größer");
    assertThat(model.updaterState()).hasSize(2 * model.parameters().length);
    Path rows =
        Files.writeString(
            directory.resolve("new.csv"),
            "color,age,height\nred,33,151\npurple,?,160.5\ngreen,60,170\n");
    List<Double> probabilities = new ArrayList<>();
    try (RowStream stream =
        model.pipeline().open(rows, model.pipeline().format(), LabelUse.OPTIONAL)) {
      while (stream.next()) {
        probabilities.add(model.predictor().probability(stream.features()));
      }
    }
    assertThat(probabilities)
        .containsExactly(0x1.6e589f03cf097p-2, 0x1.eddf20c9530c3p-2, 0x1.f8a2d69b2b1fdp-2);
  }

  /**
   * Writes the golden file of the present format.
   *
   * @param args a directory for scratch files, and the file to write
   */
  public static void main(String[] args) throws IOException {
    SavedModels.model(
            Path.of(args[0]), Precision.FLOAT, List.of(3, 2), Activation.TANH, Activation.SOFTPLUS)
        .save(Path.of(args[1]));
  }
}

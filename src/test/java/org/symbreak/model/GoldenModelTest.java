package org.symbreak.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbreak.data.LabelUse;
import org.symbreak.data.RowStream;
import org.symbreak.network.Activation;
import org.symbreak.network.Precision;
import org.symbreak.network.SigmoidCrossEntropy;

/**
 * A file a format version, as that version wrote it: it must open, and predict the same bits, for
 * good. {@link #main} writes the one of the present version; a file that is there is never written
 * again.
 */
class GoldenModelTest {
  @TempDir Path directory;

  /** NumPy gives these probabilities from the entries of the file, up to rounding. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void opensFormat(int format) throws IOException {
    SavedModel model = SavedModel.load(golden(format));
    assertThat(model.network().hidden()).containsExactly(3, 2);
    assertThat(model.network().activations()).containsExactly(Activation.TANH, Activation.SOFTPLUS);
    assertThat(model.network().weights()).hasToString("gaussian:0.01/zeros");
    assertThat(model.network().biases()).hasToString("zeros");
    assertThat(model.network().l2()).isEqualTo(1e-4);
    assertThat(model.network().precision()).isEqualTo(Precision.FLOAT);
    assertThat(model.loss()).isEqualTo(new SigmoidCrossEntropy(1, 2.5));
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

  /** What the first format wrote down is what the present one derives. */
  @Test
  void derivesTheConfigurationThatNamesOurClasses() throws IOException {
    try (ZipFile zip = new ZipFile(golden(1).toFile())) {
      ZipEntry entry = zip.getEntry("symbreak/configuration.json");
      String written = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
      assertThat(SavedModel.load(golden(1)).exactConfiguration()).isEqualTo(written);
      assertThat(SavedModel.load(golden(2)).exactConfiguration()).isEqualTo(written);
    }
  }

  private static Path golden(int format) {
    try {
      String name = "/golden/model-format-" + format + ".zip";
      return Path.of(GoldenModelTest.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
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

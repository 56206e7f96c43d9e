package org.symbreak.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.network.Precision;
import org.symbreak.problem.InputException;

class CheckedZipTest {
  private static final double[] NUMBERS = {1, -0.0, 1e-300, Math.PI};

  @TempDir Path directory;

  private CheckedZip zip() {
    return CheckedZip.empty()
        .withJson("run.json", "{\"epoch\": 3, \"note\": \"größer\"}")
        .withArray("parameters.bin", NUMBERS, Precision.DOUBLE)
        .withArray("state.bin", new double[] {0.5f, 0.1f}, Precision.FLOAT)
        .withArray("nothing.bin", new double[0], Precision.DOUBLE);
  }

  @Test
  void comesBackAsItWas() throws IOException {
    Path file = directory.resolve("checkpoint.zip");
    zip().save(file);
    CheckedZip loaded = CheckedZip.load(file, zip().names());
    assertThat(loaded.names())
        .containsExactly("run.json", "parameters.bin", "state.bin", "nothing.bin");
    assertThat(loaded.json("run.json")).isEqualTo("{\"epoch\": 3, \"note\": \"größer\"}");
    assertThat(loaded.array("parameters.bin")).isEqualTo(NUMBERS);
    assertThat(loaded.array("state.bin")).containsExactly(0.5f, 0.1f);
    assertThat(loaded.array("nothing.bin")).isEmpty();
  }

  @Test
  void isTheSameFileEachTime() throws IOException {
    zip().save(directory.resolve("a.zip"));
    zip().save(directory.resolve("b.zip"));
    assertThat(directory.resolve("a.zip")).hasSameBinaryContentAs(directory.resolve("b.zip"));
  }

  @Test
  void refusesOtherEntries() throws IOException {
    Path file = directory.resolve("checkpoint.zip");
    zip().withJson("more.json", "{}").save(file);
    assertThatThrownBy(() -> CheckedZip.load(file, zip().names()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file + ": entry more.json: expected no other entries than");
  }

  @Test
  void saysWhichEntryIsMissing() throws IOException {
    Path file = directory.resolve("checkpoint.zip");
    zip().save(file);
    CheckedZip loaded = CheckedZip.load(file, zip().names());
    assertThatThrownBy(() -> loaded.json("other.json"))
        .isInstanceOf(InputException.class)
        .hasMessage(file + ": entry other.json: expected an entry of this name, found none");
  }

  @Test
  void refusesWhatIsNeitherJsonNorNumbers() {
    assertThatThrownBy(() -> CheckedZip.empty().withJson("run.json", "{"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("entry run.json: expected JSON");
    CheckedZip zip =
        CheckedZip.empty().withArray("a.bin", new double[] {Double.NaN}, Precision.DOUBLE);
    assertThatThrownBy(() -> zip.array("a.bin"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a finite number, found NaN");
  }

  @Test
  void saysWhatIsNoFile() {
    assertThatThrownBy(() -> CheckedZip.load(directory, Set.of()))
        .isInstanceOf(InputException.class)
        .hasMessage(directory + ": expected a file, found a directory");
    assertThatThrownBy(() -> CheckedZip.load(directory.resolve("none.zip"), Set.of()))
        .hasMessage(directory.resolve("none.zip") + ": expected a file, found nothing there");
  }
}

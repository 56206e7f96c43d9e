package org.symbreak.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.guard.ModelGuard;
import org.symbreak.guard.PlainZip;
import org.symbreak.network.Activation;
import org.symbreak.network.Precision;

/** What is inspected, and what we know of it besides, is one file read once. */
class OpenedModelTest {
  @TempDir Path directory;

  @Test
  void isCheckedOnceAndReadFromWhatWasChecked() throws IOException {
    Path file = directory.resolve("model.zip");
    SavedModels.model(directory, Precision.FLOAT, List.of(5), Activation.TANH).save(file);
    OpenedModel opened = OpenedModel.of(file, ModelGuard.STRICT.withoutUpdater().check(file));
    assertThat(opened.saved().orElseThrow().parameters()).isSameAs(opened.checked().parameters());
    assertThat(opened.saved().orElseThrow().updaterState())
        .isSameAs(opened.checked().updaterState())
        .isNotEmpty();
  }

  @Test
  void opensAModelOfOursWithoutTheOptimizersState() throws IOException {
    Path whole = directory.resolve("model.zip");
    SavedModel model = SavedModels.model(directory, Precision.FLOAT, List.of(5), Activation.TANH);
    model.save(whole);
    Path file = directory.resolve("without.zip");
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(whole.toFile());
        OutputStream out = Files.newOutputStream(file)) {
      for (ZipEntry entry : zip.stream().toList()) {
        if (!entry.getName().equals("updaterState.bin")) {
          entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
        }
      }
      assertThat(entries).hasSize(zip.size() - 1);
      PlainZip.write(out, entries);
    }
    OpenedModel opened = OpenedModel.of(file, ModelGuard.STRICT.withoutUpdater().check(file));
    assertThat(opened.saved().orElseThrow().updaterState()).isEmpty();
    assertThat(opened.pipeline().orElseThrow().toJson()).isEqualTo(model.pipeline().toJson());
    assertThat(opened.network().numParams()).isEqualTo(model.parameters().length);
  }
}

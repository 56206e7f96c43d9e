package org.symbreak.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hostile files are refused, quickly, in little memory, with a message that names the entry, and
 * nothing that they name is run.
 */
class HostileModelsTest {
  private static final long MOST_MILLISECONDS = 2000;

  @TempDir Path directory;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void refusesThemAll() throws IOException, InterruptedException {
    byte[] genuine =
        GenuineModels.zip(
            GenuineModels.plain(), GenuineModels.normalizers().values().iterator().next());
    Map<String, HostileModels.Hostile> cases = HostileModels.of(entries(genuine));
    assertThat(cases).hasSizeGreaterThan(150);
    List<String> names = new ArrayList<>(cases.keySet());
    Path files = Files.createDirectory(directory.resolve("files"));
    for (int i = 0; i < names.size(); i++) {
      Files.write(files.resolve("%04d.zip".formatted(i)), cases.get(names.get(i)).zip());
    }
    // stands for the rest: it has to be let in, or the child refuses for another reason
    Files.write(files.resolve("9999.zip"), genuine);
    Path marker = directory.resolve("marker");
    ChildJvm child =
        ChildJvm.run(
            List.of("-Xmx512m", "-D" + PlantedClass.MARKER + "=" + marker),
            GuardedReading.class.getName(),
            files.toString());
    assertThat(child.exitCode()).isZero();
    List<String> lines =
        child.output().stream().filter(line -> line.matches("\\d{4}\\.zip\t.*")).toList();
    assertThat(lines).hasSize(names.size() + 1);
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String[] line = lines.get(i).split("\t");
      String entry = cases.get(names.get(i)).entry();
      boolean refused =
          line[2].equals("refused")
              && line[3].contains(entry.isEmpty() ? ".zip: " : "entry " + entry);
      if (!refused || Long.parseLong(line[1]) > MOST_MILLISECONDS) {
        faults.add(names.get(i) + " -> " + lines.get(i));
      }
    }
    assertThat(faults).isEmpty();
    assertThat(lines.get(names.size())).endsWith("let in");
    assertThat(marker).doesNotExist();
  }

  static Map<String, byte[]> entries(byte[] zip) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip));
    for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
      entries.put(entry.getName(), in.readAllBytes());
    }
    return entries;
  }
}

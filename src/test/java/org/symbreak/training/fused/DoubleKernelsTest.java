package org.symbreak.training.fused;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoubleKernelsTest {
  private static final Path SOURCES = Path.of("src/main/java/org/symbreak/training/fused");

  @ParameterizedTest
  @ValueSource(
      strings = {"FloatKernels", "PlainFloatKernels", "VectorFloatKernels", "VectorFloatTiles"})
  void areTheFloatKernelsWithAnotherType(String name) throws IOException {
    String floats = Files.readString(SOURCES.resolve(name + ".java"));
    String doubles = Files.readString(SOURCES.resolve(name.replace("Float", "Double") + ".java"));
    String expected =
        floats.replace("float", "double").replace("Float", "Double").replace("(double) ", "");
    assertThat(words(doubles))
        .as("after a change of the float kernels run scripts/double-kernels")
        .isEqualTo(words(expected));
  }

  /** The formatter breaks lines and sorts imports by the names' lengths. */
  private static String words(String source) {
    return source
        .lines()
        .filter(line -> !line.startsWith("import"))
        .reduce("", String::concat)
        .replaceAll("[ *]+", "");
  }
}

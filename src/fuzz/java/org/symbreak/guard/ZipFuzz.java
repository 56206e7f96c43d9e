package org.symbreak.guard;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Headers, directory and compressed bytes of a model file, changed to reach every branch. */
@Tag("fuzz")
class ZipFuzz {
  @TempDir private static Path directory;

  @MethodSource("genuine")
  @FuzzTest
  void isRefusedOrRead(byte[] zip) {
    MutatedModelsTest.read(zip);
  }

  static Stream<byte[]> genuine() throws IOException {
    return MutatedModelsTest.genuine(directory).stream();
  }
}

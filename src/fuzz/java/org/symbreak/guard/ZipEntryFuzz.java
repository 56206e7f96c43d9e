package org.symbreak.guard;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** What is in an entry of a model file, changed to reach every branch; the zip around it is sound. */
@Tag("fuzz")
class ZipEntryFuzz {
  @TempDir private static Path directory;

  private static final List<Entry> ENTRIES = new ArrayList<>();

  /** An entry of a genuine file. */
  private record Entry(Map<String, byte[]> zip, String name) {
    byte[] zipWith(byte[] content) {
      Map<String, byte[]> entries = new LinkedHashMap<>(zip);
      entries.put(name, content);
      return RawZip.of(entries, RawZip.STORED).build();
    }
  }

  @BeforeAll
  static void readEntries() throws IOException {
    for (byte[] zip : MutatedModelsTest.genuine(directory)) {
      Map<String, byte[]> entries = HostileModelsTest.entries(zip);
      entries.keySet().forEach(name -> ENTRIES.add(new Entry(entries, name)));
    }
  }

  /**
   * @param input number of the entry in its first byte, then the entry's content
   */
  @MethodSource("genuine")
  @FuzzTest
  @DictionaryEntries({
    "@class", "null", "true", "-1", "0", "2147483648", "1e999", "\"NaN\"", "[]", "{}", "\"FLOAT\"", "\"DOUBLE\"", "\"HALF\""
  })
  void isRefusedOrRead(byte[] input) {
    if (input.length > 0) {
      Entry entry = ENTRIES.get(Byte.toUnsignedInt(input[0]) % ENTRIES.size());
      MutatedModelsTest.read(entry.zipWith(Arrays.copyOfRange(input, 1, input.length)));
    }
  }

  static Stream<byte[]> genuine() {
    return IntStream.range(0, ENTRIES.size())
        .mapToObj(
            number -> {
              Entry entry = ENTRIES.get(number);
              ByteArrayOutputStream input = new ByteArrayOutputStream();
              input.write(number);
              input.writeBytes(entry.zip().get(entry.name()));
              return input.toByteArray();
            });
  }
}

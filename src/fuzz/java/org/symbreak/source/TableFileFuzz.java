package org.symbreak.source;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbreak.problem.InputException;

/** Files of every kind that is opened, changed to reach every branch of its decoder. */
@Tag("fuzz")
class TableFileFuzz {
  /** Some of each text is enough: how far it may expand is bounded elsewhere. */
  private static final int ENOUGH = 1 << 22;

  @TempDir private Path directory;

  @MethodSource("gzip")
  @FuzzTest
  void gzipIsRefusedOrRead(byte[] file) throws IOException {
    read(file, StandardCharsets.UTF_8);
  }

  @MethodSource("zstd")
  @FuzzTest
  void zstdIsRefusedOrRead(byte[] file) throws IOException {
    read(file, StandardCharsets.UTF_8);
  }

  @MethodSource("bzip2")
  @FuzzTest
  void bzip2IsRefusedOrRead(byte[] file) throws IOException {
    read(file, StandardCharsets.UTF_8);
  }

  @MethodSource("zip")
  @FuzzTest
  void zipIsRefusedOrRead(byte[] file) throws IOException {
    read(file, StandardCharsets.UTF_8);
    Path path = Files.write(directory.resolve("data.zip"), file);
    try {
      drain(TableFile.open(path.toString(), StandardCharsets.UTF_8, List.of(), null));
    } catch (InputException refused) {
      // with a place and a reason
    }
  }

  @MethodSource("arff")
  @FuzzTest
  @DictionaryEntries({"@attribute", "@data", "numeric", "{", "}", "'", "\\\\'", "?", "%"})
  void arffIsRefusedOrRead(byte[] file) throws IOException {
    read(file, StandardCharsets.UTF_8);
  }

  @MethodSource("libsvm")
  @FuzzTest
  @DictionaryEntries({"1:1", "+1", "-1", "#", "qid:1", "999999999:1"})
  void libsvmIsRefusedOrRead(byte[] file) throws IOException {
    Path path = Files.write(directory.resolve("data"), file);
    try {
      drain(TableFile.open(path.toString(), StandardCharsets.UTF_8, List.of(), null));
    } catch (InputException refused) {
      // with a place and a reason
    }
  }

  @MethodSource("utf16")
  @FuzzTest
  void otherEncodingsAreRefusedOrRead(byte[] file) throws IOException {
    read(file, StandardCharsets.UTF_16);
    read(file, Charset.forName("windows-1252"));
    read(file, Charset.forName("GB18030"));
  }

  private static void read(byte[] file, Charset encoding) throws IOException {
    try {
      drain(
          TableFile.open(
              "rows", new ByteArrayInputStream(file), encoding, List.of("label", "f1", "f9")));
    } catch (InputException refused) {
      // with a place and a reason
    }
  }

  private static void drain(TableText table) throws IOException {
    try (var text = table.text()) {
      text.readNBytes(ENOUGH);
    }
  }

  static Stream<byte[]> gzip() throws IOException {
    return files("table.csv.gz", "members.csv.gz");
  }

  static Stream<byte[]> zstd() throws IOException {
    return files("table.csv.zst", "frames.csv.zst");
  }

  static Stream<byte[]> bzip2() throws IOException {
    return files("table.csv.bz2", "streams.csv.bz2");
  }

  static Stream<byte[]> zip() throws IOException {
    return files(
        "table.zip", "streamed.zip", "macos.zip", "two.zip", "bzip2.zip", "zstd.zip", "xz.zip");
  }

  private static Stream<byte[]> files(String... names) throws IOException {
    Stream.Builder<byte[]> files = Stream.builder();
    for (String name : names) {
      files.add(Files.readAllBytes(Path.of("src/test/resources/source", name)));
    }
    return files.build();
  }

  static Stream<byte[]> arff() {
    return texts(
        "@relation r\n@attribute 'a b' {x,'y z'}\n@attribute n real\n@data\nx,1\n'y z',?\n",
        "% c\n@relation r\n@attribute a numeric\n@attribute s string\n@data\n{0 1, 1 'q'}\n");
  }

  static Stream<byte[]> libsvm() {
    return texts("+1 1:0.5 3:2 # c\n-1 2:1\n", "0 0:1e-3\n\n1\n");
  }

  static Stream<byte[]> utf16() {
    return Stream.of("a,\u00e9,\ud83d\ude42\n1,2,3\n".getBytes(StandardCharsets.UTF_16));
  }

  private static Stream<byte[]> texts(String... texts) {
    return Stream.of(texts).map(text -> text.getBytes(StandardCharsets.UTF_8));
  }
}

package org.symbreak.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbreak.problem.InputException;

class TableFileTest {
  private static final Path FILES = Path.of("src/test/resources/source");

  @TempDir private Path directory;

  /**
   * What gzip, zstd, bzip2 and zip themselves wrote, pieces one after the other included, and zip
   * archives whose entry is compressed in newer ways.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "table.csv",
        "table.csv.gz",
        "members.csv.gz",
        "table.csv.bz2",
        "streams.csv.bz2",
        "table.csv.zst",
        "long.csv.zst",
        "frames.csv.zst",
        "table.zip",
        "streamed.zip",
        "macos.zip",
        "bzip2.zip",
        "zstd.zip"
      })
  void readsWhatIsCompressed(String name) throws Exception {
    Path file = FILES.resolve(name);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    TableText table = TableFile.open(file.toString(), StandardCharsets.UTF_8, List.of(), digest);
    assertThat(text(table)).isEqualTo(Files.readString(FILES.resolve("table.csv")));
    assertThat(table.isConverted()).isFalse();
    assertThat(digest.digest())
        .as("of the file, to its last byte")
        .isEqualTo(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    assertThat(text(stream(Files.readAllBytes(file), "UTF-8")))
        .isEqualTo(Files.readString(FILES.resolve("table.csv")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"table.csv.gz", "table.csv.bz2", "table.csv.zst", "table.zip", "zstd.zip"})
  void refusesWhatIsCutOffOrDamaged(String name) throws IOException {
    byte[] whole = Files.readAllBytes(FILES.resolve(name));
    for (int length = 16; length < whole.length; length += 1 + length / 9) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      if (!name.endsWith("zip") || length < whole.length / 2) {
        assertThatThrownBy(() -> text(stream(cut, "UTF-8")))
            .as("%s", cut.length)
            .isInstanceOf(InputException.class)
            .hasMessageStartingWith("standard input: expected a ")
            .hasMessageEndingWith("found one that is damaged or was cut off");
      }
      Path file = Files.write(directory.resolve("cut"), cut);
      assertThatThrownBy(
              () -> text(TableFile.open(file.toString(), StandardCharsets.UTF_8, List.of(), null)))
          .isInstanceOf(InputException.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "two.zip | expected a zip archive of one table, found 2 files: table.csv, readme.txt"
            + " (choices: unzip ",
        "encrypted.zip | expected a zip file of one table, found an encrypted archive",
        "lzma.zip | expected a zip file of one table, found an archive that is compressed in"
            + " another way than usual",
        "xz.zip | expected a zip file of one table, found an archive that is compressed in another"
            + " way than usual",
        "nested.gz | expected a table in a gzip file, found a gzip file in it (choices: gzip -dk ",
      })
  void saysWhatAnArchiveHolds(String name, String message) {
    assertThatThrownBy(() -> read(FILES.resolve(name))).hasMessageContaining(message);
  }

  @Test
  void refusesASecondFileOfAStream() throws IOException {
    byte[] two = Files.readAllBytes(FILES.resolve("two.zip"));
    assertThatThrownBy(() -> text(stream(two, "UTF-8")))
        .hasMessage(
            "standard input: expected a zip file of one table, found an archive of more than one"
                + " file");
  }

  @Test
  void writesNothingWhereverAnArchivePoints() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("../../escaped.csv"));
      zip.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
    }
    Path inner = Files.createDirectories(directory.resolve("a/b"));
    Path file = Files.write(inner.resolve("data.zip"), bytes.toByteArray());
    assertThat(read(file)).isEqualTo("a,b\n1,2\n");
    assertThat(directory.resolve("escaped.csv")).doesNotExist();
    try (var left = Files.walk(directory)) {
      assertThat(left.filter(Files::isRegularFile)).containsExactly(file);
    }
  }

  @Test
  void boundsHowFarAFileExpands() throws IOException {
    byte[] row = "1,2,3\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
    Path bomb = directory.resolve("bomb.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
      for (long bytes = 0; bytes < Expanded.SMALL + (1 << 22); bytes += row.length) {
        out.write(row);
      }
    }
    assertThatThrownBy(() -> drain(bomb))
        .isInstanceOf(InputException.class)
        .hasMessage(
            bomb
                + ": expected a text at most 250 times as large as the compressed file, found more"
                + " (choices: gzip -dk "
                + bomb
                + ")");
    try (OutputStream out = new BZip2CompressorOutputStream(Files.newOutputStream(bomb))) {
      for (long bytes = 0; bytes < 1 << 22; bytes += row.length) {
        out.write(row);
      }
    }
    assertThat(drain(bomb)).as("a small one").isGreaterThan(1 << 22);
  }

  private static long drain(Path file) throws IOException {
    try (InputStream in =
        TableFile.open(file.toString(), StandardCharsets.UTF_8, List.of(), null).text()) {
      return in.transferTo(OutputStream.nullOutputStream());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "GB18030"})
  void readsOtherEncodings(String encoding) throws IOException {
    String text = ("Größe,名前,🙂\n1,\"二\",x\n").repeat(3000);
    byte[] bytes = text.getBytes(Charset.forName(encoding));
    assertThat(text(stream(bytes, encoding))).isEqualTo(text);
  }

  @Test
  void saysWhereATextIsNotInItsEncoding() throws IOException {
    byte[] latin = "Größe;b\n1;2\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(text(stream(latin, "windows-1252"))).isEqualTo("Größe;b\n1;2\n");
    byte[] odd = ("a,b\n1,2\n1,2").getBytes(StandardCharsets.UTF_16);
    byte[] cut = java.util.Arrays.copyOf(odd, odd.length - 1);
    assertThatThrownBy(() -> text(stream(cut, "UTF-16")))
        .hasMessage(
            "standard input line 3: expected UTF-16 text, found bytes that are no character of it"
                + " (choices: --encoding UTF-8)");
  }

  @ParameterizedTest
  @CsvSource({"UTF-16, UTF-16", "UTF-16LE, UTF-16LE", "UTF-16BE, UTF-16BE"})
  void recognizesUtf16(String encoding, String option) {
    byte[] bytes = "a,b,label\n1,2,y\n".getBytes(Charset.forName(encoding));
    assertThatThrownBy(() -> stream(bytes, "UTF-8"))
        .hasMessageContaining("expected UTF-8 text, found")
        .hasMessageEndingWith("(choices: --encoding " + option + ")");
  }

  @Test
  void keepsStandardInputForThisUserAlone() throws IOException {
    StandardInput.Kept kept =
        StandardInput.Kept.of(new ByteArrayInputStream(new byte[] {1, 2, 3}), directory);
    assertThat(kept.path()).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(
            java.nio.file.attribute.PosixFilePermissions.toString(
                Files.getPosixFilePermissions(kept.path())))
        .isEqualTo("rw-------");
    Path left = Files.writeString(directory.resolve("symbreak-stdin-1.tmp"), "left");
    Path fresh = Files.writeString(directory.resolve("symbreak-stdin-2.tmp"), "fresh");
    Path other = Files.writeString(directory.resolve("other.tmp"), "other");
    var old = java.nio.file.attribute.FileTime.fromMillis(0);
    for (Path file : List.of(left, other, kept.path())) {
      Files.setLastModifiedTime(file, old);
    }
    StandardInput.deleteLeftOvers(directory);
    assertThat(left).doesNotExist();
    assertThat(List.of(fresh, other, kept.path())).allMatch(Files::exists);
    kept.lock().close();
  }

  private String read(Path file) throws IOException {
    return text(TableFile.open(file.toString(), StandardCharsets.UTF_8, List.of(), null));
  }

  static TableText stream(byte[] content, String encoding) {
    return TableFile.open(
        "standard input", new ByteArrayInputStream(content), Charset.forName(encoding), List.of());
  }

  static String text(TableText table) throws IOException {
    try (InputStream in = table.text()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

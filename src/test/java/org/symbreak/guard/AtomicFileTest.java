package org.symbreak.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The target is the old file or the new one, whatever fails, and nothing is left beside it. */
class AtomicFileTest {
  @TempDir Path directory;
  private Path target;

  @BeforeEach
  void writeTheOldFile() throws IOException {
    target = directory.resolve("model.zip");
    Files.writeString(target, "old");
  }

  @Test
  void replaces() throws IOException {
    AtomicFile.write(target, text("new"));
    assertThat(target).hasContent("new");
    assertThat(filesIn(directory)).containsExactly(target);
  }

  @Test
  void creates() throws IOException {
    AtomicFile.write(directory.resolve("other"), text("new"));
    assertThat(directory.resolve("other")).hasContent("new");
  }

  @Test
  void keepsTheOldFileWhereTheWriterFails() throws IOException {
    AtomicFile.Content failing =
        out -> {
          out.write(new byte[1 << 20]);
          throw new IllegalStateException("changed its mind");
        };
    assertThatThrownBy(() -> AtomicFile.write(target, failing)).hasMessage("changed its mind");
    requireOldFileAlone();
  }

  @Test
  void keepsTheOldFileWhereTheDiskIsFull() throws IOException {
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    target,
                    out -> out.write(new byte[1 << 20]),
                    disk -> new SmallDisk(disk, 300_000)))
        .isInstanceOf(IOException.class)
        .hasMessage(target + ": No space left on device");
    requireOldFileAlone();
  }

  @Test
  void noticesWhatTheDiskMadeOfIt() throws IOException {
    assertThatThrownBy(() -> AtomicFile.write(target, text("new"), FlippingDisk::new))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("read back");
    requireOldFileAlone();
  }

  @Test
  void keepsThePermissionsOfWhatItReplaces() throws IOException {
    assumeTrue(Files.getFileStore(target).supportsFileAttributeView("posix"));
    for (String permissions : List.of("rw-------", "rw-rw-r--", "r--------", "rwxr-x---")) {
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(permissions));

      AtomicFile.write(target, out -> out.write(1));

      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
          .isEqualTo(permissions);
    }
  }

  @Test
  void namesTheFileThatADiskHasNoRoomFor() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));

    assertThatThrownBy(() -> AtomicFile.write(full, out -> out.write(new byte[1 << 17])))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("/dev/full")
        .hasMessageContaining("No space left on device");
  }

  @Test
  void writesThroughALink() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), target);
    AtomicFile.write(link, text("new"));
    assertThat(link).isSymbolicLink().hasContent("new");
    assertThat(target).hasContent("new");
  }

  @Test
  void writesToAPipeRatherThanReplacingIt() throws IOException, InterruptedException {
    Path pipe = directory.resolve("pipe");
    assumeTrue(
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "there are pipes");
    Process reader = new ProcessBuilder("cat", pipe.toString()).start();
    AtomicFile.write(pipe, text("new"));
    assertThat(new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("new");
    assertThat(Files.isRegularFile(pipe)).isFalse();
  }

  @Test
  void refusesADirectory() {
    assertThatThrownBy(() -> AtomicFile.write(directory, text("new")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void removesWhatAKilledProcessLeftBehind() throws IOException, InterruptedException {
    long gone = new ProcessBuilder("true").start().onExit().join().pid();
    Path leftover =
        Files.writeString(directory.resolve(".model.zip." + gone + "-1.tmp"), "half a mod");
    Path alive =
        Files.writeString(
            directory.resolve(".model.zip." + ProcessHandle.current().pid() + "-0.tmp"),
            "being written");
    AtomicFile.write(target, text("new"));
    assertThat(leftover).doesNotExist();
    assertThat(alive).exists();
  }

  @Test
  void survivesBeingKilled() throws IOException, InterruptedException {
    for (int kill = 0; kill < 5; kill++) {
      Process writer =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Rewriting.class.getName(),
                  target.toString())
              .start();
      writer.getInputStream().read();
      Thread.sleep(20 * kill);
      writer.destroyForcibly().waitFor();
      String content = Files.readString(target);
      assertThat(content).isEqualTo(content.substring(0, 1).repeat(Rewriting.LENGTH));
    }
  }

  @Test
  void keepsTheOldFileOnADiskThatIsFull() throws IOException, InterruptedException {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString())
                .start()
                .waitFor()
            == 0,
        "mounting a small disk is allowed");
    try {
      Path file = disk.resolve("model.zip");
      AtomicFile.write(file, text("old"));
      assertThatThrownBy(() -> AtomicFile.write(file, out -> out.write(new byte[1 << 20])))
          .isInstanceOf(IOException.class);
      assertThat(file).hasContent("old");
      assertThat(filesIn(disk)).containsExactly(file);
    } finally {
      new ProcessBuilder("umount", disk.toString()).start().waitFor();
    }
  }

  private void requireOldFileAlone() throws IOException {
    assertThat(target).hasContent("old");
    assertThat(filesIn(directory)).containsExactly(target);
  }

  private static List<Path> filesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static AtomicFile.Content text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Rewrites a file with one letter after the other until it is killed. */
  static final class Rewriting {
    static final int LENGTH = 2_000_000;

    public static void main(String[] args) throws IOException {
      for (int i = 0; ; i++) {
        AtomicFile.write(
            Path.of(args[0]), text(String.valueOf((char) ('a' + i % 26)).repeat(LENGTH)));
        System.out.write('\n');
        System.out.flush();
      }
    }
  }

  /** Takes so many bytes and no more. */
  private static final class SmallDisk extends FilterOutputStream {
    private int free;

    SmallDisk(OutputStream disk, int free) {
      super(disk);
      this.free = free;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length > free) {
        out.write(bytes, offset, free);
        throw new IOException("No space left on device");
      }
      free -= length;
      out.write(bytes, offset, length);
    }
  }

  /** Stores other bits than it is given. */
  private static final class FlippingDisk extends FilterOutputStream {
    FlippingDisk(OutputStream disk) {
      super(disk);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      byte[] flipped = bytes.clone();
      flipped[offset] ^= 1;
      out.write(flipped, offset, length);
    }
  }
}

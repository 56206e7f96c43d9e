package org.symbreak.guard;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.symbreak.problem.FileFault;

/**
 * Replaces a file whole or not at all: the content goes to a temporary file in the same directory,
 * is forced to the disk, read back and compared, and moved over the target in one step. Whatever
 * happens in between (a kill, a full disk, an exception of the writer), the target is the old file
 * or the new one. The new one has the old one's permissions.
 */
public final class AtomicFile {
  private static final Set<PosixFilePermission> OWN =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final AtomicLong COUNTER = new AtomicLong();

  private AtomicFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /**
     * @param out buffered; need not be closed
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Replaces or creates a file; its directory must be there. A symbolic link stays one, what it
   * points to is replaced. A device or a pipe is written to.
   *
   * @throws IOException where the file could not be written, or reads back as something else; the
   *     old file is then untouched and the temporary one gone
   */
  public static void write(Path target, Content content) throws IOException {
    write(target, content, UnaryOperator.identity());
  }

  /**
   * @param disk wraps what stands for the disk, so that a test can let it fail
   */
  static void write(Path target, Content content, UnaryOperator<OutputStream> disk)
      throws IOException {
    Path file = Files.isSymbolicLink(target) ? target.toRealPath() : target.toAbsolutePath();
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      writeThrough(file, content);
      return;
    }
    removeLeftovers(file);
    Path temporary = temporary(file);
    try {
      byte[] written = fill(temporary, file, content, disk);
      byte[] readBack = digestOf(temporary);
      if (!MessageDigest.isEqual(written, readBack)) {
        throw new IOException(
            "%s: wrote SHA-256 %s, read back %s"
                .formatted(
                    target, HexFormat.of().formatHex(written), HexFormat.of().formatHex(readBack)));
      }
      if (Files.exists(file) && permissions(file) != null) {
        Files.setPosixFilePermissions(temporary, permissions(file));
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      forceDirectory(file.getParent());
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** To a device or a pipe, which must not be replaced by a file. */
  private static void writeThrough(Path device, Content content) throws IOException {
    try (OutputStream out =
        new BufferedOutputStream(new NamedOutput(device, Files.newOutputStream(device)))) {
      content.writeTo(out);
    }
  }

  private static byte[] fill(
      Path temporary, Path file, Content content, UnaryOperator<OutputStream> disk)
      throws IOException {
    MessageDigest digest = sha256();
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      if (Files.exists(file) && permissions(file) != null) {
        Files.setPosixFilePermissions(temporary, OWN); // until it has those of the old file
      }
      OutputStream out =
          new BufferedOutputStream(
              new DigestOutputStream(
                  new NamedOutput(file, disk.apply(Channels.newOutputStream(channel))), digest),
              1 << 16);
      content.writeTo(out);
      out.flush();
      force(channel, file);
    }
    return digest.digest();
  }

  private static void force(FileChannel channel, Path file) throws IOException {
    try {
      channel.force(true);
    } catch (IOException e) {
      throw FileFault.at(file, e);
    }
  }

  /** Those of a file, or null where the system has no such thing. */
  private static Set<PosixFilePermission> permissions(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    return view == null ? null : view.readAttributes().permissions();
  }

  /** Says which file it was that could not be written; faults of what is read are none of its. */
  private static final class NamedOutput extends FilterOutputStream {
    private final Path file;

    private NamedOutput(Path file, OutputStream out) {
      super(out);
      this.file = file;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        throw FileFault.at(file, e);
      }
    }
  }

  private static byte[] digestOf(Path file) throws IOException {
    try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), sha256())) {
      in.transferTo(OutputStream.nullOutputStream());
      return in.getMessageDigest().digest();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /**
   * Named after the process, so that what a killed one left behind can be told from what another
   * one is writing.
   */
  private static Path temporary(Path file) {
    return file.resolveSibling(
        String.format(
            Locale.ROOT,
            ".%s.%d-%d.tmp",
            file.getFileName(),
            ProcessHandle.current().pid(),
            COUNTER.incrementAndGet()));
  }

  private static void removeLeftovers(Path file) throws IOException {
    Pattern name =
        Pattern.compile(Pattern.quote("." + file.getFileName() + ".") + "(\\d{1,18})-\\d+\\.tmp");
    try (DirectoryStream<Path> siblings = Files.newDirectoryStream(file.getParent())) {
      for (Path sibling : siblings) {
        Matcher matcher = name.matcher(sibling.getFileName().toString());
        if (matcher.matches() && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty()) {
          Files.deleteIfExists(sibling);
        }
      }
    }
  }

  /** Makes the move itself survive a loss of power. */
  private static void forceDirectory(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // some systems (Windows) open no directories; the file itself is whole either way
    }
  }
}

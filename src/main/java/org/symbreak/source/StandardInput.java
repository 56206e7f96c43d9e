package org.symbreak.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * Standard input as a file, since a run reads its rows more than once. Only this user may read the
 * file; it goes away with the process, and where that was killed with the next one.
 */
public final class StandardInput {
  private static final String PREFIX = "symbreak-stdin-";

  /** Seconds after which a file that no process has locked is one that was left over. */
  private static final int LEFT_OVER = 60;

  private static InputStream kept;
  private static Kept file;

  private StandardInput() {}

  /** The file, which is written when it is asked for first. */
  static synchronized Path file() {
    if (kept != System.in) {
      kept = System.in;
      file = Kept.of(System.in, directory());
    }
    return file.path;
  }

  private static Path directory() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  /** Deletes what processes that were killed have left. */
  public static void deleteLeftOvers() {
    deleteLeftOvers(directory());
  }

  static void deleteLeftOvers(Path directory) {
    Instant old = Instant.now().minusSeconds(LEFT_OVER);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*.tmp")) {
      for (Path left : files) {
        if (Files.getLastModifiedTime(left).toInstant().isBefore(old) && isUnlocked(left)) {
          Files.deleteIfExists(left);
        }
      }
    } catch (IOException e) {
      // another user's, or gone in the meantime: not worth a word
    }
  }

  private static boolean isUnlocked(Path left) {
    try (FileChannel channel = FileChannel.open(left, StandardOpenOption.WRITE)) {
      return channel.tryLock() != null;
    } catch (IOException | OverlappingFileLockException e) {
      return false;
    }
  }

  /**
   * A stream in a file that goes away with this process.
   *
   * @param lock is held as long as this is
   */
  record Kept(Path path, FileChannel lock) {
    static Kept of(InputStream in, Path directory) {
      try {
        Path path = Files.createTempFile(directory, PREFIX, ".tmp"); // of mode 0600
        path.toFile().deleteOnExit();
        FileChannel lock = FileChannel.open(path, StandardOpenOption.WRITE);
        lock.lock();
        in.transferTo(Channels.newOutputStream(lock));
        return new Kept(path, lock);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "standard input could not be kept in " + directory + ": " + e.getMessage(), e);
      }
    }
  }
}

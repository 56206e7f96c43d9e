package org.symbreak.experiment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The right to write to a ledger: one holder at a time, among all processes. It is a lock of the
 * operating system on an empty file beside the ledger, {@code ledger.lock}, and so ends with its
 * process, however that ends.
 *
 * <p>The ledger itself cannot carry it: where locks belong to processes, as on Linux, a process
 * that closes any file loses all of its locks on that file, and a ledger is read while it is
 * written. For the same reason this process notes what it holds, and opens no lock file that it
 * holds a second time. The file stays when the lock is given back: were it deleted, a process that
 * has just opened it and one that makes it anew would each lock a file of their own.
 */
final class LedgerLock implements AutoCloseable {
  /** Lock files that this process holds. */
  private static final Set<Path> HELD = new HashSet<>();

  private final Path file;
  private final FileChannel channel;

  private LedgerLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of a ledger, which need not be there; its directory must.
   *
   * @return empty where somebody else, in this process or another, holds it
   */
  static Optional<LedgerLock> take(Path ledger) throws IOException {
    Path file = beside(ledger);
    synchronized (HELD) {
      if (HELD.contains(file)) {
        return Optional.empty();
      }
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = null;
      try {
        lock = channel.tryLock();
      } finally {
        if (lock == null) {
          channel.close();
        }
      }
      if (lock == null) {
        return Optional.empty();
      }
      HELD.add(file);
      return Optional.of(new LedgerLock(file, channel));
    }
  }

  /** Whether somebody, this process included, holds the lock of a ledger; writes nothing. */
  static boolean isTaken(Path ledger) throws IOException {
    if (!Files.exists(ledger)) {
      return false;
    }
    Path file = beside(ledger);
    synchronized (HELD) {
      if (HELD.contains(file)) {
        return true;
      }
      if (!Files.exists(file)) {
        return false;
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        return channel.tryLock(0, Long.MAX_VALUE, true) == null;
      }
    }
  }

  /** Gives the lock back; a second time it does nothing. */
  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      if (channel.isOpen()) {
        channel.close();
        HELD.remove(file);
      }
    }
  }

  /** One name for each file, whatever path leads to its directory. */
  private static Path beside(Path ledger) throws IOException {
    String name = ledger.getFileName().toString().replaceFirst("\\.csv$", "") + ".lock";
    return ledger.toAbsolutePath().getParent().toRealPath().resolve(name);
  }
}

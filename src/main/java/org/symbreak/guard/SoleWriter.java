package org.symbreak.guard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The right to write to something: one holder at a time, among all processes. It is a lock of the
 * operating system on a file of its own, and so ends with its process, however that ends. The file
 * says who holds it, or held it last.
 *
 * <p>What is written cannot carry the lock: where locks belong to processes, as on Linux, a process
 * that closes any file loses all of its locks on that file. For the same reason this process notes
 * what it holds, and opens no lock file that it holds a second time. The file stays when the lock
 * is given back: were it deleted, a process that has just opened it and one that makes it anew
 * would each lock a file of their own.
 *
 * <p>The right is one byte's lock; that it is taken can be seen from another byte's, so that who
 * looks never stands in the way of who takes.
 */
public final class SoleWriter implements AutoCloseable {
  /** Beyond all content, which can then be read everywhere. */
  private static final long RIGHT = 1L << 62;

  private static final long SIGN = RIGHT + 1;

  private static final String SELF = self();

  /** Lock files that this process holds. */
  private static final Set<Path> HELD = new HashSet<>();

  private final Path file;
  private final FileChannel channel;

  private SoleWriter(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the right.
   *
   * @param lock the lock's file, made where it is not there; its directory must be
   * @return empty where somebody else, in this process or another, holds it
   */
  public static Optional<SoleWriter> take(Path lock) throws IOException {
    Path file = only(lock);
    synchronized (HELD) {
      if (HELD.contains(file)) {
        return Optional.empty();
      }
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      boolean taken = false;
      try {
        taken = channel.tryLock(RIGHT, 1, false) != null;
        if (taken) {
          channel.lock(SIGN, 1, false); // waits for those who are looking, if any
          byte[] holder = SELF.getBytes(StandardCharsets.UTF_8);
          channel.write(ByteBuffer.wrap(holder), 0);
          channel.truncate(holder.length);
        }
      } finally {
        if (!taken) {
          channel.close();
        }
      }
      if (!taken) {
        return Optional.empty();
      }
      HELD.add(file);
      return Optional.of(new SoleWriter(file, channel));
    }
  }

  /** Whether somebody, this process included, has the right; changes nothing. */
  public static boolean isTaken(Path lock) throws IOException {
    if (!Files.exists(lock)) {
      return false;
    }
    Path file = only(lock);
    synchronized (HELD) {
      if (HELD.contains(file)) {
        return true;
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        return channel.tryLock(SIGN, 1, true) == null;
      }
    }
  }

  /** Who has the right, in words; to be asked where {@link #take} has found it taken. */
  public static String holder(Path lock) throws IOException {
    Path file = only(lock);
    synchronized (HELD) {
      return HELD.contains(file) ? "this process" : Files.readString(file).strip();
    }
  }

  /** Gives the right back; a second time it does nothing. */
  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      if (channel.isOpen()) {
        channel.close();
        HELD.remove(file);
      }
    }
  }

  private static String self() {
    ProcessHandle process = ProcessHandle.current();
    Instant since = process.info().startInstant().orElseGet(Instant::now);
    return "process %d on %s since %s%n"
        .formatted(process.pid(), host(), since.truncatedTo(ChronoUnit.SECONDS));
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "this machine";
    }
  }

  /** One name for each file, whatever path leads to its directory. */
  private static Path only(Path lock) throws IOException {
    return lock.toAbsolutePath().getParent().toRealPath().resolve(lock.getFileName());
  }
}

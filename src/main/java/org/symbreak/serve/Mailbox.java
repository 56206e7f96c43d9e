package org.symbreak.serve;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;

/**
 * The newest state for a few readers, who get the latest and never a queue: a slow page skips
 * states, nobody waits for it, and it holds no thread. Thread safe.
 */
final class Mailbox {
  /** Readers at once; where one more comes, the first of them is sent away. */
  static final int MOST_READERS = 4;

  private static final byte[] NOTHING_NEW = {'\n'};

  private final Set<Reader> readers = new LinkedHashSet<>();
  private byte[] newest;
  private long sequence;
  private boolean closed;
  private long lastRead = System.nanoTime();

  /** One page; its fields are guarded by the mailbox. */
  private static final class Reader {
    private final Content.Sink out;
    private final Callback end;
    private long sent;
    private boolean writing;
    private boolean leaving;
    private boolean gone;

    private Reader(Content.Sink out, Callback end) {
      this.out = out;
      this.end = end;
    }
  }

  /**
   * @param state a line, its end included
   */
  void put(byte[] state) {
    synchronized (this) {
      newest = state;
      sequence++;
    }
    present().forEach(this::sendNews);
  }

  /** Lets every reader know that it is still there, and learns which of them are not. */
  void beat() {
    for (Reader reader : present()) {
      boolean idle;
      synchronized (this) {
        idle = !reader.writing && !reader.gone;
        reader.writing |= idle;
      }
      if (idle) {
        send(reader, NOTHING_NEW);
      }
    }
  }

  /** Ends every stream once it has sent the newest state. */
  void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    present().forEach(this::sendNews);
  }

  /** Waits until somebody reads, or it is closed. */
  synchronized void awaitReader() throws InterruptedException {
    while (readers.isEmpty() && !closed) {
      wait();
    }
  }

  /** Waits until nobody reads any more, but not for long. */
  synchronized void awaitNoReader(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    for (long left = millis; !readers.isEmpty() && left > 0; ) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
  }

  /** How long nobody has read, in nanoseconds; 0 while somebody does. */
  synchronized long idleNanos() {
    return readers.isEmpty() ? System.nanoTime() - lastRead : 0;
  }

  /**
   * Sends states as they come until the reader goes or it is closed.
   *
   * @param out where they go, a line each
   * @param end is told when no more come, or why
   */
  void stream(Content.Sink out, Callback end) {
    Reader reader = new Reader(out, end);
    Reader first = null;
    synchronized (this) {
      if (readers.size() >= MOST_READERS) {
        first = readers.iterator().next();
        first.leaving = true;
        readers.remove(first);
      }
      readers.add(reader);
      notifyAll();
    }
    if (first != null) {
      sendNews(first);
    }
    sendNews(reader);
  }

  private synchronized List<Reader> present() {
    return new ArrayList<>(readers);
  }

  /** Sends the newest state unless the reader has it, or is still at an earlier one. */
  private void sendNews(Reader reader) {
    byte[] line = null;
    synchronized (this) {
      boolean news = reader.sent != sequence;
      if (reader.writing || reader.gone || !(news || closed || reader.leaving)) {
        return;
      }
      if (news && !reader.leaving) {
        line = newest;
        reader.sent = sequence;
        reader.writing = true;
      } else {
        leave(reader);
      }
    }
    if (line == null) {
      reader.end.succeeded();
    } else {
      send(reader, line);
    }
  }

  private void send(Reader reader, byte[] line) {
    reader.out.write(
        false,
        ByteBuffer.wrap(line),
        Callback.from(
            () -> {
              synchronized (this) {
                reader.writing = false;
              }
              sendNews(reader);
            },
            failure -> {
              leave(reader);
              reader.end.failed(failure);
            }));
  }

  private synchronized void leave(Reader reader) {
    reader.gone = true;
    readers.remove(reader);
    lastRead = System.nanoTime();
    notifyAll();
  }
}

package org.symbreak.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/**
 * The newest state for any number of readers, who get the latest and never a queue: a slow page
 * skips states, and the engine does not wait. Thread safe.
 */
final class Mailbox {
  private static final long HEARTBEAT_MILLIS = TimeUnit.SECONDS.toMillis(10);

  private byte[] newest;
  private long sequence;
  private int readers;
  private boolean closed;
  private long lastRead = System.nanoTime();

  /**
   * @param state a line, its end included
   */
  synchronized void put(byte[] state) {
    newest = state;
    sequence++;
    notifyAll();
  }

  /** Ends every stream once it has sent the newest state. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Waits until somebody reads, or it is closed. */
  synchronized void awaitReader() throws InterruptedException {
    while (readers == 0 && !closed) {
      wait();
    }
  }

  synchronized boolean hasReaders() {
    return readers > 0;
  }

  /** How long nobody has read, in nanoseconds; 0 while somebody does. */
  synchronized long idleNanos() {
    return readers > 0 ? 0 : System.nanoTime() - lastRead;
  }

  /**
   * Sends states as they come, an empty line now and then where none does, until the reader goes or
   * it is closed.
   */
  void stream(OutputStream out) throws IOException {
    enter();
    try {
      long sent = 0;
      while (true) {
        byte[] next;
        synchronized (this) {
          if (sequence == sent && !closed) {
            wait(HEARTBEAT_MILLIS);
          }
          if (sequence == sent && closed) {
            return;
          }
          next = sequence == sent ? new byte[] {'\n'} : newest;
          sent = sequence;
        }
        out.write(next);
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      leave();
    }
  }

  private synchronized void enter() {
    readers++;
    notifyAll();
  }

  private synchronized void leave() {
    readers--;
    lastRead = System.nanoTime();
    notifyAll();
  }
}

package org.symbreak.serve;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.io.Connection;

/**
 * The connections whose client is to act next: to send a whole request, or to take what it was
 * sent. None of them has a thread; each has a time to end in, however slowly it goes on, and where
 * there are too many, the one that has waited longest gives way. Thread safe.
 */
final class OpenConnections implements Connection.Listener {
  /** How many may wait for their clients. */
  static final int MOST = 512;

  private final Duration patience;

  /** Since when each has waited, in nanoseconds, the longest first. */
  private final Map<Connection, Long> waiting = new LinkedHashMap<>();

  /**
   * @param patience how long a client may take over one request, or over one piece of an answer
   */
  OpenConnections(Duration patience) {
    this.patience = patience;
  }

  @Override
  public void onOpened(Connection connection) {
    waitsForClient(connection, System.nanoTime());
  }

  @Override
  public void onClosed(Connection connection) {
    answering(connection);
  }

  /** The client has the next word. */
  void waitsForClient(Connection connection) {
    if (connection.getEndPoint().isOpen()) {
      waitsForClient(connection, System.nanoTime());
    }
  }

  private void waitsForClient(Connection connection, long now) {
    Connection longest = null;
    synchronized (this) {
      waiting.remove(connection);
      waiting.put(connection, now);
      if (waiting.size() > MOST) {
        Iterator<Connection> first = waiting.keySet().iterator();
        longest = first.next();
        first.remove();
      }
    }
    if (longest != null) {
      longest.getEndPoint().close();
    }
  }

  /** The client has done its part: the server has the next word, and its own time for it. */
  synchronized void answering(Connection connection) {
    waiting.remove(connection);
  }

  /**
   * Closes those whose time has passed.
   *
   * @param now in nanoseconds, as {@link System#nanoTime} has it
   */
  void closeOverdue(long now) {
    List<Connection> overdue = new ArrayList<>();
    synchronized (this) {
      waiting.forEach(
          (connection, since) -> {
            if (now - since > patience.toNanos()) {
              overdue.add(connection);
            }
          });
      overdue.forEach(waiting::remove);
    }
    overdue.forEach(connection -> connection.getEndPoint().close());
  }

  /** How many wait for their clients. */
  synchronized int waiting() {
    return waiting.size();
  }
}

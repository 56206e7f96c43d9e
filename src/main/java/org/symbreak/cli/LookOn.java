package org.symbreak.cli;

import java.io.IOException;
import java.util.List;
import org.symbreak.run.ResolvedRun;
import org.symbreak.serve.LiveServer;
import org.symbreak.serve.WatchedRun;
import org.symbreak.watch.RunObserver;

/** A page on which a run can be watched while it is trained; or none. */
final class LookOn implements AutoCloseable {
  /** Nobody looks on. */
  static final LookOn NOBODY = new LookOn(null, null);

  private final WatchedRun watched;
  private final LiveServer server;

  private LookOn(WatchedRun watched, LiveServer server) {
    this.watched = watched;
    this.server = server;
  }

  /** Serves the page, and waits until it is opened. */
  static LookOn open(Console console, ResolvedRun run) throws IOException {
    WatchedRun watched = new WatchedRun(run);
    LiveServer server = LiveServer.watch(watched, 0);
    console.notice("Open %s; training begins when the page is there", server.url());
    try {
      watched.awaitPage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new LookOn(watched, server);
  }

  List<RunObserver> observers() {
    return watched == null ? List.of() : List.of(watched);
  }

  /** Lets pages have the last state, then stops serving. */
  @Override
  public void close() {
    if (server != null) {
      watched.close();
      server.close();
    }
  }
}

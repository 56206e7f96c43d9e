package org.symbreak.serve;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live page: a server for the browsers of this machine. Reading a page needs the right Host;
 * everything that trains, writes or streams needs the token besides. Silent and slow clients have
 * no thread, and a few seconds.
 */
public final class LiveServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveServer.class);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int MOST_THREADS = 12;
  private static final int MOST_WORKERS = 8;
  private static final int MOST_WAITING_WORK = 64;
  private static final int TEND_SECONDS = 10;

  private final QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 4);
  private final Server server = new Server(threads);
  private final ServerConnector connector;
  private final OpenConnections connections;
  private final ExecutorService workers =
      new ThreadPoolExecutor(
          MOST_WORKERS,
          MOST_WORKERS,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING_WORK),
          LiveServer::daemon);
  private final ScheduledExecutorService cleaner =
      Executors.newSingleThreadScheduledExecutor(LiveServer::daemon);
  private final InetAddress address;
  private final Desk desk;
  private Gate gate;

  private LiveServer(InetAddress address, int port, Desk desk, Duration patience) {
    this.address = address;
    this.connections = new OpenConnections(patience);
    this.desk = desk;
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setHeaderCacheCaseSensitive(true);
    this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(address.getHostAddress());
    connector.setPort(port);
    connector.setIdleTimeout(0); // the open connections know what a client owes
    connector.addBean(connections);
    threads.setName("symbreak-serve");
    threads.setDaemon(true);
    server.addConnector(connector);
    server.setErrorHandler(new BadRequests());
    server.setStopTimeout(0);
  }

  /**
   * Starts listening.
   *
   * @param address where, usually the loopback
   * @param port 0 for any that is free
   * @param models where saved runs go
   * @throws BindException where it cannot be listened on
   */
  public static LiveServer start(InetAddress address, int port, Path models) throws IOException {
    return start(address, port, models, PATIENCE);
  }

  /**
   * @param patience how long a client may take over one request
   */
  static LiveServer start(InetAddress address, int port, Path models, Duration patience)
      throws IOException {
    return start(address, port, new Playground(models), patience);
  }

  /**
   * Starts listening on the loopback for pages that look on while a run is trained, and can do
   * nothing else.
   */
  public static LiveServer watch(WatchedRun run, int port) throws IOException {
    return start(InetAddress.getLoopbackAddress(), port, run, PATIENCE);
  }

  private static LiveServer start(InetAddress address, int port, Desk desk, Duration patience)
      throws IOException {
    LiveServer live = new LiveServer(address, port, desk, patience);
    try {
      live.start();
      return live;
    } catch (Exception | Error e) {
      live.close();
      throw e instanceof IOException io && io.getCause() instanceof BindException bind
          ? bind
          : e instanceof IOException io ? io : new IOException(e);
    }
  }

  private void start() throws Exception {
    connector.open();
    gate = Gate.of(addresses(), connector.getLocalPort());
    server.setHandler(new Reception(gate, desk, connections, workers));
    server.start();
    cleaner.scheduleWithFixedDelay(
        () -> surely(() -> connections.closeOverdue(System.nanoTime())), 1, 1, TimeUnit.SECONDS);
    cleaner.scheduleWithFixedDelay(
        () -> surely(desk::tend), TEND_SECONDS, TEND_SECONDS, TimeUnit.SECONDS);
  }

  /** What fails once is tried again the next time, which an executor alone would not do. */
  private static void surely(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      LOG.error("the server could not clean up; it goes on", e);
    }
  }

  /** Where the page is; the token stands behind the #, which browsers keep to themselves. */
  public URI url() {
    return URI.create(
        "http://"
            + (address.isAnyLocalAddress() ? "127.0.0.1" : Gate.name(address))
            + ":"
            + connector.getLocalPort()
            + "/#token="
            + gate.token());
  }

  /** Every address by which it can be reached. */
  private List<InetAddress> addresses() throws IOException {
    return address.isAnyLocalAddress()
        ? NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).toList()
        : List.of(address);
  }

  /** Threads that are at work on requests. */
  int busyThreads() {
    return threads.getUtilizedThreads();
  }

  OpenConnections connections() {
    return connections;
  }

  @Override
  public void close() {
    cleaner.shutdownNow();
    desk.close();
    workers.shutdownNow();
    try {
      server.stop();
    } catch (Exception e) {
      LOG.error("the server did not end as it should", e);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "symbreak-serve");
    thread.setDaemon(true);
    return thread;
  }
}

package org.symbreak.engine.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import org.symbreak.engine.fused.ChunkHolders;
import org.symbreak.engine.fused.SentRows;
import org.symbreak.problem.InputException;

/**
 * Lets holders in, parts the chunks of rows among them, and asks all at the same time. A holder
 * that is gone or answers what was not asked for is left, and its chunks go to the others; one that
 * comes later takes some over.
 */
public final class Coordinator implements ChunkHolders, AutoCloseable {
  /** Strangers that are asked for the secret at a time. */
  private static final int AT_THE_DOOR = 64;

  /** After the first holder came, others are waited for as long as one comes within this. */
  private static final Duration FURTHER = Duration.ofSeconds(2);

  /** Share of a holder's heap that rows may take. */
  private static final double ROOM = 0.6;

  private static final long MEGABYTE = 1_000_000;

  private final ServerSocket server;
  private final Duration patience;
  private final byte[] secret = Handshake.newSecret();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "symbreak-holders");
            thread.setDaemon(true);
            return thread;
          });
  private final BlockingQueue<Link> arrived = new LinkedBlockingQueue<>();
  private final List<Link> links = new ArrayList<>();
  private final List<Share> shares = new ArrayList<>();
  private final HolderEfforts efforts = new HolderEfforts();
  private byte[] network;
  private int most;

  /**
   * Listens.
   *
   * @param address of this machine at which holders reach it
   * @param patience how long to wait for a holder where there is none
   */
  public Coordinator(InetAddress address, Duration patience) {
    this.patience = patience;
    try {
      server = new ServerSocket(0, AT_THE_DOOR, address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::letIn);
  }

  /** At which it listens. */
  public int port() {
    return server.getLocalPort();
  }

  /** What a holder must know. */
  public byte[] secret() {
    return secret.clone();
  }

  /** What steps took until now. */
  public HolderEfforts efforts() {
    return efforts;
  }

  private void letIn() {
    Semaphore door = new Semaphore(AT_THE_DOOR);
    while (!server.isClosed()) {
      try {
        door.acquire();
        Socket socket = server.accept();
        threads.execute(
            () -> {
              greet(socket);
              door.release();
            });
      } catch (IOException e) {
        door.release();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void greet(Socket socket) {
    try {
      arrived.add(new Link(socket, secret));
    } catch (IOException e) {
      LoggerFactory.getLogger(Coordinator.class)
          .info("{} was not let in: {}", socket.getRemoteSocketAddress(), e.getMessage());
      close(socket);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is of no use in any case
    }
  }

  /** Returns when somebody was let in whom nothing was asked yet. */
  void awaitArrival() {
    try {
      arrived.put(arrived.take());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void begin(byte[] computed) {
    network = computed;
    shares.clear();
  }

  @Override
  public int add(SentRows rows) {
    shares.add(new Share(rows));
    return shares.size() - 1;
  }

  @Override
  public void compute(int set, Wanted wanted, ByteBuffer parameters, List<ByteBuffer> answers) {
    Share share = shares.get(set);
    BitSet open = new BitSet();
    open.set(0, answers.size());
    while (!open.isEmpty()) {
      admit();
      share.level(links);
      requireRoom();
      long start = System.nanoTime();
      List<Link.Effort> round = new ArrayList<>();
      Map<Link, Future<Link.Effort>> asked = new LinkedHashMap<>();
      Map<Link, int[]> chunks = new LinkedHashMap<>();
      for (Link link : links) {
        int[] own = share.of(link, open);
        if (own.length > 0) {
          Link.Question question = new Link.Question(wanted, set, own, parameters);
          chunks.put(link, own);
          asked.put(link, threads.submit(() -> link.ask(network, share, question, answers)));
        }
      }
      asked.forEach(
          (link, answer) -> {
            try {
              round.add(answer.get());
              for (int chunk : chunks.get(link)) {
                open.clear(chunk);
              }
            } catch (ExecutionException e) {
              lose(link, e.getCause());
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              throw new IllegalStateException("interrupted while holders were computing", e);
            }
          });
      if (open.isEmpty()) {
        efforts.add(wanted, System.nanoTime() - start, round);
      }
    }
  }

  private void admit() {
    arrived.drainTo(links);
    if (links.isEmpty()) {
      awaitOne();
    }
    most = Math.max(most, links.size());
  }

  private void awaitOne() {
    try {
      Duration wait = patience;
      Link link = arrived.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
      while (link != null) {
        links.add(link);
        link =
            arrived.poll(Math.min(patience.toMillis(), FURTHER.toMillis()), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while holders were awaited", e);
    }
    if (links.isEmpty()) {
      throw new UncheckedIOException(
          new IOException(
              most == 0
                  ? "no executor came to hold rows within " + patience.toSeconds() + " s"
                  : "all executors that held rows are gone, " + most + " at most were there"));
    }
  }

  private void lose(Link link, Throwable why) {
    if (!(why instanceof IOException)) {
      throw new IllegalStateException("a holder could not be asked", why);
    }
    LoggerFactory.getLogger(Coordinator.class)
        .warn(
            "An executor is lost, and others take over its rows: {}",
            why.getMessage() == null ? "its connection ended" : why.getMessage());
    links.remove(link);
    link.close();
  }

  private void requireRoom() {
    long bytes = shares.stream().mapToLong(Share::bytes).sum();
    long room = (long) (ROOM * links.stream().mapToLong(Link::memory).sum());
    if (bytes > room) {
      throw InputException.of(
          "--spark",
          "executors with room for " + (bytes / MEGABYTE + 1) + " MB of rows",
          links.size() + " with room for " + room / MEGABYTE + " MB",
          "more executors",
          "-Dspark.executor.memory=...");
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      arrived.drainTo(links);
      links.forEach(Link::close);
      threads.shutdownNow();
    }
  }
}

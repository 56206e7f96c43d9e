package org.symbreak.peer;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Trains as it is told, a line an order, and answers with a line:
 *
 * <pre>
 * setup ROWSFILE STARTFILE ROWS FEATURES HIDDEN BATCH OPTIMIZER RATE THREADS
 * loss ITERATIONS                                  the training loss after as many from the start
 * time SECONDS                                     microseconds an iteration: on the clock, and of the process on processors
 * </pre>
 */
final class PeerWorker {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Function<Task, Peer> library;
  private Task task;
  private Peer peer;
  private int steps;

  private PeerWorker(Function<Task, Peer> library) {
    this.library = library;
  }

  /**
   * @param arguments {@code djl} or {@code tensorflow}
   */
  public static void main(String[] arguments) throws IOException {
    Function<Task, Peer> library =
        switch (arguments[0]) {
          case "djl" -> DjlPeer::new;
          case "tensorflow" -> TensorFlowPeer::new;
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    PeerWorker worker = new PeerWorker(library);
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      System.out.println("= " + worker.obey(order.split(" ")));
      System.out.flush();
    }
  }

  private String obey(String[] words) throws IOException {
    return switch (words[0]) {
      case "setup" -> setup(words);
      case "loss" -> Double.toString(loss(Integer.parseInt(words[1])));
      case "time" -> time(Double.parseDouble(words[1]));
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  private String setup(String[] words) throws IOException {
    if (peer != null) {
      peer.close();
    }
    task = Task.parse(words);
    peer = library.apply(task);
    steps = 1;
    return peer.version();
  }

  private double loss(int iterations) {
    try (Peer fresh = library.apply(task)) {
      fresh.advance(iterations);
      return fresh.loss();
    }
  }

  /** Takes as many steps at a time as fill some milliseconds, so that the clock does not count. */
  private String time(double seconds) {
    long taken = 0;
    long cpu = SYSTEM.getProcessCpuTime();
    long begin = System.nanoTime();
    long end = begin + (long) (seconds * 1e9);
    long before = begin;
    while (before < end) {
      peer.advance(steps);
      taken += steps;
      long now = System.nanoTime();
      if (now - before < 5_000_000) {
        steps *= 2;
      }
      before = now;
    }
    double spent = SYSTEM.getProcessCpuTime() - cpu;
    return (before - begin) / 1e3 / taken + " " + spent / 1e3 / taken;
  }
}

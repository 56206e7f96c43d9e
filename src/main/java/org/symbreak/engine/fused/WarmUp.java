package org.symbreak.engine.fused;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;
import org.symbreak.data.EncodedRows;
import org.symbreak.init.LayerInits;
import org.symbreak.init.Zeros;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;

/**
 * Lets the JVM compile the kernels on vectors before they are used: until then an operation on a
 * vector takes a hundred times as long as a plain one, afterwards a fraction of it. While networks
 * train in plain Java, a thread of its own trains a small network both ways, until the vectors are
 * faster or no network waits for them. As both ways give the same bits, it matters to nothing but
 * time when that is. Safe for use by many threads.
 */
final class WarmUp {
  /**
   * Products of rows and parameters before vectors are compiled: some hundredths of a second in
   * plain Java.
   */
  private static final long FIRST = 20_000_000;

  /** Products that take plain Java as long as it takes to compile vectors: a second or two. */
  private static final long WORTHWHILE = 2_000_000_000;

  /** Rounds won in succession. */
  private static final int CONVINCING = 5;

  private static final int MOST_ROUNDS = 20_000;

  /** The name of the thread that warms up. */
  static final String THREAD = "symbreak-warm-up";

  private static final Map<Key, WarmUp> ALL = new ConcurrentHashMap<>();

  private record Key(Precision precision, Activation activation) {}

  private final NetworkSpec network;
  private final AtomicLong products = new AtomicLong();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean running = new AtomicBoolean();
  private volatile boolean ready;
  private volatile boolean failed;

  private WarmUp(Key key) {
    LayerInits zeros = LayerInits.of(new Zeros());
    // widths that take every kind of tile, whatever the width of vectors
    network =
        new NetworkSpec(
            List.of(112, 16), List.of(key.activation()), zeros, zeros, 0.01, key.precision());
  }

  /**
   * The one of this JVM for networks of this type and activation, for which one network more waits
   * until it says {@link #leave}.
   */
  static WarmUp join(Precision precision, Activation activation) {
    WarmUp warmUp = ALL.computeIfAbsent(new Key(precision, activation), WarmUp::new);
    warmUp.waiting.incrementAndGet();
    return warmUp;
  }

  /** One network less waits for vectors. */
  void leave() {
    waiting.decrementAndGet();
  }

  /**
   * Whether vectors are faster by now.
   *
   * @param more products of rows and parameters that are about to be computed
   * @param left those that are to come after them; unless they are many, vectors wait until as many
   *     were computed, by this network or others
   */
  boolean isReady(long more, long left) {
    if (!ready
        && isWorthwhile(products.addAndGet(more), left)
        && running.compareAndSet(false, true)) {
      Thread thread = new Thread(this::run, THREAD);
      thread.setDaemon(true);
      thread.start();
    }
    return ready;
  }

  private static boolean isWorthwhile(long before, long left) {
    return before >= FIRST && Math.max(before, left) >= WORTHWHILE;
  }

  /** Whether vectors will never be faster here. */
  boolean hasFailed() {
    return failed;
  }

  private void run() {
    try (FusedNetwork<?> plain =
            FusedNetwork.of(network, new SomeRows(), 1, 1, 1, VectorUse.NEVER);
        FusedNetwork<?> vector =
            FusedNetwork.of(network, new SomeRows(), 1, 1, 1, VectorUse.AT_ONCE)) {
      plain.useState(2);
      vector.useState(2);
      int won = 0;
      int round = 1;
      while (won < CONVINCING && round <= MOST_ROUNDS && waiting.get() > 0) {
        won = nanos(vector, round) < nanos(plain, round) ? won + 1 : 0;
        round++;
      }
      ready = won == CONVINCING;
      failed = !ready && round > MOST_ROUNDS;
      running.set(ready || failed);
    } catch (RuntimeException | LinkageError e) {
      failed = true;
      LoggerFactory.getLogger(WarmUp.class).warn("The fused engine goes on without vectors", e);
    }
  }

  private static long nanos(FusedNetwork<?> trained, int round) {
    long start = System.nanoTime();
    trained.gradient(null, SomeRows.COUNT, true);
    trained.sgd(0);
    trained.nesterov(0, 0);
    trained.adam(0, 0.9, 0.999, 1e-8, round);
    return System.nanoTime() - start;
  }

  /** Something to train on. */
  private static final class SomeRows implements EncodedRows {
    static final int COUNT = 64;

    @Override
    public int rows() {
      return COUNT;
    }

    @Override
    public int features() {
      return 8;
    }

    @Override
    public void features(int row, double[] into, int offset) {
      for (int i = 0; i < features(); i++) {
        into[offset + i] = Math.floorMod(row * 7 + i * 3, 11) - 5;
      }
    }

    @Override
    public int label(int row) {
      return row & 1;
    }

    @Override
    public long line(int row) {
      return row + 1L;
    }
  }
}

package org.symbreak.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;

/**
 * Encodes each data set once for all runs that need it at the same time or soon after. Safe for use
 * by many threads: the first that asks encodes, the others wait.
 */
public final class DatasetCache implements AutoCloseable {
  private final int idleLimit;
  private final BiFunction<DataSpec, Long, Dataset> open;
  private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param idleLimit how many data sets that nobody uses are kept, from 0
   * @param open what opens a data set, usually {@code Dataset::open}
   */
  public DatasetCache(int idleLimit, BiFunction<DataSpec, Long, Dataset> open) {
    this.idleLimit = idleLimit;
    this.open = open;
  }

  /** A data set that stays open until the lease is closed. */
  public Lease lease(DataSpec spec, long seed) {
    Key key = new Key(spec, seed);
    Entry entry;
    boolean first;
    synchronized (this) {
      first = !entries.containsKey(key);
      entry = entries.computeIfAbsent(key, missing -> new Entry());
      entry.users++;
    }
    if (first) {
      try {
        entry.data.complete(open.apply(spec, seed));
      } catch (RuntimeException | Error e) {
        entry.data.completeExceptionally(e);
        forget(key);
        throw e;
      }
    }
    return new Lease(entry, entry.data.join());
  }

  private synchronized void forget(Key key) {
    entries.remove(key);
  }

  private synchronized void release(Entry entry) {
    entry.users--;
    long idle = entries.values().stream().filter(other -> other.users == 0).count();
    var leastRecent = entries.values().iterator();
    while (idle > idleLimit) {
      Entry candidate = leastRecent.next();
      if (candidate.users == 0) {
        leastRecent.remove();
        candidate.data.join().close();
        idle--;
      }
    }
  }

  /** Closes every data set; none may be in use any more. */
  @Override
  public synchronized void close() {
    entries.values().forEach(entry -> entry.data.join().close());
    entries.clear();
  }

  /** A data set in use. */
  public final class Lease implements AutoCloseable {
    private final Entry entry;
    private final Dataset data;

    private Lease(Entry entry, Dataset data) {
      this.entry = entry;
      this.data = data;
    }

    public Dataset data() {
      return data;
    }

    @Override
    public void close() {
      release(entry);
    }
  }

  private record Key(DataSpec spec, long seed) {}

  private static final class Entry {
    private final CompletableFuture<Dataset> data = new CompletableFuture<>();
    private int users;
  }
}

package org.symbreak.serve;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one tab of a browser plays with: one run, or two that advance in lockstep. A thread of its
 * own trains; the stream sends the newest state, never a queue, so that the page does not slow the
 * engine and a slow page only skips frames.
 */
final class Tab implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(30);
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final List<LiveRun> runs;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread trainer;
  private boolean playing;
  private int pending;
  private int stepsPerFrame = 1;
  private boolean closed;
  private byte[] newest;
  private long sequence;
  private int readers;
  private long lastSeen = System.nanoTime();

  Tab(List<LiveRun> runs) {
    this.runs = List.copyOf(runs);
    this.trainer = new Thread(this::train, "symbreak-tab");
    trainer.setDaemon(true);
    publish();
    trainer.start();
  }

  /** The runs; to be used with {@link #exclusively} alone. */
  List<LiveRun> runs() {
    return runs;
  }

  /**
   * @param steps a frame, from 1
   */
  void play(int steps) {
    with(
        () -> {
          stepsPerFrame = steps;
          playing = true;
          runs.forEach(LiveRun::goOn);
        });
  }

  void pause() {
    with(() -> playing = false);
  }

  /** Takes so many steps, then rests. */
  void step(int steps) {
    with(
        () -> {
          playing = false;
          pending += steps;
          runs.forEach(LiveRun::goOn);
        });
  }

  /** Does something while no step is taken. */
  <T> T exclusively(java.util.concurrent.Callable<T> work) throws Exception {
    lock.lock();
    try {
      lastSeen = System.nanoTime();
      return work.call();
    } finally {
      lock.unlock();
    }
  }

  /** Whether nobody has listened to it for a minute. */
  boolean isAbandoned() {
    lock.lock();
    try {
      return readers == 0 && System.nanoTime() - lastSeen > IDLE_NANOS;
    } finally {
      lock.unlock();
    }
  }

  /** Sends states, a line of JSON each, until the reader goes or the tab is closed. */
  void stream(OutputStream out) throws IOException {
    long sent = -1;
    lock.lock();
    try {
      readers++;
    } finally {
      lock.unlock();
    }
    try {
      while (true) {
        byte[] next = null;
        lock.lock();
        try {
          long patience = TimeUnit.SECONDS.toNanos(10);
          while (!closed && sequence == sent && patience > 0) {
            patience = changed.awaitNanos(patience);
          }
          if (closed) {
            return;
          }
          if (sequence != sent) {
            sent = sequence;
            next = newest;
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        } finally {
          lock.unlock();
        }
        out.write(next == null ? "\n".getBytes(StandardCharsets.UTF_8) : next);
        out.flush();
      }
    } finally {
      lock.lock();
      try {
        readers--;
        lastSeen = System.nanoTime();
      } finally {
        lock.unlock();
      }
    }
  }

  @Override
  public void close() {
    with(() -> closed = true);
    try {
      trainer.join(5000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    runs.forEach(LiveRun::close);
  }

  private void with(Runnable change) {
    lock.lock();
    try {
      lastSeen = System.nanoTime();
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void train() {
    long due = System.nanoTime();
    while (true) {
      lock.lock();
      try {
        while (!closed && !playing && pending == 0) {
          changed.await();
          due = System.nanoTime();
        }
        if (closed) {
          return;
        }
        int steps = playing ? stepsPerFrame : pending;
        pending = 0;
        runs.forEach(run -> run.advance(steps));
        if (runs.stream().allMatch(run -> run.ended() != null)
            || (readers == 0 && System.nanoTime() - lastSeen > IDLE_NANOS)) {
          playing = false;
        }
        publish();
        due += FRAME_NANOS;
        long wait = due - System.nanoTime();
        if (wait > 0) {
          changed.awaitNanos(wait);
        } else {
          due = System.nanoTime();
        }
      } catch (InterruptedException e) {
        return;
      } finally {
        lock.unlock();
      }
    }
  }

  private void publish() {
    List<Map<String, Object>> states = new ArrayList<>();
    for (LiveRun run : runs) {
      Map<String, Object> state = new LinkedHashMap<>();
      state.put("frame", run.frame());
      state.put("ended", run.ended());
      states.add(state);
    }
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("sequence", sequence + 1);
    event.put("playing", playing);
    event.put("runs", states);
    try {
      newest = (JSON.writeValueAsString(event) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("a frame has a form of its own", e);
    }
    lock.lock();
    try {
      sequence++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

package org.symbreak.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbreak.problem.InputException;
import org.symbreak.setting.RunSpec;

/**
 * What one tab of a browser plays with: one run, or two that advance in lockstep, trained by a
 * thread of their own. An order is left behind at once, whatever is being computed, and obeyed
 * after the few steps that were begun. Thread safe.
 */
final class Tab implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Tab.class);
  private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(16);
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** Steps at the most between two looks at what has been ordered. */
  static final int MOST_STEPS_AT_ONCE = 128;

  private final List<LiveRun> runs;
  private final Mailbox mailbox = new Mailbox();
  private final Thread trainer;

  // guarded by this, which is never held while steps are taken or a state is made
  private boolean playing;
  private int pending;
  private int stepsPerFrame = 1;
  private boolean ordered;
  private boolean goesOn;
  private boolean closed;
  private final List<Runnable> changes = new ArrayList<>();
  private List<LiveState.OfRun> shown = List.of();
  private List<List<HandMade>> changesOf = List.of();

  // the trainer's own
  private long sequence;
  private int stepsAtOnce = 1;

  Tab(List<LiveRun> runs) {
    this.runs = List.copyOf(runs);
    this.trainer = new Thread(this::train, "symbreak-tab");
    trainer.setDaemon(true);
    publish();
    trainer.start();
  }

  /**
   * Goes on and on.
   *
   * @param steps a frame, from 1; as many of them as a frame has time for
   */
  void play(int steps) {
    order(
        () -> {
          stepsPerFrame = steps;
          playing = true;
          pending = 0;
          goesOn = true;
        });
  }

  /** Rests, and says so. */
  void pause() {
    order(
        () -> {
          playing = false;
          pending = 0;
        });
  }

  /** Takes so many steps, then rests. */
  void step(int steps) {
    order(
        () -> {
          playing = false;
          pending = Math.min(pending + steps, Recipe.MOST_ITERATIONS);
          goesOn = true;
        });
  }

  /**
   * Changes a run's parameters by hand before its next step.
   *
   * @param which 0 or 1; where there is one run alone, that one
   * @param words what is wanted: {@link LiveRun#touch}
   */
  void touch(int which, Map<String, String> words) {
    LiveRun run = runs.get(Math.min(which, runs.size() - 1));
    run.requireTouchable(words);
    order(() -> changes.add(() -> run.touch(words)));
  }

  /**
   * What is needed to train one of the runs again up to a state that was shown.
   *
   * @param spec the run up to there, or to the end of that pass over its rows
   * @param iteration where it ends
   * @param changes by hand until there
   */
  record Shown(RunSpec spec, long iteration, List<HandMade> changes) {}

  /**
   * One of the runs, to be trained again.
   *
   * @param which 0 or 1; where there is one run alone, that one
   * @param until iteration that is shown; null for the newest
   * @throws InputException where no step has been taken, and there is nothing to train
   */
  Shown shown(int which, Integer until) {
    int at = Math.min(which, runs.size() - 1);
    LiveRun run = runs.get(at);
    long newest;
    List<HandMade> made;
    synchronized (this) {
      newest = shown.get(at).frame().iteration();
      made = changesOf.get(at);
    }
    long iteration = until == null ? newest : Math.min(until, newest);
    if (iteration == 0) {
      throw InputException.of("save", "a run of at least one step", "one that has not begun");
    }
    RunSpec spec = run.upTo(iteration);
    return new Shown(
        spec,
        (long) spec.budget().epochs() * run.stepsPerPass(),
        made.stream().filter(change -> change.iteration() <= iteration).toList());
  }

  /** Whether nobody has listened to it for a minute. */
  boolean isAbandoned() {
    return mailbox.idleNanos() > IDLE_NANOS;
  }

  /** Where its states come from. */
  Mailbox mailbox() {
    return mailbox;
  }

  @Override
  public void close() {
    order(() -> closed = true);
    mailbox.close();
    try {
      trainer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    runs.forEach(Playground::surelyClose);
  }

  private synchronized void order(Runnable change) {
    change.run();
    ordered = true;
    notifyAll();
  }

  private void train() {
    try {
      runs.forEach(LiveRun::foretell);
      publish();
      long due = System.nanoTime();
      while (awaitOrder()) {
        ordered().forEach(Runnable::run);
        takeSteps(System.nanoTime() + FRAME_NANOS);
        publish();
        due = Math.max(due + FRAME_NANOS, System.nanoTime());
        awaitFrame(due - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      LOG.error("a tab's training failed", e);
      publishFailure(e);
    }
  }

  /** Waits until there is something to do or to say, and is false once it is closed. */
  private synchronized boolean awaitOrder() throws InterruptedException {
    while (!closed && !playing && pending == 0 && !ordered) {
      wait();
    }
    ordered = false;
    if (goesOn) {
      goesOn = false;
      runs.forEach(LiveRun::goOn);
    }
    return !closed;
  }

  private synchronized List<Runnable> ordered() {
    List<Runnable> ordered = List.copyOf(changes);
    changes.clear();
    return ordered;
  }

  private synchronized void awaitFrame(long nanos) throws InterruptedException {
    if (nanos > 0 && !closed && !ordered) {
      TimeUnit.NANOSECONDS.timedWait(this, nanos);
    }
  }

  /** Takes a frame's steps, as far as there is time for them and they are still wanted. */
  private void takeSteps(long until) {
    int left = frame();
    for (int steps = claim(left); steps > 0; steps = claim(left)) {
      long begun = System.nanoTime();
      for (LiveRun run : runs) {
        run.advance(steps);
      }
      long ended = System.nanoTime();
      adapt(ended - begun);
      left -= steps;
      if (ended > until) {
        break;
      }
    }
    if (isAbandoned() || runs.stream().allMatch(run -> run.ended() != null)) {
      rest();
    }
  }

  private synchronized int frame() {
    return playing ? stepsPerFrame : pending;
  }

  /** How many steps come next: none where the frame is done, or it rests. */
  private synchronized int claim(int left) {
    int steps = Math.min(left, stepsAtOnce);
    if (closed || playing) {
      return closed ? 0 : steps;
    }
    steps = Math.min(steps, pending);
    pending -= steps;
    return steps;
  }

  /** So many steps at once as take a small part of a frame. */
  private void adapt(long nanos) {
    if (nanos < FRAME_NANOS / 8) {
      stepsAtOnce = Math.min(2 * stepsAtOnce, MOST_STEPS_AT_ONCE);
    } else if (nanos > FRAME_NANOS / 2) {
      stepsAtOnce = Math.max(1, stepsAtOnce / 2);
    }
  }

  private synchronized void rest() {
    playing = false;
    pending = 0;
  }

  private void publish() {
    List<List<HandMade>> made = runs.stream().map(LiveRun::made).toList();
    synchronized (this) {
      changesOf = made;
    }
    show(runs.stream().map(LiveRun::state).toList());
  }

  /** The last state that there was, and that no other follows. */
  private void publishFailure(Throwable failure) {
    rest();
    String ended =
        "Training failed; the log of the server has more: " + failure + ". Open it anew to go on.";
    show(shown.stream().map(run -> run.ended(ended)).toList());
  }

  private void show(List<LiveState.OfRun> states) {
    boolean plays;
    synchronized (this) {
      shown = states;
      plays = playing;
    }
    mailbox.put(new LiveState(++sequence, plays, states).line());
  }
}

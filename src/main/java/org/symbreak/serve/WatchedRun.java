package org.symbreak.serve;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.symbreak.film.HistoryRecorder;
import org.symbreak.problem.InputException;
import org.symbreak.run.ResolvedRun;
import org.symbreak.setting.RunSpec;
import org.symbreak.watch.RunLook;
import org.symbreak.watch.RunObserver;

/** A run that the command line trains, for pages that look on. */
public final class WatchedRun implements RunObserver, Desk {
  private static final long LAST_STATE_MILLIS = 1000;
  private static final int LOOKS = 600;

  private final RunSpec spec;
  private final HistoryRecorder recorder;
  private final Mailbox mailbox = new Mailbox();
  private final long every;
  private final List<String> notices;
  private final int trainingRows;
  private long sequence;
  private final Map<String, Object> opening;

  public WatchedRun(ResolvedRun run) {
    this.spec = run.spec();
    this.recorder = new HistoryRecorder(spec.network(), run.data(), run.steps(), null);
    this.every = Math.max(1, run.steps() / LOOKS);
    this.notices = run.data().notices();
    this.trainingRows = run.problem().rows().rows();
    recorder.observe(
        new RunLook(0, 0, run.shape(), run.start(), Double.NaN, null, new double[0], false));
    this.opening = describe();
  }

  /** Waits until a page looks on. */
  public void awaitPage() throws InterruptedException {
    mailbox.awaitReader();
  }

  /** Tells the pages that it is over, and lets them have the last state. */
  @Override
  public void close() {
    mailbox.close();
    try {
      mailbox.awaitNoReader(LAST_STATE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean looksAt(long iteration) {
    return iteration % every == 0 || recorder.looksAt(iteration);
  }

  @Override
  public void observe(RunLook look) {
    String ended = look.last() ? "The run is over; its report is beside the model." : null;
    mailbox.put(
        new LiveState(
                ++sequence,
                !look.last(),
                List.of(
                    LiveState.OfRun.of(look, recorder.frame(look), ended, List.of(), null, null)))
            .line());
  }

  @Override
  public Object control(String what, Map<String, String> words) {
    if (what.equals("open")) {
      return opening;
    }
    throw onlyLookedOn(what);
  }

  @Override
  public Object upload(byte[] content) {
    throw onlyLookedOn("upload");
  }

  private static InputException onlyLookedOn(String what) {
    return InputException.of(
        "/api/" + what, "to look on: the command line trains this run", "'" + what + "'");
  }

  @Override
  public Mailbox events(Map<String, String> words) {
    return mailbox;
  }

  @Override
  public void tend() {
    mailbox.beat();
  }

  private Map<String, Object> describe() {
    Map<String, Object> run = new TreeMap<>();
    run.put("recipe", Map.of("init", spec.network().weights().toString()));
    run.put("engine", spec.engine());
    run.put("history", recorder.history());
    run.put("notices", notices);
    run.put("rows", Map.of("train", trainingRows, "test", 0));
    run.put("command", spec.toCommand());
    return Map.of("tab", "watched", "watched", true, "runs", List.of(run));
  }
}

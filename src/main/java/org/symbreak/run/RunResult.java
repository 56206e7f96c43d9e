package org.symbreak.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import org.symbreak.diagnosis.RunFinding;
import org.symbreak.model.Evaluation;
import org.symbreak.optimizer.StopReason;
import org.symbreak.setting.RunJson;
import org.symbreak.watch.NetworkSymmetry;

/**
 * What came out of a run; its JSON is the document of {@code train --json}. What there is not is
 * null.
 *
 * @param model path of the saved model; null where nothing was saved
 * @param label the label's column
 * @param positive the label's value that counts as 1
 * @param rows of the data, all parts together
 * @param features inputs of the network
 * @param engine that trained: {@code dl4j} or {@code fused}
 * @param backend what computed: backend, BLAS, threads, data type, in words
 * @param initialization of the weights, as {@code --init} takes it
 * @param train measured at the best weights on the training rows
 * @param validation on the validation rows
 * @param test on the test rows
 * @param symmetry of the hidden layers at the best weights; null without hidden layers
 * @param verdict what became of the hidden units, in a sentence
 * @param findings what is wrong with the run as far as it was measured, the gravest first; empty in
 *     what version 0.1.0 wrote
 * @param stopped why it ended
 * @param stoppedBecause the same in a sentence
 * @param epochs passes over the training rows that were done
 * @param iterations steps that were taken
 * @param evaluations of loss and gradient that a line-search optimizer took; null for the others
 * @param bestIteration at which the weights stood that are kept
 * @param loss of all training rows at the best weights: weighted, penalty included
 * @param threshold probability from which a row counts as positive
 * @param calibration what was done to log odds once the network was trained; null where nothing was
 * @param seconds of training
 * @param notices what the reader should know: columns dropped, the engine chosen
 */
public record RunResult(
    String model,
    String label,
    String positive,
    long rows,
    int features,
    String engine,
    String backend,
    String initialization,
    Evaluation train,
    Evaluation validation,
    Evaluation test,
    NetworkSymmetry symmetry,
    String verdict,
    List<RunFinding> findings,
    StopReason stopped,
    String stoppedBecause,
    long epochs,
    long iterations,
    Long evaluations,
    long bestIteration,
    double loss,
    double threshold,
    @JsonInclude(JsonInclude.Include.NON_NULL) Calibration calibration,
    double seconds,
    List<String> notices) {
  public RunResult {
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(stopped, "stopped");
    findings = findings == null ? List.of() : List.copyOf(findings);
    notices = List.copyOf(notices);
  }

  /**
   * Whether somebody changed parameters while it was trained, so that its command trains another.
   */
  public boolean wasChangedByHand() {
    return notices.stream().anyMatch(notice -> notice.contains(ResolvedRun.BY_HAND));
  }

  /** The same, saved. */
  RunResult savedAs(String path) {
    return new RunResult(
        path,
        label,
        positive,
        rows,
        features,
        engine,
        backend,
        initialization,
        train,
        validation,
        test,
        symmetry,
        verdict,
        findings,
        stopped,
        stoppedBecause,
        epochs,
        iterations,
        evaluations,
        bestIteration,
        loss,
        threshold,
        calibration,
        seconds,
        notices);
  }

  /** As one JSON object, indented. */
  public String toJson() {
    return RunJson.write(this);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param place what to call the text in messages, such as the file's name
   */
  public static RunResult fromJson(String place, String json) {
    return RunJson.read(place, RunJson.parse(place, json), RunResult.class);
  }
}

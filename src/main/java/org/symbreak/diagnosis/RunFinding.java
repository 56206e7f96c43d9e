package org.symbreak.diagnosis;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Objects;

/**
 * Something that is wrong with a run, as far as it was measured.
 *
 * @param kind what
 * @param evidence the measurement, a sentence with its numbers and without a full stop
 * @param remedy what to try, likewise
 */
public record RunFinding(Kind kind, String evidence, String remedy) {
  /** What may be wrong, the gravest first. */
  public enum Kind {
    NOT_FINITE("the loss is no finite number"),
    LOSS_ROSE("the loss rose"),
    SAME_UNITS("hidden units are the same"),
    DEAD_UNITS("hidden units are dead"),
    SATURATED_UNITS("hidden units are saturated"),
    LARGE_START("the loss is far too high from the start"),
    FADED_SIGNALS("signals fade from layer to layer"),
    STILL_FALLING("the loss still falls"),
    NOTHING_LEARNED("nothing is learned"),
    FIRST_WEIGHTS("the first weights are the best"),
    ONE_CLASS("the rows that judge are of one class"),
    ONE_CALL("hardly a row of a class is called so"),
    NOTHING_CARRIES_OVER("held-out rows are ranked by chance"),
    PROBABILITIES_OFF("probabilities are off");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** In words, for many runs at once. */
    public String words() {
      return words;
    }

    /** {@code same-units}, in JSON and ledgers. */
    @JsonValue
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public RunFinding {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(evidence, "evidence");
    Objects.requireNonNull(remedy, "remedy");
  }

  /** As people read it. */
  public String sentence() {
    return evidence + ". Try " + remedy;
  }
}

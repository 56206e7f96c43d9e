package org.symbreak.experiment;

import java.util.List;
import java.util.Objects;

/**
 * One line of what a user asks of a sweep, not understood yet.
 *
 * @param key such as {@code learning-rate}
 * @param place where it stands, for messages: {@code sweep.yaml line 7, 'depth'} or {@code --depth}
 * @param values as they were written, at least one
 */
public record SweepEntry(String key, String place, List<String> values) {
  public SweepEntry {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(place, "place");
    values = List.copyOf(values);
  }

  /** What was given as options; those without values are left out. */
  public static SweepEntry option(String key, List<String> values) {
    return new SweepEntry(key, "--" + key, values);
  }
}

package org.symbreak.data;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Texts that stand for missing cells, as {@code --missing} takes them. */
final class MissingMarks {
  private MissingMarks() {}

  /**
   * The option that names them, fit to be pasted into a shell.
   *
   * @param known those that the file has already; the option would forget them if they were not
   *     named again
   * @param further those that come to it; none with a comma
   */
  static String option(List<String> known, Collection<String> further) {
    Set<String> all = new LinkedHashSet<>(known);
    all.addAll(further);
    String named = all.stream().map(Place::shown).collect(Collectors.joining(","));
    return "--missing " + (named.matches("[\\w./:=,+-]+") ? named : "'" + named + "'");
  }
}

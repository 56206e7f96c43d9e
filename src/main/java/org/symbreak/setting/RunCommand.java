package org.symbreak.setting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.symbreak.data.DataSpec;

/**
 * A run as the command that a user would type: the options in which it differs from the defaults,
 * quoted for a POSIX shell. The number of threads, which changes nothing, is left out.
 */
final class RunCommand {
  private RunCommand() {}

  static String of(RunSpec run) {
    RunSpec usual = Defaults.run(DataSpec.of(run.data().file(), null, null));
    List<String> words = new ArrayList<>(List.of("symbreak", "train", run.data().file()));
    Map<Setting<?>, Object> given = new LinkedHashMap<>();
    if (run.network().hidden().isEmpty()) {
      given.put(Settings.HIDDEN, List.of());
      if (!isMinimized(run)) {
        given.put(Settings.OPTIMIZER, run.optimizer().kind());
      }
    }
    for (Setting<?> setting : Settings.all()) {
      boolean isTold = setting != Settings.FILE && setting != Settings.THREADS;
      if (isTold && !setting.isIgnored(run)) {
        add(setting, run, Settings.described(usual, given), given, words);
      }
    }
    return words.stream().map(RunCommand::quoted).collect(Collectors.joining(" "));
  }

  private static <T> void add(
      Setting<T> setting,
      RunSpec run,
      RunSpec soFar,
      Map<Setting<?>, Object> given,
      List<String> words) {
    T value = setting.of(run);
    if (given.containsKey(setting) || !Objects.equals(value, setting.of(soFar))) {
      given.put(setting, value);
      words.add(setting.option());
      if (setting.label() != null) {
        words.add(setting.kind().text(value));
      }
    }
  }

  /** Whether a run without hidden layers is trained as where nothing is said of that. */
  private static boolean isMinimized(RunSpec run) {
    RunSpec minimized = Settings.described(run, Map.of(Settings.HIDDEN, List.of()));
    return minimized.equals(run);
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:,=+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}

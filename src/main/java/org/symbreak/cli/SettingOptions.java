package org.symbreak.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.symbreak.data.CsvFormat;
import org.symbreak.data.DataSpec;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.Flag;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Setting;
import org.symbreak.setting.Settings;
import org.symbreak.setting.Several;
import org.symbreak.setting.Text;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/** Those options of a verb that are made from rows of the table of settings. */
final class SettingOptions {
  /** A verb that has such options. */
  interface Holder {
    SettingOptions settings();
  }

  private final List<Setting<?>> settings;
  private final Map<Setting<?>, Object> given = new LinkedHashMap<>();

  private SettingOptions(List<Setting<?>> settings) {
    this.settings = List.copyOf(settings);
  }

  static SettingOptions of(List<Setting<?>> settings, Setting<?>... more) {
    return new SettingOptions(Stream.concat(settings.stream(), Stream.of(more)).toList());
  }

  /** Whether an option is made from a setting. */
  static boolean isOne(OptionSpec option) {
    return option.setter() instanceof Given<?>;
  }

  /** The line above an option in help; null where it is not made from a setting. */
  static String group(OptionSpec option) {
    return option.setter() instanceof Given<?> made ? made.setting.group() : null;
  }

  /** Whether an option names a file to read. */
  static boolean isFile(OptionSpec option) {
    return option.setter() instanceof Given<?> made && made.setting == Settings.TEST;
  }

  void addTo(CommandSpec verb) {
    for (String group : Settings.groups()) {
      settings.stream()
          .filter(setting -> setting.group().equals(group))
          .forEach(setting -> verb.addOption(option(setting)));
    }
  }

  boolean has(Setting<?> setting) {
    return given.containsKey(setting);
  }

  /** The settings that were given. */
  Set<Setting<?>> given() {
    return Set.copyOf(given.keySet());
  }

  /** What was given, as texts by the settings' names. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    given.keySet().forEach(setting -> texts.put(setting.name(), text(setting)));
    return texts;
  }

  @SuppressWarnings("unchecked")
  private <T> String text(Setting<T> setting) {
    return setting.kind().text((T) given.get(setting));
  }

  /** The run that they describe. */
  RunSpec run(Path file) {
    return run(Defaults.run(DataSpec.of(file.toString(), null, null)));
  }

  /**
   * A run with what was given.
   *
   * @throws org.symbreak.problem.InputException with all that does not go together; in that case,
   *     files that are not there are told, too
   */
  RunSpec run(RunSpec usual) {
    Refusals faults = new Refusals();
    faults.add(Settings.contradictions(usual, given, Setting::option));
    faults.refuse(files(usual));
    RunSpec run = Settings.described(usual, given);
    return settings.contains(Settings.THREADS) && !has(Settings.THREADS)
        ? Settings.THREADS.with(run, (long) Runtime.getRuntime().availableProcessors())
        : run;
  }

  /** How a file is written: as was given, else as usual. */
  CsvFormat format(CsvFormat usual) {
    RunSpec plain = Defaults.run(DataSpec.of("", null, null));
    return run(Settings.formatted(plain, usual)).data().format();
  }

  private List<Path> files(RunSpec usual) {
    List<Path> files = new ArrayList<>(List.of(Path.of(usual.data().file())));
    if (given.get(Settings.TEST) instanceof String test) {
      files.add(Path.of(test));
    }
    return files;
  }

  private <T> OptionSpec option(Setting<T> setting) {
    Given<T> state = new Given<>(setting, given);
    OptionSpec.Builder option =
        OptionSpec.builder(setting.option()).description(setting.description());
    if (setting.label() == null) {
      option.type(Boolean.class).arity("0").negatable(setting == Settings.HEADER);
    } else {
      option.arity("1").paramLabel(setting.label()).completionCandidates(setting.kind().words());
      if (isList(setting)) {
        option.type(List.class).auxiliaryTypes(String.class).splitRegex(",");
      } else {
        option.type(Object.class).converters(text -> setting.kind().read(setting.option(), text));
      }
    }
    return option.getter(state).setter(state).initialValue(null).build();
  }

  /** Whether it may be given several times. */
  private static boolean isList(Setting<?> setting) {
    return setting.kind() instanceof Several<?> several && several.each() instanceof Text;
  }

  /** Where picocli leaves what was given. */
  private record Given<T>(Setting<T> setting, Map<Setting<?>, Object> values)
      implements IGetter, ISetter {
    @Override
    @SuppressWarnings("unchecked")
    public <V> V get() {
      return (V) values.get(setting);
    }

    @Override
    public <V> V set(V value) {
      if (value == null) {
        values.remove(setting);
      } else {
        values.put(setting, setting.kind() instanceof Flag flag ? flag(flag, value) : value);
      }
      return value;
    }

    private static Object flag(Flag flag, Object named) {
      return flag.on() != null ? named : (Object) (flag.given() == (Boolean) named);
    }
  }
}

package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbreak.data.DataSpec;
import org.symbreak.experiment.Axis;
import org.symbreak.experiment.SweepSpec;
import org.symbreak.problem.InputException;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Setting;
import org.symbreak.setting.Settings;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A row of the table of settings is all that it takes to have a setting everywhere. */
class SettingsEverywhereTest {
  /** Values that are not as usual, where a word or a number of the kind would not do. */
  private static final Map<Setting<?>, String> UNUSUAL =
      Map.ofEntries(
          Map.entry(Settings.FILE, "other.csv"),
          Map.entry(Settings.SEPARATOR, "tab"),
          Map.entry(Settings.QUOTE, "'"),
          Map.entry(Settings.COMMENT, "#"),
          Map.entry(Settings.ENCODING, "UTF-16"),
          Map.entry(Settings.DECIMAL, ","),
          Map.entry(Settings.THOUSANDS, " "),
          Map.entry(Settings.FOLD, "2/5,1/3"),
          Map.entry(Settings.INIT, "gaussian:0.01/zeros"),
          Map.entry(Settings.BIAS_INIT, "constant:0.1"),
          Map.entry(Settings.ACTIVATION, "relu/tanh"),
          Map.entry(Settings.DECAY, "step:0.5:100.0"),
          Map.entry(Settings.THRESHOLD, "f1"));

  static Stream<Setting<?>> settings() {
    return Settings.all().stream();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void repeatsInJsonAndInTheCommand(Setting<?> setting) {
    RunSpec run = unusual(setting);
    assertThat(setting.of(run)).isNotEqualTo(setting.of(usual()));
    assertThat(RunSpec.fromJson("run.json", run.toJson())).isEqualTo(run);
    if (setting != Settings.FILE && setting != Settings.THREADS) {
      assertThat(run.toCommand()).contains(" " + setting.option());
      assertThat(ofCommand(run)).isEqualTo(run);
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void saysWhatItIsAndWhatItMayBe(Setting<?> setting) {
    assertThat(setting.description()).endsWith(setting == Settings.MISSING ? "NA,?" : ".");
    assertThat(setting.kind().expected()).isNotBlank();
    assertThat(Settings.groups()).contains(setting.group());
    if (setting != Settings.FILE) {
      assertThat(CommandRun.of("train", "--help").out()).contains(setting.option());
      List<String> keys = new ArrayList<>(SweepSpec.common().stream().map(Setting::name).toList());
      keys.addAll(SweepSpec.axes().stream().map(Axis::key).toList());
      keys.add(Settings.THREADS.name()); // the runs of a sweep share the processors
      keys.add(Settings.SEED.name()); // a sweep has several: seeds
      assertThat(keys).contains(setting.name());
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void refusesTheSameInTheSameWordsOnTheCommandLineAndInJson(Setting<?> setting) {
    String json = usual().toJson();
    for (String wrong : List.of("1e999", "0x1p-1", "")) {
      try {
        setting.kind().read("value", wrong);
      } catch (InputException refused) {
        String expected = refused.problems().get(0).expected();
        assertThat(expected).isNotBlank();
        String path = setting.path().substring(setting.path().lastIndexOf('.') + 1);
        String pattern = "\"" + path + "\" : (\"[^\"]*\"|[-0-9.]+)(?=[,\\s])";
        String changed = json.replaceFirst(pattern, "\"" + path + "\" : \"" + wrong + "\"");
        if (!changed.equals(json)) {
          assertThatThrownBy(() -> RunSpec.fromJson("run.json", changed))
              .hasMessageContaining("run.json, " + setting.path() + ": expected " + expected);
        }
      }
    }
  }

  private static RunSpec usual() {
    return Defaults.run(DataSpec.of("some.csv", null, null));
  }

  /** A run that is as usual but for this, and for what that needs. */
  private static RunSpec unusual(Setting<?> setting) {
    RunSpec run = usual();
    if (setting == Settings.MOMENTUM) {
      run = read(Settings.OPTIMIZER, run, "nesterov");
    }
    return read(setting, run, text(setting));
  }

  private static String text(Setting<?> setting) {
    String usual = setting.text(usual());
    return Stream.concat(
            Stream.ofNullable(UNUSUAL.get(setting)),
            Stream.concat(setting.kind().words().stream(), Stream.of("0.25", "7", "a")))
        .filter(text -> !text.equals(usual))
        .filter(text -> reads(setting, text))
        .findFirst()
        .orElseThrow(() -> new AssertionError("a value of " + setting + " that is not as usual"));
  }

  private static boolean reads(Setting<?> setting, String text) {
    try {
      return !read(setting, usual(), text).equals(usual());
    } catch (InputException e) {
      return false;
    }
  }

  private static <T> RunSpec read(Setting<T> setting, RunSpec run, String text) {
    return setting.with(run, setting.kind().read("value", text));
  }

  /** The run that the options of its command describe. */
  private static RunSpec ofCommand(RunSpec run) {
    SettingOptions options =
        SettingOptions.of(
            Settings.all().stream().filter(setting -> setting != Settings.FILE).toList());
    CommandSpec verb = CommandSpec.create();
    options.addTo(verb);
    List<String> words = new ArrayList<>();
    // words are quoted by single quotes, within which a quote is '\''
    Matcher word = Pattern.compile("(?:'[^']*'|\\\\'|[^\\s'])+").matcher(run.toCommand());
    while (word.find()) {
      words.add(word.group().replace("'\\''", "\0").replace("'", "").replace("\0", "'"));
    }
    new CommandLine(verb).parseArgs(words.subList(3, words.size()).toArray(String[]::new));
    RunSpec read = options.run(usual().withData(DataSpec.of(words.get(2), null, null)));
    return Settings.THREADS.with(read, (long) run.threads());
  }
}

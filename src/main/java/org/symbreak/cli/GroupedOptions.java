package org.symbreak.cli;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.symbreak.setting.Settings;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options in {@code --help}, each group under the {@link Heading} of its class; a verb's own
 * options first, the ones that every verb has last.
 */
final class GroupedOptions implements IHelpSectionRenderer {
  private static final String OWN = "Options";
  private static final String EVERYWHERE = "General";

  @Override
  public String render(Help help) {
    Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
    groups.put(OWN, new ArrayList<>());
    Settings.groups().forEach(heading -> groups.put(heading, new ArrayList<>()));
    List<OptionSpec> everywhere = new ArrayList<>();
    for (OptionSpec option : help.commandSpec().options()) {
      if (!option.hidden()) {
        String heading = heading(option);
        (heading.equals(EVERYWHERE)
                ? everywhere
                : groups.computeIfAbsent(heading, h -> new ArrayList<>()))
            .add(option);
      }
    }
    groups.put(EVERYWHERE, everywhere);
    StringBuilder text = new StringBuilder();
    groups.forEach(
        (heading, options) -> {
          if (!options.isEmpty()) {
            Help.Layout layout = help.createDefaultLayout(options, List.of(), help.colorScheme());
            layout.addAllOptions(options, help.parameterLabelRenderer());
            text.append(System.lineSeparator())
                .append(heading)
                .append(':')
                .append(System.lineSeparator())
                .append(layout);
          }
        });
    return text.toString();
  }

  private static String heading(OptionSpec option) {
    if (option.inherited()
        || option.usageHelp()
        || option.versionHelp()
        || option.longestName().equals("--stacktrace")) {
      return EVERYWHERE;
    }
    if (SettingOptions.isOne(option)) {
      return SettingOptions.group(option);
    }
    Heading heading =
        option.userObject() instanceof Field field
            ? field.getDeclaringClass().getAnnotation(Heading.class)
            : null;
    return heading == null ? OWN : heading.value();
  }
}

package org.symbreak.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Nearest;
import org.symbreak.problem.Problem;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Everything that is wrong with the arguments at once. picocli stops at the first mistake, so the
 * arguments are parsed again without it, until none is left; of what is left then, the files that
 * are named must be there.
 */
final class Mistakes {
  private static final int NEAREST = 3;

  /** Files and directories that need not be there. */
  private static final List<String> WRITTEN = List.of("--out", "--models");

  private final List<Problem> problems = new ArrayList<>();
  private final List<ArgSpec> faulty = new ArrayList<>();

  private Mistakes() {}

  /**
   * @param first the mistake at which picocli stopped
   * @param args all arguments, the verb included
   * @return at least one
   */
  static List<Problem> from(CommandLine root, ParameterException first, String[] args) {
    Mistakes mistakes = new Mistakes();
    ParameterException mistake = first;
    List<String> left = List.of(args);
    while (mistake != null) {
      mistakes.add(mistake);
      List<String> without = without(mistake, left);
      mistake = without.size() < left.size() ? parse(root, without) : null;
      left = without;
    }
    mistakes.addOthers(root, left);
    return mistakes.problems;
  }

  /** What is wrong beside what picocli finds: files that are not there, values read by the verb. */
  private void addOthers(CommandLine root, List<String> rest) {
    ParseResult parsed;
    try {
      parsed = root.parseArgs(rest.toArray(String[]::new));
    } catch (ParameterException unclear) {
      return;
    }
    while (parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    try {
      problems.addAll(
          parsed.commandSpec().userObject() instanceof ReadsValues verb
              ? verb.wrongValues()
              : missingFiles(parsed));
    } catch (IOException e) {
      // told by the verb, once its arguments are right
    }
  }

  private static List<Problem> missingFiles(ParseResult parsed) {
    Refusals faults = new Refusals();
    for (ArgSpec argument : parsed.matchedArgs()) {
      boolean isWritten =
          argument instanceof OptionSpec option && WRITTEN.contains(option.longestName());
      if (!isWritten
          && argument.getValue() instanceof Path file
          && !file.equals(ModelOptions.STANDARD_INPUT)) {
        faults.missing(file);
      }
      if (argument instanceof OptionSpec option && SettingOptions.isFile(option)) {
        faults.missing(Path.of(argument.getValue().toString()));
      }
    }
    return faults.problems();
  }

  private static ParameterException parse(CommandLine root, List<String> args) {
    try {
      root.parseArgs(args.toArray(String[]::new));
      return null;
    } catch (ParameterException mistake) {
      return mistake;
    }
  }

  /**
   * The arguments without the mistaken one and its value; all of them where it cannot be told which
   * it was.
   */
  private static List<String> without(ParameterException mistake, List<String> args) {
    List<String> left = new ArrayList<>(args);
    if (mistake instanceof UnmatchedArgumentException unmatched) {
      unmatched.getUnmatched().forEach(left::remove);
      return left;
    }
    if (faulty(mistake) instanceof OptionSpec option) {
      for (String name : option.names()) {
        // the last one: where an option is given twice, that is the one too many
        for (int i = left.size() - 1; i >= 0; i--) {
          if (left.get(i).startsWith(name + "=")) {
            left.remove(i);
            return left;
          }
          if (left.get(i).equals(name)) {
            boolean hasValue =
                i + 1 < left.size()
                    && option.arity().max() > 0
                    && !(mistake instanceof MissingParameterException);
            left.subList(i, hasValue ? i + 2 : i + 1).clear();
            return left;
          }
        }
      }
    } else if (mistake.getValue() != null) {
      left.remove(mistake.getValue());
    }
    return left;
  }

  private void add(ParameterException mistake) {
    for (Problem problem : problems(mistake)) {
      if (!problems.contains(problem)) {
        problems.add(problem);
      }
    }
    if (faulty(mistake) != null) {
      faulty.add(faulty(mistake));
    }
  }

  private List<Problem> problems(ParameterException mistake) {
    if (mistake instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    }
    if (mistake.getCause() instanceof InputException input) {
      return input.problems();
    }
    if (mistake instanceof MissingParameterException missing) {
      return missing.getMissing().stream()
          .filter(argument -> !faulty.contains(argument))
          .map(Mistakes::missing)
          .toList();
    }
    if (mistake instanceof MutuallyExclusiveArgsException) {
      return mistake.getCommandLine().getCommandSpec().argGroups().stream()
          .filter(ArgGroupSpec::exclusive)
          .map(group -> new Problem("arguments", oneOf(group), "more than one of them"))
          .toList();
    }
    if (mistake instanceof OverwrittenOptionException twice) {
      return List.of(new Problem(place(twice.getOverwritten()), "to be given once", "it twice"));
    }
    ArgSpec argument = mistake.getArgSpec();
    if (argument == null) {
      return List.of(new Problem("arguments", "what --help shows", mistake.getMessage()));
    }
    String found = "'" + mistake.getValue() + "'";
    if (mistake.getCause() instanceof WrongValue wrong) {
      return List.of(new Problem(place(argument), wrong.expected(), found, wrong.choices()));
    }
    if (argument.type().isEnum()) {
      return List.of(
          new Problem(
              place(argument),
              "one of the choices",
              found,
              Arrays.stream(argument.type().getEnumConstants()).map(Object::toString).toList()));
    }
    return List.of(new Problem(place(argument), "what --help shows", mistake.getMessage()));
  }

  private static Problem missing(ArgSpec argument) {
    return argument.group() != null && argument.group().exclusive()
        ? new Problem("arguments", oneOf(argument.group()), "none")
        : new Problem(place(argument), "a value", "none");
  }

  private static String oneOf(ArgGroupSpec group) {
    return group.args().stream()
        .map(Mistakes::place)
        .collect(Collectors.joining(", ", "one of ", ""));
  }

  /**
   * Unknown options and verbs with the nearest that there are; words beside an unknown option are
   * taken for its value.
   */
  private static List<Problem> unmatched(UnmatchedArgumentException unmatched) {
    CommandLine verb = unmatched.getCommandLine();
    String name = verb.getCommandSpec().qualifiedName();
    List<String> known =
        verb.getCommandSpec().options().stream()
            .filter(option -> !option.hidden())
            .map(OptionSpec::longestName)
            .toList();
    List<Problem> options =
        unmatched.getUnmatched().stream()
            .filter(argument -> argument.startsWith("-"))
            .map(argument -> argument.split("=", 2)[0])
            .map(
                option ->
                    new Problem(
                        "arguments",
                        "an option of " + name,
                        "'" + option + "'",
                        Nearest.names(option, known, NEAREST)))
            .toList();
    if (!options.isEmpty()) {
      return options;
    }
    String word = unmatched.getUnmatched().get(0);
    List<String> verbs = List.copyOf(verb.getSubcommands().keySet());
    return List.of(
        verbs.isEmpty()
            ? new Problem("arguments", "no further argument of " + name, "'" + word + "'")
            : new Problem(
                "arguments", "a verb", "'" + word + "'", Nearest.names(word, verbs, verbs.size())));
  }

  /** Which argument it is about; null where it cannot be told. */
  private static ArgSpec faulty(ParameterException mistake) {
    return mistake instanceof OverwrittenOptionException twice
        ? twice.getOverwritten()
        : mistake.getArgSpec();
  }

  private static String place(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }
}

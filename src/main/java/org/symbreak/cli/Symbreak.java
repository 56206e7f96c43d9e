package org.symbreak.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.symbreak.source.StandardInput;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The command line's entry point: {@code symbreak VERB ...}; without a verb, the demonstration. */
@Command(
    name = "symbreak",
    versionProvider = Version.class,
    description = {
      "Trains binary classifiers from CSV files, and shows, measures and chooses what weight"
          + " initialization does to them.",
      "Without a verb: trains the same network from zeros, from small Gaussian and from small"
          + " uniform weights, and compares."
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 failed while running, 2 wrong arguments or input, 3 an alarm by"
          + " inspect, 130 interrupted, 141 output not read to its end."
    })
public final class Symbreak implements Callable<Integer> {
  private static final List<Class<?>> VERBS =
      List.of(
          TrainCommand.class,
          ForecastCommand.class,
          EvaluateCommand.class,
          PredictCommand.class,
          InspectCommand.class,
          MendCommand.class,
          ExportCommand.class,
          CompareCommand.class,
          SweepCommand.class,
          AdviseCommand.class,
          ClaimsCommand.class,
          GradcheckCommand.class,
          SymmetryCommand.class,
          DataCommand.class,
          ReportCommand.class,
          ServeCommand.class,
          BackendsCommand.class,
          GenerateCompletion.class);

  @Mixin private Console console;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  private boolean version;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Show where in the program a failure arose.")
  private boolean stackTrace;

  private Symbreak() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    // what is written is the same in every country, whoever formats it
    Locale.setDefault(Locale.ROOT);
    refuseSerializedObjects(args);
    StandardInput.deleteLeftOvers();
    int code =
        run(
            new StandardOutput(new FileOutputStream(FileDescriptor.out)),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            args);
    LauncherFilter.drain();
    System.exit(code);
  }

  /**
   * Runs a command within this process.
   *
   * @return the exit code
   */
  static int run(StandardOutput out, PrintWriter err, String... args) {
    CommandLine line = commandLine(args).setOut(out).setErr(err);
    line.setExecutionStrategy(parsed -> executeAndWrite(line, parsed, out));
    try {
      return line.execute(args);
    } catch (Error e) {
      return Failures.thrown(err, e, List.of(args).contains("--stacktrace"));
    }
  }

  /** A verb is done when its output is written, and not before. */
  private static int executeAndWrite(CommandLine line, ParseResult parsed, StandardOutput out) {
    int code = new CommandLine.RunLast().execute(parsed);
    try {
      out.requireWritten();
      return code;
    } catch (IOException e) {
      throw new ExecutionException(line, "cannot write the output", e);
    }
  }

  /** A command line that knows what these arguments need: to model every verb takes time. */
  private static CommandLine commandLine(String... args) {
    if (args.length == 0 || List.of("--version", "-V").contains(args[0])) {
      return withVerbs(List.of());
    }
    if (List.of("--help", "-h").contains(args[0])) {
      return withVerbs(VERBS.stream().map(Symbreak::outline).toList());
    }
    return VERBS.stream()
        .filter(verb -> isNamed(verb, args[0]))
        .findFirst()
        .map(verb -> withVerbs(List.of(verb)))
        .orElseGet(Symbreak::commandLine);
  }

  /** Whether a verb has this name and can do without the others. */
  private static boolean isNamed(Class<?> verb, String name) {
    return verb != GenerateCompletion.class
        && verb.getAnnotation(Command.class).name().equals(name);
  }

  /** What the list of verbs says of one. */
  private static CommandLine outline(Class<?> verb) {
    Command words = verb.getAnnotation(Command.class);
    CommandSpec outline = CommandSpec.create().name(words.name());
    outline.usageMessage().header(words.header()).description(words.description());
    return new CommandLine(outline);
  }

  /** The whole command line. */
  static CommandLine commandLine() {
    return withVerbs(VERBS);
  }

  private static CommandLine withVerbs(List<?> verbs) {
    Symbreak root = new Symbreak();
    CommandLine line = new CommandLine(root);
    verbs.forEach(line::addSubcommand);
    line.setParameterExceptionHandler((mistake, args) -> wrongArguments(line, mistake, args));
    line.setExecutionExceptionHandler(
        (thrown, verb, parsed) -> Failures.thrown(verb, thrown, root.stackTrace));
    line.setExpandAtFiles(false); // a name that begins with @ is a name
    line.setUsageHelpAutoWidth(true);
    for (CommandLine verb : line.getSubcommands().values()) {
      if (verb.getCommand() instanceof SettingOptions.Holder holder) {
        holder.settings().addTo(verb.getCommandSpec());
      }
      if (verb.getCommand() instanceof SweepCommand) {
        SweepCommand.addAxes(verb.getCommandSpec());
      }
    }
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new GroupedOptions());
    line.setHelpSectionMap(line.getHelpSectionMap());
    return line;
  }

  private static int wrongArguments(CommandLine root, ParameterException mistake, String[] args) {
    PrintWriter err = root.getErr();
    int code = Failures.faults(err, Mistakes.from(root, mistake, args));
    err.println("Help: " + mistake.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return code;
  }

  /**
   * No Java object is ever read from a file by the command line; Spark alone sends them between its
   * processes.
   */
  private static void refuseSerializedObjects(String[] args) {
    if (Arrays.stream(args).noneMatch(argument -> argument.startsWith("--spark"))
        && ObjectInputFilter.Config.getSerialFilter() == null) {
      ObjectInputFilter.Config.setSerialFilter(ObjectInputFilter.Config.createFilter("!*"));
    }
  }

  @Override
  public Integer call() throws IOException {
    return new Demonstration(console).run();
  }
}

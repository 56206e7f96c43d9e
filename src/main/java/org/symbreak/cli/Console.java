package org.symbreak.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Where a verb's words come out: results on standard output, everything else on standard error.
 * With {@code --json} the one thing on standard output is a JSON document.
 */
@Heading("Output")
final class Console {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec verb;

  @Option(
      names = "--json",
      description = "One JSON document on standard output, nothing else there.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  boolean isJson() {
    return json;
  }

  /** A line of the result; nothing with {@code --json}. */
  void line(String format, Object... arguments) {
    if (!json) {
      PrintWriter out = verb.commandLine().getOut();
      out.println(arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments));
      out.flush();
    }
  }

  /** The result with {@code --json}: one document; nothing without it. */
  void document(String document) {
    if (json) {
      PrintWriter out = verb.commandLine().getOut();
      out.println(document.stripTrailing());
      out.flush();
    }
  }

  /** The same of a record or a map. */
  void document(Object value) {
    if (json) {
      try {
        document(JSON.writeValueAsString(value));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("cannot write as JSON: " + value, e);
      }
    }
  }

  /** A line that is no result: what a user should know on the way. */
  void notice(String format, Object... arguments) {
    PrintWriter err = verb.commandLine().getErr();
    err.println(arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments));
    err.flush();
  }

  /**
   * The result as it is, to be flushed and not closed; for streams of rows. It throws where it
   * cannot write.
   */
  Writer rows() {
    return ((StandardOutput) verb.commandLine().getOut()).rows();
  }

  /**
   * Begins to tell how far a piece of work is.
   *
   * @param task what is done, in a word or two
   * @param total steps of it at the most, from 1
   */
  Progress progress(String task, long total) {
    return Progress.begin(verb.commandLine().getErr(), task, total);
  }
}

package org.symbreak.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;
import picocli.CommandLine;

/**
 * What went wrong becomes words on standard error and an exit code. No stack trace for a user's
 * mistake; {@code --stacktrace} shows it.
 */
final class Failures {
  private Failures() {}

  /** Refusals of the arguments or of a file, each in a line. */
  static int faults(PrintWriter err, List<Problem> problems) {
    problems.forEach(problem -> err.println("symbreak: " + problem));
    err.flush();
    return ExitCode.WRONG_INPUT;
  }

  /** What a verb threw. */
  static int thrown(CommandLine verb, Throwable thrown, boolean stackTrace) {
    return thrown(verb.getErr(), thrown, stackTrace);
  }

  /** What was thrown where there may be no verb yet. */
  static int thrown(PrintWriter err, Throwable thrown, boolean stackTrace) {
    int code;
    if (thrown instanceof InputException input) {
      code = faults(err, input.problems());
    } else if (thrown instanceof InterruptedException || thrown instanceof CancellationException) {
      err.println("symbreak: interrupted");
      code = ExitCode.INTERRUPTED;
    } else if (thrown instanceof ClosedPipeException) {
      code = ExitCode.CLOSED_PIPE;
    } else {
      err.println("symbreak: " + failure(thrown));
      code = ExitCode.FAILED;
    }
    if (stackTrace) {
      thrown.printStackTrace(err);
    }
    err.flush();
    return code;
  }

  /** In words what Java says by the class of the exception alone. */
  private static String reason(FileSystemException file) {
    if (file instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (file instanceof AccessDeniedException) {
      return "no permission";
    }
    return file instanceof FileAlreadyExistsException
        ? "is there already"
        : file.getClass().getSimpleName();
  }

  private static String failure(Throwable thrown) {
    Throwable cause =
        thrown instanceof UncheckedIOException unchecked ? unchecked.getCause() : thrown;
    if (cause instanceof FileSystemException file) {
      return file.getFile() + ": " + (file.getReason() == null ? reason(file) : file.getReason());
    }
    if (cause instanceof IOException) {
      return cause.getMessage();
    }
    if (cause instanceof OutOfMemoryError) {
      return "out of memory with "
          + Runtime.getRuntime().maxMemory() / (1 << 20)
          + " MB: give more, as in SYMBREAK_OPTS=-Xmx8g, or take less at a time (--batch)";
    }
    return "unexpected " + cause + " (--stacktrace shows where)";
  }
}

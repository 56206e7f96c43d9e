package org.symbreak.cli;

import java.io.IOException;
import java.util.Locale;

/** Whoever read standard output has had enough, as {@code head} has after ten lines. */
final class ClosedPipeException extends IOException {
  private static final long serialVersionUID = 1;

  ClosedPipeException(IOException cause) {
    super(cause.getMessage(), cause);
  }

  /** Whether the system's words for the failure of a write say so; Java has no type for it. */
  static boolean isMeantBy(IOException failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("broken pipe") || message.contains("pipe is being closed");
  }
}

package org.symbreak.cli;

/** What the process ends with. */
final class ExitCode {
  /** Done. A claim that does not hold is a result, not a failure. */
  static final int DONE = 0;

  /**
   * A failure while running: a diverged training (its best weights are kept), a failed gradient
   * check.
   */
  static final int FAILED = 1;

  /** Wrong arguments or input, a refused file. */
  static final int WRONG_INPUT = 2;

  /** An alarm: a group of identical units or a dead unit. */
  static final int ALARM = 3;

  /** Interrupted, with what was done saved: 128 + SIGINT. */
  static final int INTERRUPTED = 130;

  /** Nobody reads the output to its end, which is not worth a word: 128 + SIGPIPE. */
  static final int CLOSED_PIPE = 141;

  private ExitCode() {}
}

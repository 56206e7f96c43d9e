package org.symbreak.cli;

/** Whether a person watches standard error. */
final class Terminal {
  /**
   * Set by the launcher, which can ask the system; Java itself knows about standard input and
   * output only.
   */
  private static final String SAID = "symbreak.terminal";

  private Terminal() {}

  static boolean isThere() {
    String said = System.getProperty(SAID);
    return said != null
        ? Boolean.parseBoolean(said)
        : System.console() != null && Runtime.version().feature() < 22;
  }
}

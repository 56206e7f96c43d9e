package org.symbreak.experiment;

/**
 * A run broke down: not a diverged training, which is a result, but a fault of the program or of
 * the machine.
 */
public final class RunFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A run on a cluster, which says itself which one it was. */
  public RunFailure(Throwable cause) {
    super("a run broke down: " + cause.getMessage(), cause);
  }

  RunFailure(RunTask task, Throwable cause) {
    super(
        "a run broke down: "
            + cause
            + System.lineSeparator()
            + "to see it alone: "
            + task.spec().toCommand(),
        cause);
  }
}

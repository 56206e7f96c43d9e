package org.symbreak.cli;

import picocli.CommandLine.Option;

/** How much the rows of each class count in the loss. */
@Heading("Budget")
final class ClassWeightOption {
  @Option(
      names = "--class-weight",
      paramLabel = "balanced",
      description = "'balanced' weighs rows so that both classes count the same.")
  private ClassWeight classWeight = ClassWeight.none;

  /** What picocli lists as the values of the option. */
  enum ClassWeight {
    none,
    balanced
  }

  boolean isBalanced() {
    return classWeight == ClassWeight.balanced;
  }
}

package org.symbreak.cli;

import java.util.ArrayList;
import java.util.List;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.OptimizerSpec;
import picocli.CommandLine.Option;

/** How parameters are moved. */
@Heading("Optimizer")
final class OptimizerOptions {
  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      defaultValue = "adam",
      converter = Values.Optimizer.class,
      description =
          "sgd, nesterov, adam, or over the full batch lbfgs, cg. Default: ${DEFAULT-VALUE}.")
  private OptimizerSpec.Kind kind;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      converter = Values.Rate.class,
      description =
          "Step size. Default: "
              + Defaults.LEARNING_RATE
              + " for adam, "
              + Defaults.SLOPE_LEARNING_RATE
              + " for sgd and nesterov.")
  private Double learningRate;

  @Option(
      names = "--momentum",
      paramLabel = "SHARE",
      converter = Values.Share.class,
      description = "Of nesterov. Default: " + Defaults.MOMENTUM + ".")
  private Double momentum;

  @Option(
      names = "--decay",
      paramLabel = "FORMULA",
      defaultValue = "none",
      converter = Values.Decay.class,
      description =
          "Of the learning rate: exponential:GAMMA, inverse:GAMMA[:POWER], step:GAMMA:EVERY, by iterations. Default: ${DEFAULT-VALUE}.")
  private OptimizerSpec.Decay decay;

  /**
   * The optimizer that these options describe.
   *
   * @throws InputException where an option is given that the optimizer would ignore
   */
  OptimizerSpec spec() {
    List<Problem> problems = new ArrayList<>();
    if (momentum != null && kind != OptimizerSpec.Kind.NESTEROV) {
      problems.add(
          new Problem("--momentum", "--optimizer nesterov beside it", "--optimizer " + kind));
    }
    if (isLineSearch() && (learningRate != null || !decay.equals(OptimizerSpec.Decay.NONE))) {
      problems.add(
          new Problem(
              "--learning-rate, --decay",
              "an optimizer with a learning rate",
              "--optimizer " + kind,
              List.of("sgd", "nesterov", "adam")));
    }
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    double rate = learningRate != null ? learningRate : Defaults.learningRate(kind);
    return new OptimizerSpec(kind, rate, momentum == null ? Defaults.MOMENTUM : momentum, decay);
  }

  /** Whether the optimizer searches along lines over all rows. */
  boolean isLineSearch() {
    return kind.isLineSearch();
  }
}

package org.symbreak.setting;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.symbreak.data.CsvFormat;
import org.symbreak.data.DataSpec;
import org.symbreak.network.NetworkSpec;
import org.symbreak.setting.OptimizerSpec.Decay;

/**
 * A run as the command that a user would type: the options in which it differs from the defaults,
 * quoted for a POSIX shell.
 */
final class RunCommand {
  private final List<String> words = new ArrayList<>(List.of("symbreak", "train"));

  private RunCommand() {}

  static String of(RunSpec run) {
    RunCommand command = new RunCommand();
    command.words.add(run.data().file());
    command.data(run.data());
    command.network(run.network());
    command.optimizer(run.optimizer());
    command.budget(run.budget());
    command.option("--threshold", run.threshold(), Defaults.THRESHOLD);
    command.option("--seed", run.seed(), Defaults.SEED);
    command.option("--engine", run.engine(), Defaults.ENGINE);
    return command.words.stream().map(RunCommand::quoted).collect(Collectors.joining(" "));
  }

  private void data(DataSpec data) {
    DataSpec usual = DataSpec.of(data.file(), null, null);
    CsvFormat format = data.format();
    option("--label", data.label(), null);
    option("--positive", data.positive(), null);
    option("--test", data.testFile(), null);
    option("--test-fraction", data.testFraction(), usual.testFraction());
    option("--validation-fraction", data.validationFraction(), usual.validationFraction());
    list("--numeric", data.numeric());
    list("--categorical", data.categorical());
    list("--ignore", data.ignore());
    flag("--no-standardize", !data.standardize());
    option(
        "--separator",
        switch (format.separator()) {
          case '\t' -> "tab";
          case ' ' -> "spaces";
          default -> format.separator();
        },
        CsvFormat.DEFAULT.separator());
    option("--quote", format.quote(), CsvFormat.DEFAULT.quote());
    option("--decimal", format.decimal(), CsvFormat.DEFAULT.decimal());
    option("--comment", format.comment(), CsvFormat.NO_COMMENT);
    option("--encoding", format.encoding(), CsvFormat.DEFAULT.encoding());
    flag("--no-header", !format.header());
    if (!format.missing().equals(CsvFormat.DEFAULT.missing())) {
      list("--missing", format.missing());
    }
  }

  private void network(NetworkSpec network) {
    NetworkSpec usual = Defaults.network();
    option(
        "--hidden",
        network.hidden().isEmpty() ? "none" : layers(network.hidden()),
        layers(usual.hidden()));
    if (!network.hidden().isEmpty()) {
      option("--activation", layers(network.activations()), layers(usual.activations()));
    }
    option("--init", network.weights(), usual.weights());
    option("--bias-init", network.biases(), usual.biases());
    option("--l2", network.l2(), usual.l2());
    option(
        "--precision",
        network.precision().name().toLowerCase(Locale.ROOT),
        usual.precision().name().toLowerCase(Locale.ROOT));
  }

  private void optimizer(OptimizerSpec optimizer) {
    option("--optimizer", optimizer.kind(), Defaults.OPTIMIZER);
    if (!optimizer.kind().isLineSearch()) {
      option("--learning-rate", optimizer.learningRate(), Defaults.learningRate(optimizer.kind()));
      option("--decay", decay(optimizer.decay()), decay(Decay.NONE));
    }
    if (optimizer.kind() == OptimizerSpec.Kind.NESTEROV) {
      option("--momentum", optimizer.momentum(), Defaults.MOMENTUM);
    }
  }

  private void budget(BudgetSpec budget) {
    option("--epochs", budget.epochs(), BudgetSpec.AUTO);
    option(
        "--batch",
        budget.batchSize() == BudgetSpec.FULL_BATCH ? "full" : budget.batchSize(),
        BudgetSpec.AUTO);
    flag("--no-early-stopping", !budget.earlyStopping());
    if (budget.earlyStopping()) {
      option("--patience", budget.patience(), BudgetSpec.AUTO);
    }
    if (budget.balancedClasses()) {
      option("--class-weight", "balanced", null);
    }
  }

  private static String decay(Decay decay) {
    return switch (decay.kind()) {
      case NONE -> "none";
      case EXPONENTIAL -> "exponential:" + decay.gamma();
      case INVERSE -> "inverse:" + decay.gamma() + ":" + decay.parameter();
      case STEP -> "step:" + decay.gamma() + ":" + decay.parameter();
    };
  }

  private static String layers(List<?> layers) {
    return layers.stream().map(Object::toString).collect(Collectors.joining("/"));
  }

  private void option(String name, Object value, Object usual) {
    if (!Objects.equals(value, usual)) {
      words.add(name);
      words.add(value.toString());
    }
  }

  private void list(String name, List<String> values) {
    if (!values.isEmpty()) {
      words.add(name);
      words.add(String.join(",", values));
    }
  }

  private void flag(String name, boolean set) {
    if (set) {
      words.add(name);
    }
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=,+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}

package org.symbreak.experiment;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.symbreak.init.Initializations;
import org.symbreak.network.Activation;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Setting;
import org.symbreak.setting.Settings;

/**
 * The settings that a search tries, each a run: the usual one and logistic regression first, then
 * those that most often do better, then what chance draws from all combinations.
 *
 * @param usual the run as it is without a search
 * @param fixed settings that somebody gave, and that stay as they are
 * @param rows of the file, by which penalties are measured
 * @param seed of what chance draws
 */
record Candidates(RunSpec usual, Set<Setting<?>> fixed, long rows, long seed) {
  /** What is varied. */
  static final List<Setting<?>> VARIED =
      List.of(
          Settings.HIDDEN, Settings.ACTIVATION, Settings.INIT, Settings.L2, Settings.LEARNING_RATE);

  /** Penalties times rows. */
  private static final List<Double> PENALTIES = List.of(0.3, 1.0, 3.0, 10.0, 30.0, 100.0);

  /** Learning rates, as multiples of the usual one. */
  private static final List<Double> RATES = List.of(0.3, 1.0, 3.0);

  private static final List<List<Integer>> LAYERS =
      List.of(
          List.of(4),
          List.of(16),
          List.of(64),
          List.of(16, 16),
          List.of(64, 64),
          List.of(32, 32, 32));

  private static final List<String> ACTIVATIONS = List.of("tanh", "relu", "sigmoid");

  private static final List<String> SCALES = List.of("glorot", "he", "gaussian:0.01", "gaussian:1");

  /** As many different settings as there are without these, at most so many. */
  List<RunSpec> first(int most, Set<RunSpec> without) {
    return Stream.concat(tried().stream(), drawn().stream())
        .distinct()
        .filter(setting -> !without.contains(setting))
        .limit(most)
        .toList();
  }

  /** Logistic regression, to its minimum unless an optimizer was given. */
  RunSpec logistic() {
    return logistic(null);
  }

  private List<RunSpec> tried() {
    List<RunSpec> tried = new ArrayList<>(List.of(usual));
    if (!isNetworkFixed()) {
      tried.add(logistic());
    }
    if (usual.network().hidden().isEmpty()) {
      PENALTIES.forEach(penalty -> tried.add(logistic(penalty)));
      return tried;
    }
    List<Integer> wide = List.of(64);
    tried.add(network(null, null, null, 10.0, null));
    tried.add(network(null, null, null, 30.0, null));
    tried.add(network(wide, "relu", "he", 10.0, null));
    tried.add(network(wide, "relu", "he", 30.0, 0.3));
    tried.add(network(null, null, null, 1.0, null));
    tried.add(network(List.of(16, 16), null, null, 10.0, null));
    tried.add(network(List.of(64, 64), "relu", "he", 10.0, 0.3));
    tried.add(network(wide, null, null, null, null));
    if (!isNetworkFixed()) {
      tried.add(logistic(10.0));
    }
    tried.add(network(wide, "relu", "he", 1.0, null));
    tried.add(network(null, null, "gaussian:0.01", 10.0, null));
    tried.add(network(null, null, null, 100.0, null));
    tried.add(network(null, null, null, null, 3.0));
    if (!isNetworkFixed()) {
      tried.add(logistic(30.0));
    }
    tried.add(network(List.of(4), null, null, null, null));
    return tried;
  }

  private List<RunSpec> drawn() {
    List<RunSpec> all = new ArrayList<>();
    if (!usual.network().hidden().isEmpty()) {
      for (List<Integer> layers : LAYERS) {
        for (String activation : ACTIVATIONS) {
          for (String scale : SCALES) {
            for (double penalty : PENALTIES) {
              RATES.forEach(rate -> all.add(network(layers, activation, scale, penalty, rate)));
            }
          }
        }
      }
      Collections.shuffle(all, new Random(seed));
    }
    return all;
  }

  private boolean isNetworkFixed() {
    return fixed.contains(Settings.HIDDEN);
  }

  /** What is null stays as it is. */
  private RunSpec network(
      List<Integer> hidden, String activation, String init, Double penalty, Double rate) {
    Map<Setting<?>, Object> varied = new LinkedHashMap<>();
    put(varied, Settings.HIDDEN, hidden);
    put(
        varied,
        Settings.ACTIVATION,
        activation == null ? null : List.of(Activation.parse(activation)));
    put(varied, Settings.INIT, init == null ? null : Initializations.parseLayers(init));
    put(varied, Settings.L2, penalty == null ? null : l2(penalty));
    if (rate != null && !usual.optimizer().kind().isLineSearch()) {
      put(varied, Settings.LEARNING_RATE, rounded(rate * usual.optimizer().learningRate()));
    }
    return Settings.with(usual, varied);
  }

  private RunSpec logistic(Double penalty) {
    Map<Setting<?>, Object> varied = new LinkedHashMap<>();
    varied.put(Settings.HIDDEN, List.of());
    put(varied, Settings.L2, penalty == null ? null : l2(penalty));
    boolean isSteppingGiven =
        fixed.contains(Settings.OPTIMIZER) || fixed.contains(Settings.LEARNING_RATE);
    return isSteppingGiven ? Settings.with(usual, varied) : Settings.described(usual, varied);
  }

  private void put(Map<Setting<?>, Object> varied, Setting<?> setting, Object value) {
    if (value != null && !fixed.contains(setting)) {
      varied.put(setting, value);
    }
  }

  /** The λ that is so much for each of the file's rows. */
  private double l2(double penalty) {
    return rounded(penalty / rows);
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(2)).doubleValue();
  }

  /** In what a setting differs from the usual one. */
  String name(RunSpec setting) {
    if (setting.equals(usual)) {
      return setting.network().hidden().isEmpty() ? "logistic regression" : "the usual network";
    }
    boolean isLogistic = setting.network().hidden().isEmpty();
    String differences =
        VARIED.stream()
            .filter(varied -> !varied.text(setting).equals(varied.text(usual)))
            .filter(varied -> !isLogistic || varied == Settings.L2)
            .map(varied -> varied.name() + " " + varied.text(setting))
            .collect(Collectors.joining(", "));
    return isLogistic
        ? "logistic regression" + (differences.isEmpty() ? "" : ", " + differences)
        : differences;
  }
}

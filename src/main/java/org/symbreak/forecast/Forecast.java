package org.symbreak.forecast;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.theory.MeanField;

/**
 * What is said of a run before it is trained.
 *
 * @param layers the signal, a layer each, the output last
 * @param phase null with less than two hidden layers
 * @param isometry null with less than two hidden layers
 * @param waiting null for optimizers that search along lines
 * @param band null where it was not asked for
 * @param sentences signal, waiting and constant, each with what it comes from
 */
public record Forecast(
    List<LayerSignal> layers,
    Phase phase,
    Isometry isometry,
    Waiting waiting,
    Band band,
    List<String> sentences) {
  /** Products of rows and parameters from which on a run is long: a minute, about. */
  private static final double LONG_RUN = 5e10;

  public Forecast {
    layers = List.copyOf(layers);
    sentences = List.copyOf(sentences);
  }

  /**
   * @param start flat vector at which the run begins
   * @param steps of the run
   */
  public static Forecast of(TrainingProblem problem, double[] start, long steps) {
    List<LayerSignal> layers = SignalPass.of(problem);
    Phase phase = Phase.of(problem, start);
    Isometry isometry = Isometry.of(problem, start);
    boolean isStepping = !problem.optimizer().kind().isLineSearch();
    Waiting waiting = isStepping ? Waiting.of(problem, start, steps, Waiting.WORK) : null;
    Band band =
        isStepping && !problem.network().hidden().isEmpty() ? Band.of(problem, steps) : null;
    List<String> sentences = new ArrayList<>();
    sentences.add(signal(layers, phase, isometry));
    sentences.add(
        isStepping
            ? waiting.sentence()
            : "Waiting: "
                + problem.optimizer().kind()
                + " searches along lines; nothing is derived for it.");
    if (!problem.network().hidden().isEmpty()) {
      sentences.add(constant(problem.network(), band));
    }
    return new Forecast(layers, phase, isometry, waiting, band, sentences);
  }

  /**
   * What to expect of a run that takes long, in a sentence; empty for one that does not, and for
   * optimizers that search along lines.
   *
   * @param start flat vector at which the run begins
   * @param steps of the run
   */
  public static Optional<String> expectation(TrainingProblem problem, double[] start, long steps) {
    double products =
        (double) steps * Math.min(problem.batchSize(), problem.rows().rows()) * start.length;
    return products < LONG_RUN || problem.optimizer().kind().isLineSearch()
        ? Optional.empty()
        : Optional.of(Waiting.of(problem, start, steps, Waiting.WORK).sentence());
  }

  /**
   * Why a run is to be left out of a search: what its first gradient says of why it will not leave
   * where it begins, in a sentence's part; empty where nothing says so.
   *
   * @param start flat vector at which the run begins
   * @param steps of the run
   */
  public static Optional<String> hopeless(TrainingProblem problem, double[] start, long steps) {
    return new Obstacle(problem, start).of(steps);
  }

  /**
   * Why a run is where a constant prediction is after so many steps, as far as that follows from
   * its first weights without training: what the first gradient says, or else the escape law where
   * it has the plateau end later than that. Empty where neither foretells it.
   *
   * @param start flat vector at which the run began
   * @param taken steps
   */
  public static Optional<String> delay(TrainingProblem problem, double[] start, long taken) {
    if (problem.network().hidden().isEmpty() || problem.optimizer().kind().isLineSearch()) {
      return Optional.empty();
    }
    return hopeless(problem, start, taken)
        .or(
            () -> {
              EscapeLaw law = EscapeLaw.of(problem, start);
              return law.steps() > taken
                  ? Optional.of(
                      String.format(
                          Locale.ROOT,
                          "by the escape law of small weights the loss leaves a constant"
                              + " prediction's at about step %d",
                          law.steps()))
                  : Optional.empty();
            });
  }

  private static String signal(List<LayerSignal> layers, Phase phase, Isometry isometry) {
    LayerSignal first = layers.get(0);
    LayerSignal last = layers.get(Math.max(0, layers.size() - 2));
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "Signal, measured in passes over rows at %d seeds: sums of inputs have the mean"
                    + " square %.3g in layer %d",
                SignalPass.SEEDS,
                first.sums(),
                first.layer()));
    if (last != first) {
      text.append(String.format(Locale.ROOT, " and %.3g in layer %d", last.sums(), last.layer()));
      if (last.sumsTheory() != null) {
        text.append(String.format(Locale.ROOT, " (mean field: %.3g)", last.sumsTheory()));
      }
    }
    if (phase != null) {
      text.append(
          String.format(
              Locale.ROOT,
              "; by mean-field theory χ = %.3g, %s: gradients change by a factor of e in %s layers",
              phase.growth(),
              phase.name(),
              phase.depth() > 1000
                  ? "over 1000"
                  : String.format(Locale.ROOT, "%.1f", phase.depth())));
    }
    if (isometry != null) {
      text.append(
          String.format(
              Locale.ROOT,
              "; singular values of the layers' Jacobian, measured: median %.2g, from %.2g to %.2g",
              isometry.median(),
              isometry.smallest(),
              isometry.largest()));
    }
    return text.append('.').toString();
  }

  private static String constant(NetworkSpec network, Band band) {
    Activation activation = network.activation(0);
    double variance = MeanField.criticalVariance(activation::value, activation::slope, 0);
    String text;
    if (Double.isNaN(variance)) {
      text =
          "no size of weights is critical for " + activation + "; --init lsuv fits it to the rows";
    } else {
      double weights = MeanField.keeping(activation::slope, variance);
      String equals =
          Math.abs(weights - 1) < 1e-6
              ? ", which is LeCun's"
              : Math.abs(weights - 2) < 1e-6 ? ", which is He's" : "";
      text =
          String.format(
              Locale.ROOT,
              "gradients keep their size through any depth at σ_w = %.4g%s (--init critical)",
              Math.sqrt(weights),
              equals);
      if (variance > 9) {
        text +=
            String.format(
                Locale.ROOT,
                ", at the price of sums of inputs of size %.2g, where units are saturated; --init"
                    + " lsuv keeps them at 1",
                Math.sqrt(variance));
      }
    }
    String span =
        band == null
            ? ""
            : band.lowest() == null
                ? "; in the reduced model no gaussian scale halves the loss within the budget"
                : String.format(
                    Locale.ROOT,
                    "; in the reduced model gaussian scales from %s to %s halve the loss within the"
                        + " budget",
                    number(band.lowest()),
                    number(band.highest()));
    return "Constant, by mean-field theory: " + text + span + ".";
  }

  private static String number(double scale) {
    return new BigDecimal(Double.toString(scale)).stripTrailingZeros().toPlainString();
  }
}

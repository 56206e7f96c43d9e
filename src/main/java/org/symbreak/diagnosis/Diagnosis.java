package org.symbreak.diagnosis;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.symbreak.diagnosis.RunFinding.Kind;
import org.symbreak.model.Evaluation;
import org.symbreak.optimizer.StopReason;
import org.symbreak.symmetry.LayerSymmetry;

/** From the measurements of a run to what is wrong with it. */
public final class Diagnosis {
  /** More than a reader follows at once. */
  private static final int MOST = 3;

  /** Saturated units are a fault only where less than this share of the loss is gone. */
  private static final double LITTLE_LEARNED = 0.1;

  /** From this share of a layer's units or activations on it is dead or saturated. */
  private static final double HALF = 0.5;

  /** How many times a loss is far above another. */
  private static final double FAR_ABOVE = 1.5;

  /** The loss of giving every row one half, where small weights begin. */
  private static final double UNDECIDED = StrictMath.log(2);

  /** A loss that falls by less, as a share of a constant prediction's, has as good as settled. */
  private static final double STILL_FALLS = 0.02;

  /**
   * Activations of this size add less than a thousandth of what activations of size one would to
   * every gradient behind them.
   */
  private static final double FADED = 1e-3;

  /** Standardized features have size 1; from here on weights meant for those are too large. */
  private static final double LARGE_FEATURE = 10;

  /** Standard errors by which a number must be off to be more than chance. */
  private static final double ERRORS = 2;

  /** Share of a class's rows called so, below which it is hardly ever called. */
  private static final double HARDLY = 0.1;

  /** Rows of a class below which nothing is said of how it is called. */
  private static final double FEWEST = 5;

  private static final List<Function<Diagnosis, Optional<RunFinding>>> RULES =
      List.of(
          Diagnosis::notFinite,
          Diagnosis::lossRose,
          Diagnosis::sameUnits,
          Diagnosis::deadUnits,
          Diagnosis::saturatedUnits,
          Diagnosis::largeStart,
          Diagnosis::fadedSignals,
          Diagnosis::stillFalling,
          Diagnosis::nothingLearned,
          Diagnosis::firstWeights,
          Diagnosis::oneClass,
          Diagnosis::oneCall,
          Diagnosis::nothingCarriesOver,
          Diagnosis::probabilitiesOff);

  private final RunMeasures run;

  private Diagnosis(RunMeasures run) {
    this.run = run;
  }

  /**
   * @return the gravest first; none where nothing is wrong as far as it was measured
   */
  public static List<RunFinding> of(RunMeasures run) {
    Diagnosis diagnosis = new Diagnosis(run);
    return RULES.stream().flatMap(rule -> rule.apply(diagnosis).stream()).limit(MOST).toList();
  }

  private Optional<RunFinding> notFinite() {
    if (!Double.isFinite(run.firstLoss())) {
      return found(
          Kind.NOT_FINITE, remedyOfScale(), "the loss of the first weights is not a finite number");
    }
    if (Double.isFinite(run.last().loss()) || run.stopped() != StopReason.DIVERGED) {
      return Optional.empty();
    }
    return found(
        Kind.NOT_FINITE,
        smallerRate(),
        "from %s at the first weights the training loss went beyond all numbers within %d steps",
        number(run.firstLoss()),
        run.last().iteration());
  }

  private Optional<RunFinding> lossRose() {
    double most = FAR_ABOVE * Math.max(run.firstLoss(), run.constantLoss());
    return run.last().loss() > most && Double.isFinite(run.last().loss())
        ? found(
            Kind.LOSS_ROSE,
            smallerRate(),
            "the training loss rose from %s to %s in %d steps",
            number(run.firstLoss()),
            number(run.last().loss()),
            run.last().iteration())
        : Optional.empty();
  }

  private Optional<RunFinding> sameUnits() {
    for (int layer = 0; layer < run.units().size(); layer++) {
      LayerSymmetry now = run.units().get(layer);
      int distinct = now.distinctUnitsWithinTolerance();
      boolean began =
          run.first().get(layer).distinctUnitsWithinTolerance()
              < run.first().get(layer).hiddenUnits();
      // what dead units weigh is the penalty's doing alone
      if (distinct < now.hiddenUnits() && (began || !isDead(now))) {
        return found(
            Kind.SAME_UNITS,
            began
                ? "weights that differ from the start, such as --init glorot"
                : "fewer --hidden units or a smaller --l2: at the first weights they all differed",
            distinct == 1
                ? "all %d hidden units of layer %d are the same, to %4$s of the largest weight%5$s"
                : "the %d hidden units of layer %d are only %d different ones, to %s of the largest"
                    + " weight%s",
            now.hiddenUnits(),
            now.layer(),
            distinct,
            number(now.tolerance()),
            loss());
      }
    }
    return Optional.empty();
  }

  private Optional<RunFinding> deadUnits() {
    for (int layer = 0; layer < run.units().size(); layer++) {
      LayerSymmetry now = run.units().get(layer);
      if (isDead(now)) {
        boolean began = isDead(run.first().get(layer));
        String otherwise =
            ", or an --activation without a dead side, such as tanh or leakyrelu, in place of "
                + run.network().activation(layer);
        return found(
            Kind.DEAD_UNITS,
            (!began ? smallerRate() : hasZeroBiases() ? "another --init" : "--bias-init zeros")
                + otherwise,
            "%s of the units of layer %d put out nothing on every row that was looked at (%s at the"
                + " first weights)%s",
            share(now.dead()),
            now.layer(),
            share(run.first().get(layer).dead()),
            loss());
      }
    }
    return Optional.empty();
  }

  private Optional<RunFinding> saturatedUnits() {
    if (run.last().loss() < (1 - LITTLE_LEARNED) * run.constantLoss()) {
      return Optional.empty();
    }
    for (int layer = 0; layer < run.units().size(); layer++) {
      LayerSymmetry now = run.units().get(layer);
      Double before = run.first().get(layer).saturated();
      if (now.saturated() != null && now.saturated() >= HALF) {
        return found(
            Kind.SATURATED_UNITS,
            before != null && before >= HALF ? remedyOfScale() : smallerRate(),
            "%s of the activations of layer %d are where %s is flat (%s at the first weights)%s",
            share(now.saturated()),
            now.layer(),
            run.network().activation(layer),
            share(before),
            loss());
      }
    }
    return Optional.empty();
  }

  private Optional<RunFinding> largeStart() {
    return Double.isFinite(run.firstLoss())
            && run.firstLoss() > FAR_ABOVE * UNDECIDED
            && run.last().loss() > FAR_ABOVE * UNDECIDED
        ? found(
            Kind.LARGE_START,
            remedyOfScale(),
            "the training loss is %s at the first weights and %s after %d steps, that of giving"
                + " every row one half %s",
            number(run.firstLoss()),
            number(run.last().loss()),
            run.last().iteration(),
            number(UNDECIDED))
        : Optional.empty();
  }

  private Optional<RunFinding> fadedSignals() {
    return run.isOnPlateau()
            && sameUnits().isEmpty()
            && run.firstSignal() != null
            && run.firstSignal() < FADED
            && deadUnits().isEmpty()
        ? found(
            Kind.FADED_SIGNALS,
            "larger weights, such as --init glorot, or he behind relu",
            "at the first weights the activations of the last hidden layer have size %s, where"
                + " those of features have %s%s",
            number(run.firstSignal()),
            number(run.largestFeature()),
            loss())
        : Optional.empty();
  }

  private Optional<RunFinding> stillFalling() {
    LossTrail.Moment before = run.trail().earlier();
    LossTrail.Moment now = run.last();
    boolean outOfSteps = run.stopped() == StopReason.BUDGET || run.stopped() == StopReason.STUCK;
    if (!outOfSteps
        || before == null
        || !(before.loss() - now.loss() > STILL_FALLS * run.constantLoss())
        || before.validationLoss() != null
            && !(before.validationLoss() - now.validationLoss()
                > STILL_FALLS * run.constantLoss())) {
      return Optional.empty();
    }
    return found(
        Kind.STILL_FALLING,
        "more --epochs"
            + (run.optimizer().kind().isLineSearch()
                ? ""
                : " or a larger --learning-rate (now %s)"
                    .formatted(run.optimizer().learningRate())),
        "when the steps were used up the training loss still fell, from %s at step %d to %s at step"
            + " %d%s",
        number(before.loss()),
        before.iteration(),
        number(now.loss()),
        now.iteration(),
        before.validationLoss() == null
            ? ""
            : ", and the validation loss from %s to %s"
                .formatted(number(before.validationLoss()), number(now.validationLoss())));
  }

  private Optional<RunFinding> nothingLearned() {
    boolean isExplained =
        Stream.of(
                sameUnits(),
                deadUnits(),
                saturatedUnits(),
                largeStart(),
                fadedSignals(),
                stillFalling(),
                lossRose())
            .anyMatch(Optional::isPresent);
    if (!run.isOnPlateau() || isExplained || !hasEnded() || run.last().iteration() == 0) {
      return Optional.empty();
    }
    return found(
        Kind.NOTHING_LEARNED,
        run.network().hidden().isEmpty()
            ? "hidden units (--hidden 16): without them the classes can be divided by a straight"
                + " line alone"
            : run.delay() == null
                ? "a larger --learning-rate, or features that say more of the label: no other cause"
                    + " was measured"
                : "larger weights, such as --init glorot, or more --epochs",
        "after %d steps %s",
        run.last().iteration(),
        losses());
  }

  private Optional<RunFinding> firstWeights() {
    return hasEnded()
            && run.keptIteration() == 0
            && run.last().iteration() > 0
            && run.last().validationLoss() != null
            && run.stopped() != StopReason.DIVERGED
        ? found(
            Kind.FIRST_WEIGHTS,
            smallerRate() + ", or more rows",
            "no step led to a lower validation loss than the first weights have; it is %s after %d"
                + " steps",
            number(run.last().validationLoss()),
            run.last().iteration())
        : Optional.empty();
  }

  private Optional<RunFinding> oneClass() {
    Evaluation judges = run.judges();
    return judges != null && (judges.positiveShare() == 0 || judges.positiveShare() == 1)
        ? found(
            Kind.ONE_CLASS,
            "a larger part of rows, or another --seed",
            "all %d %s rows are %s: nothing can be said of the other class, and AUC is undefined",
            judges.rows(),
            part(),
            judges.positiveShare() == 1 ? "positive" : "negative")
        : Optional.empty();
  }

  /** Where rows are ranked well, and yet hardly one of the rarer class is called so. */
  private Optional<RunFinding> oneCall() {
    boolean isJudged =
        run.judges() != null && rarer(run.judges()) >= FEWEST && ranksBeyondChance(run.judges());
    Evaluation at = isJudged ? run.judges() : run.train();
    if (at == null || rarer(at) < FEWEST || !ranksBeyondChance(at)) {
      return Optional.empty();
    }
    boolean positive = at.positiveShare() <= HALF;
    Double called = positive ? at.recall() : at.specificity();
    return called <= HARDLY
        ? found(
            Kind.ONE_CALL,
            "--threshold f1" + (run.weighted() ? "" : ", or --class-weight balanced"),
            "of %d %s rows that are %s, %s are called so at the threshold %s; yet they are ranked"
                + " well (AUC %s)",
            Math.round(rarer(at)),
            isJudged ? part() : "training",
            positive ? "positive" : "negative",
            share(called),
            number(at.threshold()),
            number(at.auc()))
        : Optional.empty();
  }

  private Optional<RunFinding> nothingCarriesOver() {
    Evaluation judges = run.judges();
    return judges != null
            && judges.auc() != null
            && !ranksBeyondChance(judges)
            && run.train() != null
            && run.train().logLoss() < (1 - LITTLE_LEARNED) * constantLoss(run.train())
        ? found(
            Kind.NOTHING_CARRIES_OVER,
            "more rows, fewer --hidden units or a larger --l2; or the features say nothing of the"
                + " label",
            "on %d %s rows the AUC is %s, where chance gives 0.5 ± %s; on training rows it is %s",
            judges.rows(),
            part(),
            number(judges.auc()),
            number(ERRORS * chanceError(judges)),
            number(run.train().auc()))
        : Optional.empty();
  }

  /** Where rows are ranked well, and probabilities are worse than the share of the class. */
  private Optional<RunFinding> probabilitiesOff() {
    Evaluation judges = run.judges();
    if (judges == null
        || judges.auc() == null
        || !ranksBeyondChance(judges)
        || judges.logLoss() < constantLoss(judges)) {
      return Optional.empty();
    }
    double foretold =
        judges.calibration().stream().mapToDouble(bin -> bin.rows() * bin.meanProbability()).sum()
            / judges.rows();
    return found(
        Kind.PROBABILITIES_OFF,
        run.weighted()
            ? "no --class-weight where probabilities matter: they are those of classes that count"
                + " the same. The ranking is as good"
            : "a larger --l2, or early stopping",
        "%s rows are ranked well (AUC %s), but their log loss %s is not below the %s of giving each"
            + " the share of the class: on average %s is foretold, and %s came true",
        part(),
        number(judges.auc()),
        number(judges.logLoss()),
        number(constantLoss(judges)),
        share(foretold),
        share(judges.positiveShare()));
  }

  private boolean hasEnded() {
    return run.stopped() != null && run.stopped() != StopReason.INTERRUPTED;
  }

  /** The loss beside a constant prediction's, where little is learned; else nothing. */
  private String loss() {
    return run.last().loss() < (1 - LITTLE_LEARNED) * run.constantLoss() ? "" : "; " + losses();
  }

  private String losses() {
    return "the training loss is %s, a constant prediction's %s%s"
        .formatted(
            number(run.last().loss()),
            number(run.constantLoss()),
            run.delay() == null
                ? ""
                : ", as was to be foretold from the first weights: " + run.delay());
  }

  private String part() {
    return run.test() != null ? "test" : "validation";
  }

  private String smallerRate() {
    return run.optimizer().kind().isLineSearch()
        ? "a smaller --init"
        : "a smaller --learning-rate (now %s)".formatted(run.optimizer().learningRate());
  }

  /** What to try where the first weights are too large for these features. */
  private String remedyOfScale() {
    return !run.standardized() && run.largestFeature() > LARGE_FEATURE
        ? "leaving --no-standardize out: a feature has size %s"
            .formatted(number(run.largestFeature()))
        : "a smaller %s--init (now %s)"
            .formatted(
                hasZeroBiases() ? "" : "--bias-init (now %s) or ".formatted(run.network().biases()),
                run.network().weights());
  }

  private boolean hasZeroBiases() {
    return run.network().biases().toString().equals("zeros");
  }

  private static boolean isDead(LayerSymmetry layer) {
    return layer.dead() != null && layer.dead() >= HALF;
  }

  private static double rarer(Evaluation of) {
    return of.rows() * Math.min(of.positiveShare(), 1 - of.positiveShare());
  }

  private static boolean ranksBeyondChance(Evaluation of) {
    return of.auc() != null && of.auc() > 0.5 + ERRORS * chanceError(of);
  }

  /**
   * Standard error of an AUC where ranks are chance: that of the Mann-Whitney statistic without
   * ties, √((p + n + 1) / (12 p n)) for p positive and n negative rows.
   */
  private static double chanceError(Evaluation of) {
    double positive = of.rows() * of.positiveShare();
    double negative = of.rows() - positive;
    return Math.sqrt((positive + negative + 1) / (12 * positive * negative));
  }

  private static double constantLoss(Evaluation of) {
    double share = of.positiveShare();
    return share == 0 || share == 1
        ? 0
        : -share * StrictMath.log(share) - (1 - share) * StrictMath.log1p(-share);
  }

  private static Optional<RunFinding> found(
      Kind kind, String remedy, String evidence, Object... numbers) {
    return Optional.of(new RunFinding(kind, evidence.formatted(numbers), remedy));
  }

  private static String share(Double share) {
    return share == null ? "unknown" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** Four significant digits. */
  private static String number(Double value) {
    return value == null ? "undefined" : String.format(Locale.ROOT, "%.4g", value);
  }
}

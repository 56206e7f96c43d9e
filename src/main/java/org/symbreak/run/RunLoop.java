package org.symbreak.run;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.symbreak.data.EncodedRows;
import org.symbreak.diagnosis.LossTrail;
import org.symbreak.engine.ConstantPrediction;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.TrainingSession;
import org.symbreak.network.DenseShape;
import org.symbreak.optimizer.StopReason;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.watch.RunLook;
import org.symbreak.watch.RunObserver;
import org.symbreak.watch.RunProgress;

/**
 * One run while it goes: steps in between the moments at which somebody looks, the loss is checked
 * or a checkpoint is due. All of these moments follow from the description of the run, never from
 * clocks, except for checkpoints, which change nothing.
 */
final class RunLoop {
  /**
   * A loss less than this share below that of a constant prediction is on the plateau at which
   * small weights begin.
   */
  private static final double PLATEAU = 0.01;

  private final TrainingProblem problem;
  private final BudgetSpec budget;
  private final DenseShape shape;
  private final TrainingSession session;
  private final Stepper stepper;
  private final EncodedRows validation;
  private final List<RunObserver> observers;
  private final Keeper keeper;
  private final RunPace pace;
  private final double constantLoss;

  private final long start = System.nanoTime();

  private double secondsBefore;
  private double loss;
  private double[] gradientNorms = new double[0];
  private Double validationLoss;
  private BestWeights best;
  private DivergenceWatch watch;
  private LossTrail trail = LossTrail.NONE;
  private StopReason stopped;
  private String because;

  RunLoop(
      ResolvedRun run,
      TrainingSession session,
      Stepper stepper,
      List<RunObserver> observers,
      Keeper keeper) {
    this.problem = run.problem();
    this.budget = run.spec().budget();
    this.shape = run.shape();
    this.session = session;
    this.stepper = stepper;
    this.validation = run.data().validation(); // may be none
    this.observers = List.copyOf(observers);
    this.keeper = keeper;
    this.pace = RunPace.of(problem, budget.epochs());
    this.constantLoss = ConstantPrediction.loss(problem);
  }

  /** Trains from the first step to the last. */
  RunEnd run() {
    begin();
    return finish();
  }

  /** Goes on from a checkpoint; session and stepper are there already. */
  RunEnd resume(RunState state) {
    secondsBefore = state.seconds();
    loss = state.present().loss();
    validationLoss = state.present().validationLoss();
    best = new BestWeights(state.waiting(), state.best());
    watch = new DivergenceWatch(constantLoss, state.watch());
    trail = state.trail();
    observers.forEach(observer -> observer.resume(stepper.iteration()));
    return finish();
  }

  private RunEnd finish() {
    while (stopped == null) {
      loss = stepper.advance(Math.toIntExact(nextStop() - stepper.iteration()));
      gradientNorms = stepper.gradientNorms();
      check();
      look();
      if (stopped == null && keeper.offer(this::state)) {
        stop(
            StopReason.INTERRUPTED,
            "interrupted after %d iterations; what was done is saved"
                .formatted(stepper.iteration()));
      }
    }
    return end();
  }

  private void begin() {
    double[] gradient = new double[shape.parameters()];
    loss = session.objective(session.parameters(), gradient);
    best = new BestWeights();
    if (validation.rows() > 0) {
      validationLoss = session.loss(validation);
    }
    watch = new DivergenceWatch(constantLoss, checkedLoss());
    best.offer(0, checkedLoss(), this::snapshot);
    if (!Double.isFinite(loss) || !Double.isFinite(checkedLoss())) {
      stop(StopReason.DIVERGED, "the loss of the first weights is not a finite number");
    }
    look();
  }

  private long nextStop() {
    long now = stepper.iteration();
    long stop = pace.nextStop(now);
    for (long iteration = now + 1; iteration < stop; iteration++) {
      if (isLookedAt(iteration)) {
        return iteration;
      }
    }
    return stop;
  }

  private boolean isLookedAt(long iteration) {
    for (RunObserver observer : observers) {
      if (observer.looksAt(iteration)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the run ends here, at the iterations at which that is decided. */
  private void check() {
    long now = stepper.iteration();
    Optional<StopReason> ended = stepper.ended();
    if (ended.isPresent() && ended.get() == StopReason.NO_MINIMUM) {
      withoutMinimum();
      return;
    }
    if (ended.isPresent() || pace.isCheck(now)) {
      if (validation.rows() > 0) {
        validationLoss = session.loss(validation);
      }
      Optional<String> wrong =
          watch.check(Double.isFinite(loss) ? checkedLoss() : loss, session.parameters());
      if (wrong.isPresent()) {
        diverged(wrong.get());
        return;
      }
      best.offer(now, checkedLoss(), this::snapshot);
      if (trail.wants(now)) {
        trail = trail.with(moment());
      }
      if (ended.isPresent()) {
        endedByItself(ended.get());
      } else if (pace.isLast(now)) {
        outOfBudget();
      } else if (stopsEarly() && best.waited(now) >= budget.patience() * pace.stepsPerEpoch()) {
        outOfPatience();
      }
    }
  }

  private boolean stopsEarly() {
    return budget.earlyStopping() && validation.rows() > 0;
  }

  /** A plateau right at the beginning, which small weights cause, is waited out. */
  private void outOfPatience() {
    if (isOnPlateau()) {
      best.waitAnew(stepper.iteration());
    } else {
      stop(
          StopReason.PATIENCE,
          "the validation loss has not fallen for %d epochs".formatted(budget.patience()));
    }
  }

  private void outOfBudget() {
    if (isOnPlateau()) {
      stuck("all %d epochs are done".formatted(budget.epochs()));
    } else {
      stop(StopReason.BUDGET, "all %d epochs are done".formatted(budget.epochs()));
    }
  }

  private void withoutMinimum() {
    stop(
        StopReason.NO_MINIMUM,
        ("no minimum: after %d iterations a plane parts the classes of the "
                + "training rows, and without a penalty the loss falls for ever as "
                + "weights grow. Try --l2")
            .formatted(stepper.iteration()));
  }

  private void endedByItself(StopReason reason) {
    boolean isConvex = shape.hiddenLayers() == 0;
    if (isConvex && reason == StopReason.CONVERGED) {
      stop(reason, "the gradient is as good as zero: of a convex loss this is the minimum");
    } else if (isOnPlateau()) {
      stuck("no step along the gradient lowers the loss");
    } else if (reason == StopReason.CONVERGED) {
      stop(
          reason,
          "the gradient is as good as zero, or the loss no longer falls by more than rounding");
    } else {
      stop(
          reason,
          "no lower point was found along the direction of search, as happens when rounding hides"
              + " the slope");
    }
  }

  private void stuck(String until) {
    stop(
        StopReason.STUCK,
        String.format(
            Locale.ROOT,
            "%s, and the training loss, %.4g, is not 1 %% below the %.4g of a constant prediction",
            until,
            dataLoss(),
            constantLoss));
  }

  private void diverged(String what) {
    stop(
        StopReason.DIVERGED,
        "diverged after %d iterations: %s. The best weights until then, of iteration %d, are kept"
            .formatted(stepper.iteration(), what, best.snapshot().iteration()));
  }

  private void stop(StopReason reason, String sentence) {
    stopped = reason;
    because = sentence;
  }

  /** Whether the network does no better yet than a constant prediction. */
  private boolean isOnPlateau() {
    return dataLoss() >= (1 - PLATEAU) * constantLoss;
  }

  /** Of all training rows, without the penalty. */
  private double dataLoss() {
    return session.loss(problem.rows());
  }

  /** The run as it is, for telling whether its loss falls. */
  private LossTrail.Moment moment() {
    return new LossTrail.Moment(stepper.iteration(), dataLoss(), validationLoss);
  }

  /** The loss that decides: on the validation rows, where there are any. */
  private double checkedLoss() {
    return validationLoss == null ? loss : validationLoss;
  }

  private void look() {
    long now = stepper.iteration();
    boolean last = stopped != null;
    RunLook look = null;
    for (RunObserver observer : observers) {
      if (last || observer.looksAt(now)) {
        if (look == null) {
          look = look(snapshot(new double[0]), last);
        }
        observer.observe(look);
      }
      observer.progress(
          new RunProgress(
              now,
              pace.lastStep(),
              now / pace.stepsPerEpoch(),
              budget.epochs(),
              loss,
              validationLoss));
    }
  }

  private RunLook look(Snapshot at, boolean last) {
    return new RunLook(
        at.iteration(),
        at.iteration() / pace.stepsPerEpoch(),
        shape,
        at.parameters(),
        at.loss(),
        at.validationLoss(),
        at.gradientNorms(),
        last);
  }

  private Snapshot snapshot() {
    return snapshot(session.updaterState());
  }

  private Snapshot snapshot(double[] updaterState) {
    return new Snapshot(
        stepper.iteration(),
        session.parameters(),
        updaterState,
        loss,
        validationLoss,
        gradientNorms);
  }

  private RunState state() {
    observers.forEach(RunObserver::save);
    return new RunState(
        snapshot(),
        best.snapshot(),
        best.state(),
        watch.state(),
        trail,
        stepper.state(),
        seconds());
  }

  /**
   * With a fixed budget the last weights are kept. With early stopping those with the lowest
   * validation loss, unless the last ones are not measurably worse: on few rows the lowest loss is
   * luck, and more training the better bet. A training that diverged leaves the best ones.
   */
  private RunEnd end() {
    Snapshot last = snapshot();
    LossTrail.Moment lastLosses = moment();
    Snapshot kept = last;
    if (stopped == StopReason.DIVERGED) {
      kept = best.snapshot();
    } else if (stopsEarly() && stopped != StopReason.INTERRUPTED) {
      kept = isMeasurablyWorse(last, best.snapshot()) ? best.snapshot() : last;
      because += "; kept are the weights of iteration %d".formatted(kept.iteration());
    } else if (stopsEarly()) {
      kept = best.snapshot();
    }
    if (stopped != StopReason.INTERRUPTED) {
      RunLook keptLook = look(kept, kept == last);
      observers.forEach(observer -> observer.kept(keptLook));
    }
    return new RunEnd(
        stopped,
        because,
        kept,
        last,
        trail,
        lastLosses,
        last.iteration() / pace.stepsPerEpoch(),
        stepper.evaluations(),
        seconds());
  }

  private boolean isMeasurablyWorse(Snapshot last, Snapshot lowest) {
    session.setParameters(lowest.parameters());
    double[] before = session.probabilities(validation);
    session.setParameters(last.parameters());
    return new PairedLosses(validation, problem.weightOfZero(), problem.weightOfOne())
        .areMeasurablyHigher(session.probabilities(validation), before);
  }

  private double seconds() {
    return secondsBefore + (System.nanoTime() - start) / 1e9;
  }
}

package org.symbreak.forecast;

import java.util.Locale;
import java.util.Optional;
import org.symbreak.engine.TrainingProblem;

/**
 * How long the loss stays on its plateau, and when it is half the constant prediction's.
 *
 * @param steps of the run
 * @param plateauEnd step, about; null for never within them
 * @param half step, about; null for never within them
 * @param lawEnd the plateau's end by the escape law to the lowest order; null where it says never
 *     or does not apply
 * @param lawWhy what the escape law says where it gives no step
 * @param never why the run stays where it begins; null where nothing shows that it does
 * @param basis what the steps were taken from, in words
 * @param curve of the loss, where it was integrated
 */
public record Waiting(
    long steps,
    Long plateauEnd,
    Long half,
    Long lawEnd,
    String lawWhy,
    String never,
    String basis,
    LossPath curve) {
  /** Products of rows and parameters, where a forecast stands alone. */
  static final double WORK = CoarseTraining.WORK;

  /**
   * Of a run that takes steps, not line searches.
   *
   * @param start flat vector at which the run begins
   * @param steps how far to look
   * @param work products of rows and parameters at the most
   */
  public static Waiting of(TrainingProblem problem, double[] start, long steps, double work) {
    Waiting bare = withoutLaw(problem, start, steps, work);
    if (bare.never != null || problem.network().hidden().isEmpty()) {
      return bare;
    }
    EscapeLaw law = EscapeLaw.of(problem, start);
    return new Waiting(
        steps,
        bare.plateauEnd,
        bare.half,
        law.isNever() ? null : (Long) law.steps(),
        law.why(),
        null,
        bare.basis,
        bare.curve);
  }

  /** The same but for what the escape law says; for many at once. */
  public static Waiting withoutLaw(
      TrainingProblem problem, double[] start, long steps, double work) {
    Optional<String> never = new Obstacle(problem, start).of(steps);
    if (never.isPresent()) {
      return new Waiting(
          steps,
          null,
          null,
          null,
          "",
          never.get(),
          "derived from the first gradient",
          LossPath.NONE);
    }
    CoarseTraining coarse = CoarseTraining.of(problem, start, steps, work);
    String basis =
        String.format(
            Locale.ROOT,
            "integrated: the same network on %d of %d rows, %d gradients for %d steps%s",
            Math.min(problem.rows().rows(), CoarseTraining.ROWS),
            problem.rows().rows(),
            coarse.evaluations(),
            coarse.steps(),
            coarse.steps() < steps && !coarse.isTrained() ? ", from there on as it last fell" : "");
    return new Waiting(
        steps,
        step(coarse.plateauEnd()),
        step(coarse.half()),
        null,
        "",
        null,
        basis,
        coarse.curve());
  }

  private static Long step(long step) {
    return step == CoarseTraining.NEVER ? null : (Long) step;
  }

  /** What is foretold, and what from. */
  public String sentence() {
    if (never != null) {
      return "Waiting: never, " + basis + ": " + never + ".";
    }
    String law =
        lawEnd != null
            ? String.format(
                Locale.ROOT, " The escape law, to the lowest order, says step %d.", lawEnd)
            : lawWhy.isEmpty() ? "" : " The escape law " + lawWhy + ".";
    return String.format(
            Locale.ROOT,
            "Waiting, %s: the training loss is 5 %% below a constant prediction's %s and half of it"
                + " %s of %d.",
            basis,
            at(plateauEnd),
            at(half),
            steps)
        + law;
  }

  private static String at(Long step) {
    return step == null ? "at none of the steps" : "at about step " + step;
  }

  /** Whether the run comes to half the constant prediction's loss. */
  public boolean isTrained() {
    return half != null;
  }
}

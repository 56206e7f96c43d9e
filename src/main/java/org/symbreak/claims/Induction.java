package org.symbreak.claims;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;
import org.symbreak.random.Streams;

/**
 * C3.
 *
 * @param start where the weights begin
 * @param rounds how often every activation is tried with every optimizer
 */
record Induction(String start, int rounds) implements Claim {
  private static final int LONG_RUN = 1000;

  @Override
  public String id() {
    return "C3";
  }

  @Override
  public String lecture() {
    return "So after one update the units are equal again; and by induction after any number of"
        + " updates.";
  }

  @Override
  public String statement() {
    return "Base case and inductive step hold apart, the step from random symmetric states, too; so"
        + " it is in exact arithmetic. Where an engine rounds some units otherwise than"
        + " others, its rounding parts them.";
  }

  @Override
  public SeedResult check(ClaimData data) {
    List<Measurement> measurements = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    measurements.add(
        Measurement.equal("base case: different units at the start", startDistinct(data), 1));
    List<InductiveStep.Trial> trials = InductiveStep.everywhere(data, rounds);
    List<InductiveStep.Trial> breaks = trials.stream().filter(InductiveStep.Trial::breaks).toList();
    measurements.add(
        Measurement.equal(
            String.format(
                Locale.ROOT,
                "inductive step: of %d random symmetric states, those from which one step parts"
                    + " equal units",
                trials.size()),
            breaks.size(),
            0));
    long moved = trials.stream().filter(InductiveStep.Trial::moved).count();
    measurements.add(
        Measurement.equal(
            String.format(
                Locale.ROOT,
                "of those %d steps, the ones that changed the parameters",
                trials.size()),
            moved,
            trials.size()));
    measurements.add(
        Measurement.equal(
            String.format(
                Locale.ROOT,
                "long runs of %d steps, each activation: different units at the most, at any step",
                LONG_RUN),
            longRun(data),
            1));
    measurements.add(
        Measurement.equal(
            "exact rational arithmetic, cubic activation, 3 steps: units that left their group",
            exactStrays(data),
            0));
    breaks.stream()
        .limit(3)
        .forEach(
            trial ->
                notes.add(
                    String.format(
                        Locale.ROOT,
                        "parted by %s (%d units in the last place of a float): %s",
                        Measurement.text(trial.spread().absolute()),
                        trial.spread().ulps(),
                        trial)));
    return SeedResult.of(measurements).withNotes(notes);
  }

  private int startDistinct(ClaimData data) {
    NetworkSpec network = ClaimData.network(1, data.hidden(), Activation.TANH, start, "zeros");
    return HiddenUnits.of(data, network, data.start(network)).mostDistinct();
  }

  private int longRun(ClaimData data) {
    int[] most = {0};
    for (Activation activation : Activation.values()) {
      NetworkSpec network = ClaimData.network(1, data.hidden(), activation, start, "zeros");
      Descent.of(data, network, Descent.PLAIN)
          .watch(LONG_RUN, 1, units -> most[0] = Math.max(most[0], units.mostDistinct()));
    }
    return most[0];
  }

  /**
   * From a random state with three groups, in numbers that are never rounded: how many units there
   * are more than groups.
   */
  private static long exactStrays(ClaimData data) {
    DenseShape shape = new DenseShape(List.of(data.features(), 7, 1));
    RandomGenerator random = Streams.of(data.seed(), 9);
    UnitPattern pattern = UnitPattern.random(shape, 3, random);
    List<BigDecimal> parameters = ExactStep.exact(toFloats(pattern.randomParameters(random, 0.5)));
    long groups = ExactStep.distinctUnits(shape, parameters);
    int rows = Math.min(4, data.x().length);
    double[][] x = new double[rows][];
    for (int row = 0; row < rows; row++) {
      x[row] = toFloats(data.x()[row]);
    }
    ExactStep step = new ExactStep(shape, ExactStep.Function.CUBIC, ExactStep.Function.TANGENT);
    for (int i = 0; i < 3; i++) {
      parameters = step.after(parameters, x, data.y(), new BigDecimal("0.03125"));
    }
    return ExactStep.distinctUnits(shape, parameters) - groups;
  }

  private static double[] toFloats(double[] values) {
    double[] floats = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /**
   * What happens without exact equality of the operations: Deeplearning4j's own engine, whose
   * matrix products treat columns differently.
   */
  @Override
  public SeedResult aside(ClaimData data) {
    String what =
        String.format(
            Locale.ROOT,
            "engine dl4j, float, constant 0.1, %d normal rows of %d features: smallest width up to"
                + " %d at which rounding parts equal units within %d steps",
            RoundingBreak.ROWS,
            RoundingBreak.FEATURES,
            Yardsticks.WIDEST,
            Yardsticks.ROUNDING_TRIES);
    Optional<RoundingBreak> search = data.yardsticks().roundingBreak(data);
    if (search.isEmpty()) {
      return SeedResult.of(List.of())
          .withCounterCases(List.of(Measurement.above(what + " (0: none)", 0, 0)))
          .withNotes(
              List.of(
                  ("On this processor rounding parts no equal units of engine "
                          + "dl4j at widths 2 to %d.")
                      .formatted(Yardsticks.WIDEST)));
    }
    RoundingBreak found = search.get();
    return SeedResult.of(List.of())
        .withCounterCases(
            List.of(
                Measurement.above(what, found.units(), 0),
                Measurement.equal(
                    "different units after that step in exact arithmetic",
                    found.exactDistinctUnits(),
                    1)))
        .withNotes(
            List.of(
                String.format(
                    Locale.ROOT,
                    "Broken by rounding: with %d units, step %d of engine dl4j leaves them up to %s"
                        + " apart, %d units in the last place; after %d steps it is %s. The same"
                        + " step from the same state in exact arithmetic leaves %d different unit;"
                        + " no parameter of the engine is further than %s from the exact one.",
                    found.units(),
                    found.step(),
                    Measurement.text(found.first().absolute()),
                    found.first().ulps(),
                    found.steps(),
                    Measurement.text(found.last().absolute()),
                    found.exactDistinctUnits(),
                    Measurement.text(found.exactDifference()))));
  }
}

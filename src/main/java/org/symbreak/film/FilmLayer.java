package org.symbreak.film;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.symbreak.network.Activation;
import org.symbreak.symmetry.EvenSample;
import org.symbreak.symmetry.FlatZone;
import org.symbreak.symmetry.GroupSpread;
import org.symbreak.symmetry.LayerProbe;
import org.symbreak.symmetry.LayerSymmetry;
import org.symbreak.symmetry.LayerUnits;
import org.symbreak.symmetry.Measure;
import org.symbreak.symmetry.UnitGroups;

/** How a film shows one hidden layer. */
final class FilmLayer {
  /** Beyond any sum of inputs at which a function's slope still changes. */
  private static final double FAR = 1e4;

  private final Activation activation;
  private final FlatZone zone;
  private final int[] shown;
  private final int units;
  private final boolean single;

  /**
   * @param units of the layer
   * @param limit how many of them are shown at the most, from 1
   * @param single whether the parameters are floats; doubles otherwise
   */
  FilmLayer(Activation activation, int units, int limit, boolean single) {
    this.activation = activation;
    this.zone = FlatZone.named(activation.toString());
    this.shown = EvenSample.of(units, limit);
    this.units = units;
    this.single = single;
  }

  History.Layer description() {
    return new History.Layer(
        units,
        Arrays.stream(shown).boxed().toList(),
        SumHistogram.edges(),
        Arrays.asList(sumAt(zone.low()), sumAt(zone.high())));
  }

  /**
   * @param layer its units now
   * @param all what the run's probe measures of them
   * @param sums of inputs, [unit][row]
   * @param first its first frame; null where this is it
   */
  History.LayerFrame frame(
      LayerUnits layer, LayerSymmetry all, double[][] sums, History.LayerFrame first) {
    double[][] outputs = outputs(sums);
    int[] groups = groupOf(UnitGroups.identical(layer));
    int[] near = groupOf(UnitGroups.withinTolerance(layer, all.tolerance()));
    int[] shownGroups = pick(groups);
    GroupSpread spread =
        spread(layer, first == null ? shownGroups : History.numbers(first.groups()));
    return new History.LayerFrame(
        all.distinctUnits(),
        all.distinctUnitsWithinTolerance(),
        History.shorts(shownGroups),
        History.shorts(pick(near)),
        History.shorts(pick(sizes(groups))),
        weights(layer),
        History.shares(SumHistogram.of(sums)),
        History.shares(
            Arrays.stream(shown).mapToDouble(unit -> saturated(outputs[unit])).toArray()),
        dead(outputs),
        spread == null ? null : History.finite(spread.absolute()),
        spread == null ? null : spread.ulps(),
        figures(all));
  }

  private static Map<String, Double> figures(LayerSymmetry layer) {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (Measure measure : Measure.figures()) {
      Number value = measure.of(layer);
      figures.put(measure.key(), value == null ? null : History.finite(value.doubleValue()));
    }
    return figures;
  }

  /** How far the shown units that were equal at first are apart; null where none were. */
  private GroupSpread spread(LayerUnits layer, int[] firstGroups) {
    GroupSpread largest = null;
    for (int group : Arrays.stream(firstGroups).distinct().toArray()) {
      int[] members = membersOf(group, firstGroups);
      if (members.length > 1) {
        GroupSpread spread = GroupSpread.of(layer, members, single);
        largest = largest == null || spread.absolute() > largest.absolute() ? spread : largest;
      }
    }
    return largest;
  }

  private int[] membersOf(int group, int[] groups) {
    return IntStream.range(0, shown.length)
        .filter(i -> groups[i] == group)
        .map(i -> shown[i])
        .toArray();
  }

  /**
   * The sum of inputs at which the function leaves or reaches a value; null for an infinite one.
   */
  private Double sumAt(double value) {
    if (Double.isInfinite(value)) {
      return null;
    }
    double low = -FAR;
    double high = FAR;
    while (Math.nextUp(low) < high) {
      double middle = low + (high - low) / 2;
      if (activation.value(middle) <= value) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private double[][] outputs(double[][] sums) {
    return Arrays.stream(sums)
        .map(unit -> Arrays.stream(unit).map(activation::value).toArray())
        .toArray(double[][]::new);
  }

  private double saturated(double[] output) {
    long flat = Arrays.stream(output).filter(zone::holds).count();
    return zone.saturates() ? (double) flat / output.length : 0;
  }

  private byte[] dead(double[][] outputs) {
    byte[] dead = new byte[shown.length];
    for (int i = 0; i < shown.length; i++) {
      dead[i] = (byte) (LayerProbe.isDead(outputs[shown[i]], zone) ? 1 : 0);
    }
    return dead;
  }

  private byte[] weights(LayerUnits layer) {
    int length = layer.fanIn() + 1;
    double[] picked = new double[shown.length * length];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = layer.parameter(shown[i / length], i % length);
    }
    return History.floats(picked);
  }

  private int[] pick(int[] ofUnits) {
    return Arrays.stream(shown).map(unit -> ofUnits[unit]).toArray();
  }

  private static int[] groupOf(UnitGroups groups) {
    int[] group = new int[groups.units()];
    List<int[]> all = groups.groups();
    for (int g = 0; g < all.size(); g++) {
      for (int unit : all.get(g)) {
        group[unit] = g;
      }
    }
    return group;
  }

  /** The size of each unit's group. */
  private static int[] sizes(int[] groups) {
    int[] counts = new int[groups.length];
    Arrays.stream(groups).forEach(group -> counts[group]++);
    return Arrays.stream(groups).map(group -> counts[group]).toArray();
  }
}

package org.symbreak.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.symbreak.stack.DenseBlock;
import org.symbreak.stack.Interval;
import org.symbreak.symmetry.EffectiveRank;
import org.symbreak.symmetry.FlatZone;
import org.symbreak.symmetry.LayerProbe;
import org.symbreak.symmetry.LayerUnits;
import org.symbreak.symmetry.UnitGroups;

/** Measures the units of each hidden layer. */
final class UnitInspection {
  /** Share of rows in the flat ends from which on a unit counts as saturated. */
  private static final double SATURATED = 0.9;

  private final DenseBlock block;
  private final double[][] activations;
  private final FlatZone zone;
  private final double rounding;

  private UnitInspection(DenseBlock block, double[][] activations, double rounding) {
    this.block = block;
    this.activations = activations;
    this.zone = block.function().zone();
    this.rounding = rounding;
  }

  /**
   * @param firstLayer number, from 1, of the chain's first layer
   */
  static List<LayerInspection> of(
      ReadChain chain, NetworkProbe probe, int firstLayer, double tolerance) {
    List<DenseBlock> blocks = chain.blocks();
    if (blocks.size() == 1) {
      return List.of();
    }
    double[][][] activations = chain.activations(probe);
    Reach everywhere = Reach.of(blocks, Reach.anything(blocks.get(0).inputs()), chain.ulp());
    Reach within =
        chain.ranges() == null ? null : Reach.of(blocks, Reach.within(chain.ranges()), chain.ulp());
    double rounding = 8 * chain.ulp();
    List<LayerInspection> layers = new ArrayList<>();
    for (int layer = 0; layer + 1 < blocks.size(); layer++) {
      layers.add(
          new UnitInspection(blocks.get(layer), activations[layer], rounding)
              .inspect(firstLayer + layer, layer, everywhere, within, tolerance));
    }
    return layers;
  }

  private LayerInspection inspect(
      int number, int layer, Reach everywhere, Reach within, double tolerance) {
    LayerUnits units = block.asUnits();
    UnitGroups identical = UnitGroups.identical(units);
    UnitGroups near = UnitGroups.withinTolerance(units, tolerance);
    double[] spectrum = EffectiveRank.singularValues(activations);
    return new LayerInspection(
        LayerProbe.measure(number, units, activations, zone, tolerance),
        groups(identical.repeated()),
        groups(coarser(near, identical)),
        groups(coarser(UnitGroups.upToSign(units, tolerance), near)),
        groups(coarser(UnitGroups.upToPositiveFactor(units, tolerance), near)),
        units(unit -> LayerProbe.isDead(activations[unit], zone)),
        within == null ? null : units(unit -> isDead(within.output(layer, unit))),
        units(unit -> isDead(everywhere.output(layer, unit))),
        units(unit -> isConstant(activations[unit]) && !LayerProbe.isDead(activations[unit], zone)),
        units(unit -> everywhere.output(layer, unit).isPoint()),
        units(unit -> isSaturated(activations[unit])),
        spectrum == null ? List.of() : Arrays.stream(spectrum).boxed().toList());
  }

  /** The groups that unite several of the finer ones. */
  private static List<int[]> coarser(UnitGroups groups, UnitGroups finer) {
    int[] finerGroup = new int[groups.units()];
    for (int group = 0; group < finer.count(); group++) {
      for (int unit : finer.groups().get(group)) {
        finerGroup[unit] = group;
      }
    }
    return groups.repeated().stream()
        .filter(group -> Arrays.stream(group).map(unit -> finerGroup[unit]).distinct().count() > 1)
        .toList();
  }

  private boolean isDead(Interval output) {
    return zone.off() && output.high() <= zone.low();
  }

  private boolean isConstant(double[] unit) {
    double low = Arrays.stream(unit).min().orElseThrow();
    double high = Arrays.stream(unit).max().orElseThrow();
    return high - low <= rounding * Math.max(Math.abs(low), Math.abs(high));
  }

  private boolean isSaturated(double[] unit) {
    return zone.saturates()
        && Arrays.stream(unit).filter(zone::holds).count() >= SATURATED * unit.length;
  }

  private List<Integer> units(IntPredicate chosen) {
    return IntStream.range(0, block.units()).filter(chosen).mapToObj(unit -> unit + 1).toList();
  }

  private static List<List<Integer>> groups(List<int[]> groups) {
    return groups.stream()
        .map(group -> Arrays.stream(group).mapToObj(unit -> unit + 1).toList())
        .toList();
  }
}

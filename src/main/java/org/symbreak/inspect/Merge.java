package org.symbreak.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.symbreak.formats.DenseFile.Change;
import org.symbreak.stack.DenseBlock;
import org.symbreak.stack.UnitFunction;
import org.symbreak.symmetry.LayerUnits;
import org.symbreak.symmetry.UnitGroups;

/**
 * Removes what is redundant among hidden units without changing what the network computes, but for
 * rounding: units whose output is constant go into the biases behind them; of units that are one
 * but for a factor that the activation lets through (1; a positive one behind ReLU and leaky ReLU;
 * −1 behind tanh and other odd ones; any behind the identity), one is kept and the outgoing weights
 * are summed, times the factor.
 */
final class Merge {
  private final List<DenseBlock> blocks;
  private final double tolerance;

  /** Of each layer, numbers in the network as it was. */
  private final List<int[]> kept = new ArrayList<>();

  /**
   * @param blocks of the network, the output last
   * @param tolerance largest difference, relative to the largest weight, of units that count as one
   */
  Merge(List<DenseBlock> blocks, double tolerance) {
    this.blocks = new ArrayList<>(blocks);
    this.tolerance = tolerance;
    blocks.forEach(block -> kept.add(IntStream.range(0, block.units()).toArray()));
  }

  /**
   * @param reach what units can put out, for the inputs that matter
   * @return the blocks with fewer units; each keeps at least one
   */
  Change merged(Reach reach) {
    for (int layer = 0; layer + 1 < blocks.size(); layer++) {
      if (blocks.get(layer).unitsAreIndependent()) {
        int[] survivors = foldConstants(layer, reach);
        keep(layer, survivors);
        keep(layer, sumRepeated(layer));
      }
    }
    return new Change(blocks, kept);
  }

  /** Adds what constant units contribute to the next layer's biases. */
  private int[] foldConstants(int layer, Reach reach) {
    DenseBlock block = blocks.get(layer);
    DenseBlock next = blocks.get(layer + 1).copy();
    boolean hasBias =
        next.biases() != null && next.gains() == null; // a normalized sum gets its bias afterwards
    boolean[] folded = new boolean[block.units()];
    for (int unit : reach.constantUnits(layer)) {
      double output = reach.output(layer, unit).low();
      boolean last = IntStream.range(0, folded.length).filter(other -> !folded[other]).count() == 1;
      if (!last && (output == 0 || hasBias)) {
        folded[unit] = true;
        for (int outgoing = 0; output != 0 && outgoing < next.units(); outgoing++) {
          next.biases()[outgoing] += next.weights()[outgoing][unit] * output;
        }
      }
    }
    blocks.set(layer + 1, next);
    return IntStream.range(0, folded.length).filter(unit -> !folded[unit]).toArray();
  }

  /** Sums the outgoing weights of units that are one but for a factor, at the first of them. */
  private int[] sumRepeated(int layer) {
    DenseBlock block = blocks.get(layer);
    DenseBlock next = blocks.get(layer + 1).copy();
    LayerUnits units = block.asUnits();
    for (int[] group : groups(block, units).groups()) {
      for (int i = 1; i < group.length; i++) {
        double factor = factor(block.function(), units, group[0], group[i]);
        for (double[] outgoing : next.weights()) {
          outgoing[group[0]] += factor * outgoing[group[i]];
        }
      }
    }
    blocks.set(layer + 1, next);
    return groups(block, units).groups().stream().mapToInt(group -> group[0]).toArray();
  }

  private UnitGroups groups(DenseBlock block, LayerUnits units) {
    boolean homogeneous = block.function().isHomogeneous();
    boolean odd = block.function().isOdd();
    return homogeneous && odd
        ? UnitGroups.upToFactor(units, tolerance)
        : homogeneous
            ? UnitGroups.upToPositiveFactor(units, tolerance)
            : odd
                ? UnitGroups.upToSign(units, tolerance)
                : UnitGroups.withinTolerance(units, tolerance);
  }

  /** By what the first unit's activation is to be multiplied to be the second's. */
  private static double factor(UnitFunction function, LayerUnits units, int first, int second) {
    int largest = 0;
    for (int i = 1; i <= units.fanIn(); i++) {
      if (Math.abs(units.parameter(first, i)) > Math.abs(units.parameter(first, largest))) {
        largest = i;
      }
    }
    double divisor = units.parameter(first, largest);
    double quotient = divisor == 0 ? 1 : units.parameter(second, largest) / divisor;
    return function.isHomogeneous() ? quotient : Math.signum(quotient);
  }

  private void keep(int layer, int[] units) {
    int[] left = Arrays.stream(units).sorted().toArray();
    blocks.set(layer, blocks.get(layer).keepingUnits(left));
    blocks.set(layer + 1, blocks.get(layer + 1).keepingInputs(left));
    int[] before = kept.get(layer);
    kept.set(layer, Arrays.stream(left).map(unit -> before[unit]).toArray());
  }
}

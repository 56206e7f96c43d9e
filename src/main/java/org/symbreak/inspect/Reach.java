package org.symbreak.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.symbreak.stack.DenseBlock;
import org.symbreak.stack.Interval;

/**
 * What the units of each layer can put out at all, by interval arithmetic from the network's inputs
 * on: too wide rather than too narrow, rounding included. What it finds constant is constant; what
 * it does not may be, too.
 */
final class Reach {
  private final List<Interval[]> outputs;

  private Reach(List<Interval[]> outputs) {
    this.outputs = outputs;
  }

  /**
   * @param inputs what each input may be
   * @param ulp distance from 1 to the next number in which the network computes
   */
  static Reach of(List<DenseBlock> blocks, Interval[] inputs, double ulp) {
    List<Interval[]> outputs = new ArrayList<>();
    Interval[] incoming = inputs;
    for (DenseBlock block : blocks) {
      Interval[] reached = new Interval[block.units()];
      for (int unit = 0; unit < reached.length; unit++) {
        reached[unit] =
            block.gains() == null
                ? block.function().over(sum(block.weights()[unit], incoming, block.bias(unit), ulp))
                : Interval.ALL;
      }
      outputs.add(reached);
      incoming = reached;
    }
    return new Reach(outputs);
  }

  /** Any input at all. */
  static Interval[] anything(int inputs) {
    Interval[] all = new Interval[inputs];
    Arrays.fill(all, Interval.ALL);
    return all;
  }

  /**
   * @param ranges smallest and largest value of each input
   */
  static Interval[] within(double[][] ranges) {
    return Arrays.stream(ranges)
        .map(range -> new Interval(range[0], range[1]))
        .toArray(Interval[]::new);
  }

  /** What a unit of a layer, both from 0, can put out. */
  Interval output(int layer, int unit) {
    return outputs.get(layer)[unit];
  }

  /** Numbers of the units, from 0, whose output never changes. */
  int[] constantUnits(int layer) {
    Interval[] units = outputs.get(layer);
    return IntStream.range(0, units.length).filter(unit -> units[unit].isPoint()).toArray();
  }

  /** W x + b. A sum whose terms all have one sign keeps it, however it is rounded. */
  private static Interval sum(double[] weights, Interval[] incoming, double bias, double ulp) {
    double low = bias;
    double high = bias;
    double size = Math.abs(bias);
    boolean neverNegative = bias >= 0;
    boolean neverPositive = bias <= 0;
    int terms = 0;
    for (int i = 0; i < weights.length; i++) {
      Interval term = incoming[i].times(weights[i]);
      low += term.low();
      high += term.high();
      size += Math.max(Math.abs(term.low()), Math.abs(term.high()));
      neverNegative &= term.low() >= 0;
      neverPositive &= term.high() <= 0;
      terms += term.low() == 0 && term.high() == 0 ? 0 : 1;
    }
    double rounding = terms == 0 ? 0 : (terms + 3) * ulp * size;
    return new Interval(
        neverNegative ? Math.max(0, low - rounding) : low - rounding,
        neverPositive ? Math.min(0, high + rounding) : high + rounding);
  }
}

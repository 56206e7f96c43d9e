package org.symbreak.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.symbreak.random.Streams;
import org.symbreak.stack.DenseBlock;
import org.symbreak.symmetry.UnitGroups;

/**
 * Drives identical units apart so that training can tell them from each other. Their outgoing
 * weights are shared out unequally, which changes nothing as long as the units are equal, and get
 * parts that cancel out, so that units whose outgoing weights sum to zero get a gradient, too;
 * their incoming weights are perturbed.
 */
final class UnitSplit {
  private static final double SMALLEST_SHARE = 0.5;

  private final List<DenseBlock> blocks;
  private final double tolerance;
  private final long seed;

  /**
   * @param blocks of the network, the output last
   * @param tolerance largest difference, relative to the layer's largest weight, of units that
   *     count as identical
   */
  UnitSplit(List<DenseBlock> blocks, double tolerance, long seed) {
    this.blocks = blocks;
    this.tolerance = tolerance;
    this.seed = seed;
  }

  /** Whether there are identical units at all. */
  boolean isNeeded() {
    return blocks.subList(0, blocks.size() - 1).stream()
        .anyMatch(block -> !groups(block).isEmpty());
  }

  /**
   * @param amplitude standard deviation of what is added to weights, in multiples of 1/√fan-in; the
   *     same draws at any amplitude
   */
  List<DenseBlock> split(double amplitude) {
    List<DenseBlock> split = new ArrayList<>(blocks.stream().map(DenseBlock::copy).toList());
    for (int layer = 0; layer + 1 < split.size(); layer++) {
      RandomGenerator random = Streams.of(seed, layer);
      for (int[] group : groups(blocks.get(layer))) {
        shareOut(split.get(layer + 1), group, amplitude, random);
        perturb(split.get(layer), group, amplitude, random);
      }
    }
    return split;
  }

  private List<int[]> groups(DenseBlock block) {
    if (block.fixed()) {
      return List.of();
    }
    return UnitGroups.withinTolerance(block.asUnits(), tolerance).repeated();
  }

  private static void shareOut(
      DenseBlock next, int[] group, double amplitude, RandomGenerator random) {
    double[] shares = random.doubles(group.length, SMALLEST_SHARE, 1).toArray();
    double whole = Arrays.stream(shares).sum();
    double scale = amplitude / Math.sqrt(next.inputs());
    for (double[] outgoing : next.weights()) {
      double sum = Arrays.stream(group).mapToDouble(unit -> outgoing[unit]).sum();
      double[] cancelling = random.doubles(group.length, -1, 1).toArray();
      double mean = Arrays.stream(cancelling).average().orElseThrow();
      for (int i = 0; i < group.length; i++) {
        outgoing[group[i]] = sum * shares[i] / whole + scale * (cancelling[i] - mean);
      }
    }
  }

  private static void perturb(
      DenseBlock block, int[] group, double amplitude, RandomGenerator random) {
    double scale = amplitude / Math.sqrt(block.inputs());
    for (int unit : group) {
      double[] weights = block.weights()[unit];
      for (int i = 0; i < weights.length; i++) {
        weights[i] += scale * random.nextGaussian();
      }
      if (block.biases() != null) {
        block.biases()[unit] += scale * random.nextGaussian();
      }
    }
  }
}

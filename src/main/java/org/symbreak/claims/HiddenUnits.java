package org.symbreak.claims;

import java.util.Arrays;
import org.symbreak.network.DenseNetwork;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;
import org.symbreak.symmetry.EffectiveRank;
import org.symbreak.symmetry.FlatZone;
import org.symbreak.symmetry.LayerUnits;
import org.symbreak.symmetry.UnitGroups;

/**
 * The hidden units of a network at some parameters, as claims measure them.
 *
 * @param network whose units
 * @param shape with the data's inputs
 * @param parameters flat, in that shape's order
 */
record HiddenUnits(NetworkSpec network, DenseShape shape, double[] parameters) {
  static HiddenUnits of(ClaimData data, NetworkSpec network, double[] parameters) {
    return new HiddenUnits(network, network.shape(data.features()), parameters);
  }

  LayerUnits layer(int layer) {
    return LayerUnits.fromFlat(
        parameters, shape.weights(layer), shape.inputs(layer), shape.units(layer));
  }

  /** Different units of the layer that has the fewest, bit by bit. */
  int fewestDistinct() {
    int fewest = Integer.MAX_VALUE;
    for (int layer = 0; layer < shape.hiddenLayers(); layer++) {
      fewest = Math.min(fewest, UnitGroups.identical(layer(layer)).count());
    }
    return fewest;
  }

  /** Different units of the layer that has the most. */
  int mostDistinct() {
    int most = 0;
    for (int layer = 0; layer < shape.hiddenLayers(); layer++) {
      most = Math.max(most, UnitGroups.identical(layer(layer)).count());
    }
    return most;
  }

  /** Largest absolute weight of a layer, biases left out. */
  double largestWeight(int layer) {
    return Arrays.stream(parameters, shape.weights(layer), shape.biases(layer))
        .map(Math::abs)
        .max()
        .orElseThrow();
  }

  /** Activations of a layer: units × rows. */
  double[][] activations(int layer, double[][] x) {
    DenseNetwork dense = new DenseNetwork(shape, network.activations(), parameters);
    double[][] activations = new double[shape.units(layer)][x.length];
    for (int row = 0; row < x.length; row++) {
      double[] ofRow = dense.activations(layer, x[row]);
      for (int unit = 0; unit < ofRow.length; unit++) {
        activations[unit][row] = ofRow[unit];
      }
    }
    return activations;
  }

  /** Effective rank of a layer's activations; 0 where they are all zero. */
  double effectiveRank(int layer, double[][] x) {
    Double rank = EffectiveRank.of(activations(layer, x));
    return rank == null ? Double.NaN : rank;
  }

  /**
   * Share of a layer's activations that lie where the function is flat: its slope is below 1 % of
   * the largest.
   */
  double saturated(int layer, double[][] x) {
    boolean isOutput = layer == shape.layers() - 1;
    FlatZone zone = FlatZone.named(isOutput ? "sigmoid" : network.activation(layer).toString());
    return zone.saturates()
        ? Arrays.stream(activations(layer, x))
                .flatMapToDouble(Arrays::stream)
                .filter(zone::holds)
                .count()
            / (double) (shape.units(layer) * x.length)
        : 0;
  }

  /** Mean slope of a layer's activation function over units and rows. */
  double meanSlope(int layer, double[][] x) {
    DenseNetwork dense = new DenseNetwork(shape, network.activations(), parameters);
    double sum = 0;
    for (double[] row : x) {
      for (double z : dense.preActivations(layer, row)) {
        sum += network.activation(layer).slope(z);
      }
    }
    return sum / (shape.units(layer) * (double) x.length);
  }
}

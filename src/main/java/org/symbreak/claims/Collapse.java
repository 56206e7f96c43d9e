package org.symbreak.claims;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.symbreak.network.DenseShape;
import org.symbreak.symmetry.LayerUnits;
import org.symbreak.symmetry.UnitGroups;

/**
 * The smaller network that a network with repeated units equals: one unit a group, whose outgoing
 * weights are the sums of the group's. Layer by layer from the inputs, since units that differ only
 * in how they weigh equal units below are equal, too.
 *
 * @param shape with as many units as there are groups
 * @param parameters flat, in that shape's order
 */
record Collapse(DenseShape shape, double[] parameters) {
  static Collapse of(DenseShape shape, double[] parameters) {
    List<Integer> sizes = new ArrayList<>(List.of(shape.inputs(0)));
    List<double[]> layers = new ArrayList<>();
    double[] weights = part(parameters, shape.weights(0), shape.inputs(0) * shape.units(0));
    for (int layer = 0; layer < shape.hiddenLayers(); layer++) {
      double[] biases = part(parameters, shape.biases(layer), shape.units(layer));
      int fanIn = sizes.get(layer);
      List<int[]> groups = UnitGroups.identical(new LayerUnits(fanIn, weights, biases)).groups();
      double[] kept = new double[groups.size() * (fanIn + 1)];
      for (int group = 0; group < groups.size(); group++) {
        int first = groups.get(group)[0];
        System.arraycopy(weights, first * fanIn, kept, group * fanIn, fanIn);
        kept[groups.size() * fanIn + group] = biases[first];
      }
      layers.add(kept);
      sizes.add(groups.size());
      weights = summed(shape, parameters, layer + 1, groups);
    }
    int last = shape.layers() - 1;
    double[] output = Arrays.copyOf(weights, weights.length + 1);
    output[weights.length] = parameters[shape.biases(last)];
    layers.add(output);
    sizes.add(1);
    return new Collapse(
        new DenseShape(sizes), layers.stream().flatMapToDouble(Arrays::stream).toArray());
  }

  /** A layer's weights, those from the units of a group below added up: units × groups. */
  private static double[] summed(
      DenseShape shape, double[] parameters, int layer, List<int[]> groups) {
    double[] sums = new double[shape.units(layer) * groups.size()];
    for (int unit = 0; unit < shape.units(layer); unit++) {
      for (int group = 0; group < groups.size(); group++) {
        for (int input : groups.get(group)) {
          sums[unit * groups.size() + group] +=
              parameters[shape.weights(layer) + unit * shape.inputs(layer) + input];
        }
      }
    }
    return sums;
  }

  private static double[] part(double[] parameters, int from, int length) {
    return Arrays.copyOfRange(parameters, from, from + length);
  }
}

package org.symbreak.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.symbreak.network.DenseShape;
import org.symbreak.symmetry.GroupSpread;
import org.symbreak.symmetry.Ulps;

/**
 * Which hidden units are to be the same: a group a unit, in each layer. Parameters follow the
 * pattern where every weight depends on the groups of the two units that it joins alone, and every
 * bias on its unit's group: then units of a group compute the same, and matter the same to the
 * layer above.
 *
 * @param shape of the network
 * @param groups [hidden layer][unit] number of the group, from 0; inputs and the output are each by
 *     themselves
 */
record UnitPattern(DenseShape shape, List<int[]> groups) {
  /** All units of each hidden layer are the same. */
  static UnitPattern oneGroup(DenseShape shape) {
    List<int[]> groups = new ArrayList<>();
    for (int layer = 0; layer < shape.hiddenLayers(); layer++) {
      groups.add(new int[shape.units(layer)]);
    }
    return new UnitPattern(shape, groups);
  }

  /**
   * Each hidden layer's units are dealt to at most so many groups by chance; the first two are in
   * one group.
   */
  static UnitPattern random(DenseShape shape, int most, RandomGenerator random) {
    List<int[]> groups = new ArrayList<>();
    for (int layer = 0; layer < shape.hiddenLayers(); layer++) {
      int count = 1 + random.nextInt(Math.min(most, shape.units(layer)));
      int[] group = new int[shape.units(layer)];
      for (int unit = 2; unit < group.length; unit++) {
        group[unit] = random.nextInt(count);
      }
      groups.add(group);
    }
    return new UnitPattern(shape, groups);
  }

  /**
   * Parameters that follow the pattern and are random in every other way.
   *
   * @param scale standard deviation of weights and biases
   */
  double[] randomParameters(RandomGenerator random, double scale) {
    double[] parameters = new double[shape.parameters()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = scale * random.nextGaussian();
    }
    return imposedOn(parameters);
  }

  /**
   * The same parameters, those of each unit replaced by those of the first units of the groups that
   * it joins.
   */
  double[] imposedOn(double[] parameters) {
    double[] imposed = new double[parameters.length];
    for (int i = 0; i < imposed.length; i++) {
      imposed[i] = parameters[representative(i)];
    }
    return imposed;
  }

  /**
   * How far parameters are from the pattern, each from the one whose value it should have.
   *
   * @param vector as long as the parameters: parameters, a gradient, or a part of an optimizer's
   *     state
   * @return in units of the last place of a float, whatever the precision; NaN where one is not a
   *     number
   */
  GroupSpread spread(double[] vector) {
    double absolute = 0;
    long ulps = 0;
    for (int i = 0; i < vector.length; i++) {
      double first = vector[representative(i)];
      if (vector[i] != first) {
        absolute = Math.max(absolute, Math.abs(vector[i] - first));
        ulps = Math.max(ulps, Ulps.between((float) vector[i], (float) first));
      }
    }
    return new GroupSpread(absolute, ulps);
  }

  /** Where the parameter stands whose value the one at this index must have. */
  private int representative(int index) {
    int layer = 0;
    while (index >= shape.weights(layer + 1)) {
      layer++;
    }
    if (index >= shape.biases(layer)) {
      return shape.biases(layer) + firstLike(layer, index - shape.biases(layer));
    }
    int fanIn = shape.inputs(layer);
    int unit = (index - shape.weights(layer)) / fanIn;
    int input = (index - shape.weights(layer)) % fanIn;
    return shape.weights(layer) + firstLike(layer, unit) * fanIn + firstLike(layer - 1, input);
  }

  /**
   * The first unit of a unit's group; the unit itself in the output and, with layer −1, among the
   * inputs.
   */
  private int firstLike(int layer, int unit) {
    if (layer < 0 || layer >= groups.size()) {
      return unit;
    }
    int[] group = groups.get(layer);
    int first = 0;
    while (group[first] != group[unit]) {
      first++;
    }
    return first;
  }
}

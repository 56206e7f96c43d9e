package org.symbreak.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.symbreak.init.LayerInits;
import org.symbreak.random.Streams;

/**
 * The network of a run: hidden dense layers and one sigmoid output. A description; the number of
 * inputs is known once the data are.
 *
 * @param hidden units of each hidden layer, each from 1; empty for logistic regression
 * @param activations of the hidden layers; the last one repeats; may be empty only where there is
 *     no hidden layer
 * @param weights where weights begin
 * @param biases where biases begin
 * @param l2 coefficient λ of the penalty ½ λ ‖W‖² on weights (not biases), from 0
 * @param precision data type of parameters and arithmetic
 */
public record NetworkSpec(
    List<Integer> hidden,
    List<Activation> activations,
    LayerInits weights,
    LayerInits biases,
    double l2,
    Precision precision) {
  private static final long WEIGHTS = 1;
  private static final long BIASES = 2;

  public NetworkSpec {
    hidden = List.copyOf(hidden);
    activations = List.copyOf(activations);
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(biases, "biases");
    Objects.requireNonNull(precision, "precision");
    if (hidden.stream().anyMatch(units -> units < 1)) {
      throw new IllegalArgumentException(
          "each hidden layer needs at least one unit, found " + hidden);
    }
    if (activations.isEmpty() && !hidden.isEmpty()) {
      throw new IllegalArgumentException("hidden layers need an activation");
    }
    if (!(l2 >= 0 && l2 < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("l2 must be from 0 and finite, found " + l2);
    }
  }

  /** Activation of a hidden layer, from 0. */
  public Activation activation(int layer) {
    return activations.get(Math.min(layer, activations.size() - 1));
  }

  /** Sizes with this many inputs. */
  public DenseShape shape(int inputs) {
    List<Integer> sizes = new ArrayList<>();
    sizes.add(inputs);
    sizes.addAll(hidden);
    sizes.add(1);
    return new DenseShape(sizes);
  }

  /**
   * The parameters at which training begins: each layer's weights and biases drawn from streams of
   * their own, so they depend on seed, layer and shape alone.
   *
   * @return the flat vector in Deeplearning4j's order; rounded to float where the precision is
   *     float
   */
  public double[] initialParameters(int inputs, long seed) {
    DenseShape shape = shape(inputs);
    double[] parameters = new double[shape.parameters()];
    for (int layer = 0; layer < shape.layers(); layer++) {
      int fanIn = shape.inputs(layer);
      int units = shape.units(layer);
      double[] drawn = weights.of(layer).draw(Streams.of(seed, WEIGHTS, layer), fanIn, units);
      System.arraycopy(drawn, 0, parameters, shape.weights(layer), drawn.length);
      double[] bias = biases.of(layer).draw(Streams.of(seed, BIASES, layer), 1, units);
      System.arraycopy(bias, 0, parameters, shape.biases(layer), bias.length);
    }
    if (precision == Precision.FLOAT) {
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] = (float) parameters[i];
      }
    }
    return parameters;
  }
}

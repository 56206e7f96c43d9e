package org.symbreak.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.symbreak.init.DataDependent;
import org.symbreak.init.Initialization;
import org.symbreak.init.LayerInits;
import org.symbreak.init.Zeros;
import org.symbreak.problem.InputException;
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
 * @param l2 coefficient λ of the penalty ½ λ ‖W‖² on weights (not biases), from 0; {@link #AUTO_L2}
 *     while it is to follow from the data
 * @param precision data type of parameters and arithmetic
 */
public record NetworkSpec(
    List<Integer> hidden,
    List<Activation> activations,
    LayerInits weights,
    LayerInits biases,
    double l2,
    Precision precision) {
  /** To be decided once the number of rows is known; such a network cannot be trained yet. */
  public static final double AUTO_L2 = -1;

  private static final long WEIGHTS = 1;
  private static final long BIASES = 2;
  private static final long CONFIGURATION = 4;

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
    if (biases.lookAtRows()) {
      throw InputException.of(
          "--bias-init", "an initialization that looks at no rows", "'" + biases + "'");
    }
    if (!(l2 >= 0 && l2 < Double.POSITIVE_INFINITY) && l2 != AUTO_L2) {
      throw new IllegalArgumentException("l2 must be from 0 and finite, found " + l2);
    }
  }

  /** The same network with other hidden layers. */
  public NetworkSpec withHidden(List<Integer> other) {
    return new NetworkSpec(other, activations, weights, biases, l2, precision);
  }

  /** The same network in another data type. */
  public NetworkSpec withPrecision(Precision other) {
    return new NetworkSpec(hidden, activations, weights, biases, l2, other);
  }

  /** The same network with another penalty. */
  public NetworkSpec withL2(double other) {
    return new NetworkSpec(hidden, activations, weights, biases, other, precision);
  }

  /** Activation of a hidden layer, from 0. */
  public Activation activation(int layer) {
    return activations.get(Math.min(layer, activations.size() - 1));
  }

  /**
   * Sizes with this many inputs.
   *
   * @throws InputException where all parameters together are more than an array holds
   */
  public DenseShape shape(int inputs) {
    List<Integer> sizes = new ArrayList<>();
    sizes.add(inputs);
    sizes.addAll(hidden);
    sizes.add(1);
    try {
      return new DenseShape(sizes);
    } catch (ArithmeticException e) {
      throw InputException.of(
          "--hidden",
          "at most " + Integer.MAX_VALUE + " weights and biases in all",
          "more with " + hidden + " hidden units and " + inputs + " inputs");
    }
  }

  /**
   * {@link #begin} of weights that look at no rows.
   *
   * @throws IllegalStateException where they do
   */
  public double[] initialParameters(int inputs, long seed) {
    return initialParameters(
        inputs,
        seed,
        most -> {
          throw new IllegalStateException(weights + " needs training rows");
        });
  }

  /** The parameters of {@link #begin}. */
  public double[] initialParameters(int inputs, long seed, IntFunction<double[][]> firstRows) {
    return begin(inputs, seed, firstRows).parameters();
  }

  /**
   * Where training begins: each layer's weights and biases drawn from streams of their own, so they
   * depend on seed, layer and shape alone; those of a {@link DataDependent} layer on the rows, too.
   *
   * @param firstRows gives up to so many training rows, features of each, in the file's order;
   *     asked only where rows are looked at
   * @return the flat vector in Deeplearning4j's order; rounded to float where the precision is
   *     float
   * @throws InputException where one is too large for the precision
   */
  public Beginning begin(int inputs, long seed, IntFunction<double[][]> firstRows) {
    DenseShape shape = shape(inputs);
    double[] parameters = draw(shape, seed);
    List<String> notices =
        weights.lookAtRows()
            ? new RowsFit(this, shape, parameters, firstRows.apply(DataDependent.MOST_ROWS))
                .fit(initialWeights(shape))
            : List.of();
    for (int i = 0; i < parameters.length; i++) {
      double drawn = parameters[i];
      parameters[i] = precision == Precision.FLOAT ? (float) drawn : drawn;
      if (!Double.isFinite(parameters[i])) {
        throw tooLarge(drawn);
      }
    }
    return new Beginning(parameters, notices);
  }

  private double[] draw(DenseShape shape, long seed) {
    List<Initialization> weightsOf = initialWeights(shape);
    List<Initialization> biasesOf = initialBiases(shape);
    double[] parameters = new double[shape.parameters()];
    for (int layer = 0; layer < shape.layers(); layer++) {
      int units = shape.units(layer);
      double[] drawn =
          weightsOf.get(layer).draw(Streams.of(seed, WEIGHTS, layer), shape.inputs(layer), units);
      System.arraycopy(drawn, 0, parameters, shape.weights(layer), drawn.length);
      RandomGenerator random = Streams.of(seed, BIASES, layer);
      int inputs = shape.inputs(layer);
      double[] bias =
          biasesOf.get(layer) instanceof Zeros
              ? weightsOf.get(layer).ownBiases(random, inputs, units)
              : biasesOf.get(layer).drawAsBiases(random, inputs, units);
      System.arraycopy(bias, 0, parameters, shape.biases(layer), bias.length);
    }
    return parameters;
  }

  private InputException tooLarge(double drawn) {
    double largest = precision == Precision.FLOAT ? Float.MAX_VALUE : Double.MAX_VALUE;
    return InputException.of(
        "--init " + weights + " --bias-init " + biases,
        String.format(Locale.ROOT, "weights and biases of at most %.4g", largest),
        Double.toString(drawn));
  }

  /**
   * This network for Deeplearning4j, our initializations and our loss by name; both classes weigh
   * the same.
   *
   * @param inputs features of a row, from 1
   * @param updater how Deeplearning4j moves the parameters
   * @param seed of the run, any value
   */
  public MultiLayerConfiguration configuration(int inputs, IUpdater updater, long seed) {
    return configuration(inputs, updater, seed, new SigmoidCrossEntropy());
  }

  /** As {@link #configuration(int, IUpdater, long)}, with a loss that weighs rows. */
  public MultiLayerConfiguration configuration(
      int inputs, IUpdater updater, long seed, ILossFunction loss) {
    return exact(stockConfiguration(inputs, updater, seed), loss);
  }

  /**
   * A configuration that {@link #stockConfiguration} gave, or the like, with our initializations
   * and our loss by name.
   *
   * @param stock is changed
   */
  public MultiLayerConfiguration exact(MultiLayerConfiguration stock, ILossFunction loss) {
    FeedForwardLayer first = (FeedForwardLayer) stock.getConf(0).getLayer();
    List<Initialization> weightsOf = initialWeights(shape((int) first.getNIn()));
    for (int layer = 0; layer < weightsOf.size(); layer++) {
      BaseLayer dense = (BaseLayer) stock.getConf(layer).getLayer();
      dense.setWeightInitFn(weightsOf.get(layer));
      if (dense instanceof BaseOutputLayer output) {
        output.setLossFn(loss);
      }
    }
    return stock;
  }

  /**
   * This network for a Deeplearning4j that does not have this library: each initialization is the
   * nearest of Deeplearning4j's own and the loss its LossBinaryXENT. Both matter to training alone,
   * so outputs are the same.
   */
  public MultiLayerConfiguration stockConfiguration(int inputs, IUpdater updater, long seed) {
    DenseShape shape = shape(inputs);
    if (l2 == AUTO_L2) {
      throw new IllegalStateException("l2 is to be decided first");
    }
    NeuralNetConfiguration.Builder common =
        new NeuralNetConfiguration.Builder().dataType(precision.dl4j()).updater(updater).l2(l2);
    // 0 would mean no seed to Deeplearning4j; seed(long) would seed ND4J's generator as well, which
    // loads its native library
    common.setSeed(Streams.seed(seed, CONFIGURATION) | 1);
    List<Initialization> weightsOf = initialWeights(shape);
    List<NeuralNetConfiguration> layers = new ArrayList<>();
    for (int layer = 0; layer < shape.layers(); layer++) {
      boolean isOutput = layer == shape.layers() - 1;
      FeedForwardLayer.Builder<?> dense =
          isOutput ? new OutputLayer.Builder(new LossBinaryXENT()) : new DenseLayer.Builder();
      dense.name("layer" + layer);
      dense.nIn(shape.inputs(layer)).nOut(shape.units(layer));
      dense.activation(isOutput ? new ActivationSigmoid() : activation(layer).dl4j());
      dense.weightInit(weightsOf.get(layer).stock(shape.inputs(layer), shape.units(layer)));
      layers.add(common.clone().layer(dense.build()).build());
    }
    return withoutNatives(layers);
  }

  /**
   * What Deeplearning4j's list builder builds of these layers; its own build() seeds ND4J's
   * generator, too, so that to describe a network would take a second.
   */
  private MultiLayerConfiguration withoutNatives(List<NeuralNetConfiguration> layers) {
    MultiLayerConfiguration configuration = new MultiLayerConfiguration();
    configuration.setConfs(layers);
    configuration.setCacheMode(CacheMode.NONE);
    configuration.setDataType(precision.dl4j());
    return configuration;
  }

  private List<Initialization> initialWeights(DenseShape shape) {
    int[] fansIn = IntStream.range(0, shape.layers()).map(shape::inputs).toArray();
    return weights.resolve(fansIn, IntStream.range(0, shape.layers()).map(shape::units).toArray());
  }

  private List<Initialization> initialBiases(DenseShape shape) {
    int[] ones = IntStream.range(0, shape.layers()).map(layer -> 1).toArray();
    return biases.resolve(ones, IntStream.range(0, shape.layers()).map(shape::units).toArray());
  }
}

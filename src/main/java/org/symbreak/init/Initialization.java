package org.symbreak.init;

import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.symbreak.random.Streams;

/**
 * A way to begin: draws the weights of one dense layer. A value that survives Deeplearning4j's JSON
 * and equals its copy; {@link Object#toString()} is the text that the catalogue reads
 * ("gaussian:0.01"). Usable in any Deeplearning4j program: {@code new
 * DenseLayer.Builder().weightInit(new ScaledGaussian(0.01))}.
 */
public interface Initialization extends IWeightInit {
  /**
   * Draws the weights of a layer. Double precision whatever the network's, so that a float network
   * begins at the rounded weights of the double one.
   *
   * @param random where chance comes from; left untouched by initializations that need none
   * @param fanIn inputs of the layer, from 1
   * @param fanOut units of the layer, from 1
   * @return fanIn × fanOut weights, unit after unit: the weights that come into unit j are
   *     [j·fanIn, (j+1)·fanIn), the order of Deeplearning4j's flat parameter vector
   */
  double[] draw(RandomGenerator random, int fanIn, int fanOut);

  /**
   * Draws biases: as weights of units that have one input, unless the author of the initialization
   * says otherwise.
   *
   * @param fanIn inputs of the layer, from 1
   * @param units of the layer, from 1
   * @return a bias a unit
   */
  default double[] drawAsBiases(RandomGenerator random, int fanIn, int units) {
    return draw(random, 1, units);
  }

  /**
   * Where the biases of a layer begin whose weights begin so, if nobody says it: zeros, unless the
   * initialization has its own.
   *
   * @return one a unit
   */
  default double[] ownBiases(RandomGenerator random, int fanIn, int units) {
    return new double[units];
  }

  /**
   * The nearest that Deeplearning4j has of its own, for configurations that are to be read without
   * this library.
   */
  IWeightInit stock(int fanIn, int fanOut);

  /**
   * This initialization for a layer that comes after another one: itself, unless both draw from one
   * sequence of numbers, which it then continues.
   *
   * @param earlier initialization of a layer before this one
   * @param weights how many that layer drew
   */
  default Initialization after(Initialization earlier, long weights) {
    return this;
  }

  /**
   * For Deeplearning4j: draws one number from ND4J's generator, which the configuration's seed
   * seeds, and fills the view from a stream of that seed.
   */
  @Override
  default INDArray init(double fanIn, double fanOut, long[] shape, char order, INDArray paramView) {
    if (shape.length != 2) {
      throw new IllegalArgumentException(
          "dense layers alone can begin with "
              + this
              + ", found a weight array of "
              + shape.length
              + " dimensions");
    }
    double[] weights =
        draw(
            Streams.of(Nd4j.getRandom().nextLong()),
            Math.toIntExact(shape[0]),
            Math.toIntExact(shape[1]));
    INDArray view = paramView.reshape(order, shape);
    view.assign(Nd4j.createFromArray(weights).reshape('f', shape));
    return view;
  }
}

package org.symbreak.engine.fused;

import java.util.List;
import java.util.stream.IntStream;
import org.symbreak.data.OneHot;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;

/**
 * What a network foretells that is not trained any more, in double precision, a block of rows at a
 * time. Not thread safe.
 */
public final class FusedPredictor {
  private final OneHot oneHot;
  private final Inputs inputs;
  private final Block<double[]> block;
  private final double[] parameters;
  private final double[] full;

  /**
   * @param oneHot how the rows' features are laid out
   * @param flat parameters, in Deeplearning4j's order
   */
  public FusedPredictor(NetworkSpec network, OneHot oneHot, double[] flat) {
    this.oneHot = oneHot;
    this.inputs = Inputs.of(oneHot);
    DenseShape shape = network.shape(oneHot.features());
    Layout layout = new Layout(shape);
    Kernels<double[]> kernels = new PlainDoubleKernels();
    this.parameters = kernels.array(layout.length());
    layout.read(kernels, flat, 0, parameters);
    List<Activation> activations =
        IntStream.range(0, shape.hiddenLayers()).mapToObj(network::activation).toList();
    this.block = new Block<>(kernels, layout, activations, 1, 1);
    this.full = new double[inputs.numbers()];
    block.gather(inputs);
  }

  /**
   * Takes a row, in short.
   *
   * @param numbers its features that are none of a category's
   * @param ones of each category, the feature that is 1
   * @return whether no more are taken before {@link #probabilities}
   */
  public boolean add(double[] numbers, int[] ones) {
    if (inputs.groups() == oneHot.groups()) {
      block.put(numbers, ones);
    } else {
      oneHot.expand(numbers, ones, full, 0);
      block.put(full, ones);
    }
    return block.rows() == Kernels.ROWS;
  }

  /**
   * Probability of class 1 of each row that was taken since the last time.
   *
   * @param into receives them, from {@code at} on
   */
  public void probabilities(double[] into, int at) {
    block.forward(parameters);
    block.probabilities(into, at);
    block.gather(inputs);
  }
}

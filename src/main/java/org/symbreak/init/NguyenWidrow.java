package org.symbreak.init;

import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.weights.IWeightInit;

/**
 * Units' weight vectors with random directions and the length 0.7 fanOut^(1/fanIn), for inputs in
 * [−1, 1]. Nguyen and Widrow, IJCNN 1990. As initial biases: uniform in plus or minus that length,
 * which spreads the units' steep parts over the inputs.
 */
public record NguyenWidrow() implements Initialization {
  @Override
  public double[] draw(RandomGenerator random, int fanIn, int fanOut) {
    double length = length(fanIn, fanOut);
    double[] weights = new double[Math.multiplyExact(fanIn, fanOut)];
    for (int unit = 0; unit < fanOut; unit++) {
      double squares;
      do {
        squares = 0;
        for (int i = unit * fanIn; i < (unit + 1) * fanIn; i++) {
          weights[i] = random.nextDouble() * 2 - 1;
          squares += weights[i] * weights[i];
        }
      } while (squares == 0);
      double factor = length / Math.sqrt(squares);
      for (int i = unit * fanIn; i < (unit + 1) * fanIn; i++) {
        weights[i] *= factor;
      }
    }
    return weights;
  }

  @Override
  public double[] drawAsBiases(RandomGenerator random, int fanIn, int units) {
    double length = length(fanIn, units);
    return random.doubles(units, -length, length).toArray();
  }

  /** The uniform distribution with the same variance, length² / fanIn. */
  @Override
  public IWeightInit stock(int fanIn, int fanOut) {
    double length = length(fanIn, fanOut);
    return Stock.uniform(VarianceScaling.uniformBound(length * length / fanIn));
  }

  @Override
  public String toString() {
    return "nguyen-widrow";
  }

  private static double length(int fanIn, int fanOut) {
    return 0.7 * StrictMath.pow(fanOut, 1.0 / fanIn);
  }
}

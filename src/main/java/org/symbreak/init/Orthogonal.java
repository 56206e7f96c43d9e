package org.symbreak.init;

import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A random matrix whose units' weight vectors are orthogonal to each other and have the same
 * length, where there are no more units than inputs; else its inputs' weight vectors are. Uniformly
 * distributed over such matrices. Saxe, McClelland and Ganguli, ICLR 2014.
 *
 * @param gain length of those vectors, positive and finite
 */
public record Orthogonal(@JsonProperty("gain") double gain) implements Initialization {
  public Orthogonal {
    Requirements.positive("gain", gain);
  }

  @Override
  public double[] draw(RandomGenerator random, int fanIn, int fanOut) {
    int length = Math.max(fanIn, fanOut);
    double[][] vectors = new double[Math.min(fanIn, fanOut)][length];
    for (int i = 0; i < vectors.length; i++) {
      do {
        for (int k = 0; k < length; k++) {
          vectors[i][k] = random.nextGaussian();
        }
      } while (!orthonormalize(vectors, i));
    }
    double[] weights = new double[Math.multiplyExact(fanIn, fanOut)];
    for (int unit = 0; unit < fanOut; unit++) {
      for (int input = 0; input < fanIn; input++) {
        weights[unit * fanIn + input] =
            gain * (fanOut <= fanIn ? vectors[unit][input] : vectors[input][unit]);
      }
    }
    return weights;
  }

  /**
   * Gram–Schmidt, twice, which leaves no more than rounding errors (Giraud, Langou, Rozložník and
   * van den Eshof, Numerische Mathematik 101, 2005).
   *
   * @return false where too little of the vector is left to tell its direction
   */
  private static boolean orthonormalize(double[][] vectors, int last) {
    double[] vector = vectors[last];
    double before = Math.sqrt(dot(vector, vector));
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < last; i++) {
        double shadow = dot(vectors[i], vector);
        for (int k = 0; k < vector.length; k++) {
          vector[k] -= shadow * vectors[i][k];
        }
      }
    }
    double norm = Math.sqrt(dot(vector, vector));
    if (!(norm > 1e-8 * before)) {
      return false;
    }
    for (int k = 0; k < vector.length; k++) {
      vector[k] /= norm;
    }
    return true;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  @Override
  public IWeightInit stock(int fanIn, int fanOut) {
    return Stock.orthogonal(gain);
  }

  @Override
  public String toString() {
    return "orthogonal:" + Numbers.text(gain);
  }
}

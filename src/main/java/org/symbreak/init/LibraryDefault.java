package org.symbreak.init;

import java.util.Locale;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.symbreak.init.VarianceScaling.Family;
import org.symbreak.init.VarianceScaling.Spread;

/**
 * As another library begins a dense layer where its user says nothing: the weights, and the biases,
 * too, for which a network asks where none of its own are said.
 *
 * @param library whose defaults
 */
public record LibraryDefault(@JsonProperty("library") Library library) implements Initialization {
  /** Libraries, each with where its defaults stand. */
  public enum Library {
    /**
     * Uniform in ±1/√fanIn, biases likewise: torch.nn.Linear.reset_parameters, whose
     * kaiming_uniform_ with a = √5 comes to that.
     */
    PYTORCH {
      @Override
      double bound(int fanIn, int fanOut) {
        return 1 / Math.sqrt(fanIn);
      }
    },
    /** Glorot's uniform, biases of zero: keras.layers.Dense, kernel_initializer. */
    KERAS {
      @Override
      double bound(int fanIn, int fanOut) {
        return Math.sqrt(6 / ((double) fanIn + fanOut));
      }

      @Override
      double biasBound(int fanIn, int fanOut) {
        return 0;
      }
    },
    /**
     * Uniform in ±√(6 / (fanIn + fanOut)), biases likewise: MLPClassifier._init_coef for all
     * activations but the logistic one.
     */
    SKLEARN {
      @Override
      double bound(int fanIn, int fanOut) {
        return Math.sqrt(6 / ((double) fanIn + fanOut));
      }
    },
    /** The same with the logistic activation: ±√(2 / (fanIn + fanOut)). */
    SKLEARN_LOGISTIC {
      @Override
      double bound(int fanIn, int fanOut) {
        return Math.sqrt(2 / ((double) fanIn + fanOut));
      }
    },
    /** LeCun's normal, cut off at two deviations, biases of zero: flax.linen.Dense, kernel_init. */
    FLAX {
      @Override
      double bound(int fanIn, int fanOut) {
        throw new UnsupportedOperationException("not uniform");
      }

      @Override
      double biasBound(int fanIn, int fanOut) {
        return 0;
      }

      @Override
      Initialization weights(int fanIn, int fanOut) {
        return new VarianceScaling(Family.LECUN, Spread.TRUNCATED);
      }
    },
    /** Uniform in ±2.4/√fanIn, biases likewise: AffineLayerModel.randomWeights of Spark ML. */
    SPARK {
      @Override
      double bound(int fanIn, int fanOut) {
        return 2.4 / Math.sqrt(fanIn);
      }
    },
    /** Uniform in ±0.5, biases of 0.1: Link and Node of nn.ts in TensorFlow Playground. */
    TF_PLAYGROUND {
      @Override
      double bound(int fanIn, int fanOut) {
        return 0.5;
      }

      @Override
      double[] biases(RandomGenerator random, int fanIn, int fanOut) {
        return new Constant(0.1).draw(random, 1, fanOut);
      }
    },
    /** Uniform in ±0.05, biases likewise: NeuralNode of Weka's MultilayerPerceptron. */
    WEKA {
      @Override
      double bound(int fanIn, int fanOut) {
        return 0.05;
      }
    };

    /** Of the uniform distribution of the weights. */
    abstract double bound(int fanIn, int fanOut);

    /** Of the uniform distribution of the biases; 0 where they begin at zero. */
    double biasBound(int fanIn, int fanOut) {
      return bound(fanIn, fanOut);
    }

    Initialization weights(int fanIn, int fanOut) {
      return new UniformEpsilon(bound(fanIn, fanOut));
    }

    double[] biases(RandomGenerator random, int fanIn, int fanOut) {
      double bound = biasBound(fanIn, fanOut);
      return bound == 0 ? new double[fanOut] : new UniformEpsilon(bound).draw(random, 1, fanOut);
    }
  }

  public LibraryDefault {
    Objects.requireNonNull(library, "library");
  }

  @Override
  public double[] draw(RandomGenerator random, int fanIn, int fanOut) {
    return library.weights(fanIn, fanOut).draw(random, fanIn, fanOut);
  }

  @Override
  public double[] ownBiases(RandomGenerator random, int fanIn, int fanOut) {
    return library.biases(random, fanIn, fanOut);
  }

  @Override
  public IWeightInit stock(int fanIn, int fanOut) {
    return library.weights(fanIn, fanOut).stock(fanIn, fanOut);
  }

  /** {@code tf-playground}; {@code sklearn:logistic}. */
  @Override
  public String toString() {
    return library == Library.SKLEARN_LOGISTIC
        ? "sklearn:logistic"
        : library.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

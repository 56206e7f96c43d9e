package org.symbreak.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbreak.engine.fused.FusedEngine;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseShape;
import org.symbreak.network.Precision;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.setting.OptimizerSpec.Decay;
import org.symbreak.setting.OptimizerSpec.Kind;

/** Hidden units that start equal stay equal, bit for bit, wherever they stand in their layer. */
class SymmetryIsKeptTest {
  private static final List<OptimizerSpec> OPTIMIZERS =
      List.of(
          RandomProblem.sgd(0.2),
          new OptimizerSpec(Kind.NESTEROV, 0.05, 0.9, Decay.NONE),
          new OptimizerSpec(Kind.ADAM, 0.01, 0, Decay.NONE));

  @ParameterizedTest
  @EnumSource(Activation.class)
  void forEveryActivationAndOptimizer(Activation activation) {
    for (OptimizerSpec optimizer : OPTIMIZERS) {
      for (Precision precision : Precision.values()) {
        assertSymmetryAfter(
            1000, RandomProblem.of(21, activation, 3, 18).with(optimizer).with(precision));
        assertSymmetryAfter(
            100,
            RandomProblem.of(21, activation, 3, 6, 21).batches(8).with(optimizer).with(precision));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 127, 129, 255, 256, 257, 300,
        1000
      })
  void atEveryKindOfWidth(int width) {
    for (Precision precision : Precision.values()) {
      assertSymmetryAfter(50, RandomProblem.of(70, Activation.TANH, 2, width).with(precision));
    }
  }

  @Test
  void onManyThreads() {
    assertSymmetryAfter(20, RandomProblem.of(4000, Activation.TANH, 10, 40).threads(3));
  }

  /** All widths, 1000 steps, every activation and optimizer. */
  @Tag("slow")
  @ParameterizedTest
  @EnumSource(Activation.class)
  void atEveryWidth(Activation activation) {
    IntStream.concat(IntStream.rangeClosed(2, 300), IntStream.of(1000))
        .forEach(
            width -> {
              OptimizerSpec optimizer = OPTIMIZERS.get(width % OPTIMIZERS.size());
              for (Precision precision : Precision.values()) {
                int threads = 1 + width % 2;
                assertSymmetryAfter(
                    1000,
                    RandomProblem.of(65, activation, 2, width)
                        .with(optimizer)
                        .with(precision)
                        .threads(threads));
              }
            });
  }

  private static void assertSymmetryAfter(int steps, RandomProblem random) {
    DenseShape shape = random.network().shape(random.sizes().get(0));
    double[] start = symmetric(shape, random.parameters());
    try (TrainingSession session = new FusedEngine().open(random.problem(), start)) {
      session.advance(steps);
      double[] end = session.parameters();
      assertThat(end).doesNotContain(Double.NaN).isNotEqualTo(start);
      assertThat(symmetric(shape, end)).as("%s", random).isEqualTo(end);
    }
  }

  /** Gives every unit of a hidden layer the first one's weights, in and out. */
  private static double[] symmetric(DenseShape shape, double[] parameters) {
    double[] equal = parameters.clone();
    for (int layer = 0; layer < shape.layers(); layer++) {
      int inputs = shape.inputs(layer);
      int first = shape.weights(layer);
      if (layer > 0) {
        Arrays.fill(equal, first, first + inputs, parameters[first]);
      }
      for (int unit = 1; unit < shape.units(layer); unit++) {
        System.arraycopy(equal, first, equal, first + unit * inputs, inputs);
        equal[shape.biases(layer) + unit] = equal[shape.biases(layer)];
      }
    }
    return equal;
  }
}

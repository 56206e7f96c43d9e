package org.symbreak.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.symbreak.data.OneHot;
import org.symbreak.init.LayerInits;
import org.symbreak.init.Zeros;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseNetwork;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.random.Streams;

/** Rows in short give the bits that rows in full give. */
class RowNetworkTest {
  private static final OneHot LAYOUT = new OneHot(40, new int[] {3, 25, 38}, new int[] {22, 9, 2});

  @ParameterizedTest
  @EnumSource(Activation.class)
  void saysWhatTheDenseNetworkSays(Activation activation) {
    LayerInits zeros = LayerInits.of(new Zeros());
    RandomGenerator random = Streams.of(5);
    for (List<Integer> hidden : List.of(List.<Integer>of(), List.of(1), List.of(19, 8, 5))) {
      NetworkSpec spec =
          new NetworkSpec(
              hidden,
              hidden.isEmpty() ? List.of() : List.of(activation),
              zeros,
              zeros,
              0.01,
              Precision.DOUBLE);
      double[] parameters = random.doubles(spec.shape(40).parameters(), -2, 2).toArray();
      RowNetwork inShort = new RowNetwork(spec, LAYOUT, parameters);
      DenseNetwork dense = new DenseNetwork(spec.shape(40), spec.activations(), parameters);
      for (int row = 0; row < 20; row++) {
        double[] numbers = random.doubles(LAYOUT.numbers(), -3, 3).toArray();
        int[] ones = new int[LAYOUT.groups()];
        Arrays.setAll(ones, g -> LAYOUT.from(g) + random.nextInt(LAYOUT.size(g)));
        double[] features = new double[40];
        LAYOUT.expand(numbers, ones, features, 0);
        assertThat(inShort.probability(numbers, ones)).isEqualTo(dense.probability(features));
      }
    }
  }
}

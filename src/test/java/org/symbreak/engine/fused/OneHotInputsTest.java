package org.symbreak.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbreak.data.EncodedRows;
import org.symbreak.data.OneHot;
import org.symbreak.init.LayerInits;
import org.symbreak.init.Zeros;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.random.Streams;

/** One-hot inputs as indices give the bits that they give as numbers. */
class OneHotInputsTest {
  /** Numbers and categories side by side, alone, at both ends, and over the borders of spans. */
  private static final List<OneHot> KINDS =
      List.of(
          new OneHot(40, new int[] {3, 25, 38}, new int[] {22, 9, 2}),
          new OneHot(31, new int[] {0, 20}, new int[] {20, 11}),
          new OneHot(600, new int[] {1, 580}, new int[] {10, 19}),
          new OneHot(340, new int[] {250, 260, 300, 330}, new int[] {9, 12, 30, 9}));

  /** Drawn rows, said in short where {@code told}. */
  private record Drawn(OneHot kind, double[][] numbers, int[][] ones, boolean told)
      implements EncodedRows {
    static Drawn of(OneHot kind, int rows, boolean told) {
      RandomGenerator random = Streams.of(kind.features(), rows);
      double[][] numbers = new double[rows][kind.numbers()];
      int[][] ones = new int[rows][kind.groups()];
      for (int row = 0; row < rows; row++) {
        Arrays.setAll(numbers[row], i -> random.nextGaussian());
        Arrays.setAll(ones[row], g -> kind.from(g) + random.nextInt(kind.size(g)));
      }
      return new Drawn(kind, numbers, ones, told);
    }

    @Override
    public int rows() {
      return ones.length;
    }

    @Override
    public int features() {
      return kind.features();
    }

    @Override
    public void features(int row, double[] into, int offset) {
      kind.expand(numbers[row], ones[row], into, offset);
    }

    @Override
    public OneHot oneHot() {
      return told ? kind : OneHot.none(features());
    }

    @Override
    public void inShort(int row, double[] into, int[] onesInto) {
      System.arraycopy(numbers[row], 0, into, 0, into.length);
      System.arraycopy(ones[row], 0, onesInto, 0, onesInto.length);
    }

    @Override
    public int label(int row) {
      return ones[row][0] + numbers[row].length & 1;
    }

    @Override
    public long line(int row) {
      return row + 2L;
    }
  }

  private record Case(
      OneHot kind, List<Integer> hidden, Precision precision, VectorUse vectors, int threads) {}

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (OneHot kind : KINDS) {
      for (List<Integer> hidden : List.of(List.<Integer>of(), List.of(19, 7), List.of(33))) {
        for (Precision precision : Precision.values()) {
          cases.add(new Case(kind, hidden, precision, VectorUse.NEVER, 1));
          cases.add(new Case(kind, hidden, precision, VectorUse.AT_ONCE, 1));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void giveTheBitsOfNumbers(Case of) {
    assertThat(Inputs.of(of.kind).areNumbers()).isFalse();
    assertThat(train(of, true)).isEqualTo(train(of, false));
  }

  @Test
  void areNumbersWhereGroupsAreSmall() {
    OneHot small = new OneHot(9, new int[] {1, 6}, new int[] {4, 3});
    assertThat(Inputs.of(small).areNumbers()).isTrue();
    assertThat(Inputs.of(small).columns()).isEqualTo(12);
  }

  private static double[] train(Case of, boolean told) {
    LayerInits zeros = LayerInits.of(new Zeros());
    NetworkSpec spec =
        new NetworkSpec(
            of.hidden,
            of.hidden.isEmpty() ? List.of() : List.of(Activation.TANH),
            zeros,
            zeros,
            0.01,
            of.precision);
    int rows = 70;
    try (FusedNetwork<?> network =
        FusedNetwork.of(spec, Drawn.of(of.kind, rows, told), 0.8, 1.7, of.threads, of.vectors)) {
      RandomGenerator random = Streams.of(4, 1);
      double[] start = new double[spec.shape(of.kind.features()).parameters()];
      Arrays.setAll(start, i -> 0.4 * random.nextGaussian());
      network.useState(2);
      network.setParameters(start);
      int[] batch = {7, 69, 3, 3, 61, 64, 20};
      double losses = 0;
      for (int step = 1; step <= 2; step++) {
        losses += network.gradient(null, rows, true);
        network.sgd(0.1);
        losses += network.gradient(batch, batch.length, true);
        network.adam(0.01, 0.9, 0.999, 1e-8, step);
      }
      double[] gradient = new double[start.length];
      losses += network.objective(start, gradient);
      EncodedRows other = Drawn.of(of.kind, 70, told);
      return Stream.of(
              network.parameters(),
              gradient,
              network.probabilities(other),
              new double[] {losses, network.loss(other)})
          .flatMapToDouble(Arrays::stream)
          .toArray();
    }
  }
}

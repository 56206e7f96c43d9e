package org.symbreak.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbreak.engine.TestRows;
import org.symbreak.init.LayerInits;
import org.symbreak.init.ScaledGaussian;
import org.symbreak.init.Zeros;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.random.Streams;

/** Blocks side by side in one array hold the rows, and what is gathered from them is the same. */
class RowsTest {
  private static final PlainFloatKernels KERNELS = new PlainFloatKernels();

  /** Blocks of one column and of several spans, those that fill an array and those that do not. */
  static Stream<Arguments> shapes() {
    return IntStream.of(1, 2, 15, 16, 17, 30, 64, 85, 128, 129, 256, 257, 300)
        .boxed()
        .flatMap(
            columns ->
                Stream.of(1, 63, 64, 65, 600, 1100).map(rows -> Arguments.of(columns, rows)));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void holdEachRowInItsBlock(int columns, int count) {
    TestRows source = TestRows.linear(count, columns, 1);
    Rows<float[]> rows = new Rows<>(KERNELS, source, Long.MAX_VALUE);
    assertThat(rows.isResident()).isTrue();
    for (int row = 0; row < count; row++) {
      float[] block = rows.block(row);
      for (int k = 0; k < Kernels.padded(columns); k++) {
        float expected = k < columns ? (float) source.x()[row][k] : 0;
        assertThat(block[at(rows.column(row) + k, row)]).isEqualTo(expected);
      }
      assertThat(rows.labels()[row]).isEqualTo(source.label(row));
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void giveTheSameRowsWhetherCopiedOrNot(int columns, int count) {
    TestRows source = TestRows.linear(count, columns, 1);
    Rows<float[]> copied = new Rows<>(KERNELS, source, Long.MAX_VALUE);
    Rows<float[]> read = new Rows<>(KERNELS, source, 0);
    assertThat(read.isResident()).isFalse();
    int[] order = shuffled(count);
    copied.touch(order, 0, count);
    read.touch(order, 0, count);
    for (int i = 0; i < count; i++) {
      float[] block = copiedTo(copied, order[i], i % Kernels.ROWS, columns);
      assertThat(block).isEqualTo(copiedTo(read, order[i], i % Kernels.ROWS, columns));
      assertThat(block[at(columns - 1, i)]).isEqualTo((float) source.x()[order[i]][columns - 1]);
    }
  }

  /** The step is the same whether a block is used where it stands or gathered row after row. */
  @ParameterizedTest
  @MethodSource("shapes")
  void trainAlikeInPlaceAndGathered(int columns, int count) {
    LayerInits zeros = LayerInits.of(new Zeros());
    LayerInits random = LayerInits.of(new ScaledGaussian(0.1));
    for (List<Integer> hidden : List.of(List.<Integer>of(), List.of(5, 3))) {
      NetworkSpec network =
          new NetworkSpec(hidden, List.of(Activation.TANH), random, zeros, 0.01, Precision.FLOAT);
      for (VectorUse vectors : List.of(VectorUse.NEVER, VectorUse.AT_ONCE)) {
        try (FusedNetwork<?> trained =
            FusedNetwork.of(network, TestRows.linear(count, columns, 1), 1, 1, 1, vectors)) {
          trained.setParameters(network.initialParameters(columns, 3));
          double inPlace = trained.gradient(null, count, true);
          double[] norms = trained.gradientNorms();
          double gathered = trained.gradient(IntStream.range(0, count).toArray(), count, true);
          assertThat(gathered).isEqualTo(inPlace);
          assertThat(trained.gradientNorms()).containsExactly(norms);
        }
      }
    }
  }

  private static int at(int column, int row) {
    return Kernels.column(column) + row % Kernels.ROWS * Kernels.DISTANCE;
  }

  private static float[] copiedTo(Rows<float[]> rows, int row, int to, int columns) {
    float[] block = new float[Kernels.blockLength(columns)];
    rows.copy(row, new double[columns], new int[0], block, new int[0], new float[Kernels.ROWS], to);
    return block;
  }

  private static int[] shuffled(int count) {
    int[] order = IntStream.range(0, count).toArray();
    RandomGenerator random = Streams.of(9, count);
    for (int i = count - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}

package org.symbreak.engine.fused;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;

/**
 * The kernels that compute a network, and the threads that use them: in plain Java until vectors
 * are warm. Not thread safe; to be closed.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class Arithmetic<A> implements AutoCloseable {
  private final Layout layout;
  private final Supplier<Kernels<A>> vectorKernels;
  private final Team<A> team;
  private Kernels<A> kernels;
  private WarmUp warmUp;

  /** Products of rows and parameters that are still to be computed. */
  private long left = Long.MAX_VALUE;

  private Arithmetic(
      Supplier<Kernels<A>> plainKernels,
      Supplier<Kernels<A>> vectorKernels,
      NetworkSpec network,
      Layout layout,
      double weightOfZero,
      double weightOfOne,
      int threads,
      VectorUse vectors) {
    this.layout = layout;
    this.vectorKernels = vectorKernels;
    kernels = plainKernels.get();
    List<Activation> activations =
        IntStream.range(0, layout.output()).mapToObj(network::activation).toList();
    team =
        new Team<>(
            threads,
            () -> new Block<>(plainKernels.get(), layout, activations, weightOfZero, weightOfOne));
    switch (vectors) {
      case NEVER -> warmUp = null;
      case ONCE_WARM -> {
        warmUp =
            WarmUp.join(
                network.precision(),
                activations.isEmpty() ? Activation.IDENTITY : activations.get(0));
        team.leaveToCaller(true); // the warm-up and the JVM's compilers need a processor, too
      }
      case AT_ONCE -> useVectors();
    }
  }

  /**
   * @param layout of the network's parameters
   * @param weightOfZero of the loss of rows of class 0
   * @param weightOfOne of the loss of rows of class 1
   * @param threads at the most, from 1
   */
  static Arithmetic<?> of(
      NetworkSpec network,
      Layout layout,
      double weightOfZero,
      double weightOfOne,
      int threads,
      VectorUse vectors) {
    // method references would load the vector kernels, which needs the Vector API, where none is
    // used
    return network.precision() == Precision.FLOAT
        ? new Arithmetic<>(
            PlainFloatKernels::new,
            () -> new VectorFloatKernels(),
            network,
            layout,
            weightOfZero,
            weightOfOne,
            threads,
            vectors)
        : new Arithmetic<>(
            PlainDoubleKernels::new,
            () -> new VectorDoubleKernels(),
            network,
            layout,
            weightOfZero,
            weightOfOne,
            threads,
            vectors);
  }

  /** Where parameters stand. */
  Layout layout() {
    return layout;
  }

  /** Those of the calling thread, which may be others after {@link #await}. */
  Kernels<A> kernels() {
    return kernels;
  }

  Team<A> team() {
    return team;
  }

  /** An array of zeros as long as the parameters. */
  A parameters() {
    return kernels.array(layout.length());
  }

  /**
   * @param rows whose gradients are still to be computed, at the most
   */
  void expect(long rows) {
    left = rows > Long.MAX_VALUE / layout.length() ? Long.MAX_VALUE : rows * layout.length();
  }

  /**
   * Goes on with vectors where they are warm by now.
   *
   * @param rows whose gradients are about to be computed
   */
  void await(long rows) {
    if (warmUp == null) {
      return;
    }
    long products = rows * layout.length();
    left -= products;
    if (warmUp.isReady(products, left)) {
      useVectors();
    } else if (warmUp.hasFailed()) {
      endWarmUp();
    }
  }

  /** Goes on with vectors. */
  void useVectors() {
    kernels = vectorKernels.get();
    team.use(vectorKernels);
    endWarmUp();
  }

  private void endWarmUp() {
    team.leaveToCaller(false);
    leaveWarmUp();
  }

  private void leaveWarmUp() {
    if (warmUp != null) {
      warmUp.leave();
      warmUp = null;
    }
  }

  @Override
  public void close() {
    leaveWarmUp();
    team.close();
  }
}

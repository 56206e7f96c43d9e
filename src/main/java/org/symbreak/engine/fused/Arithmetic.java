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

  /** That a row takes. */
  private final long products;

  private final Supplier<Kernels<A>> vectorKernels;
  private final Team<A> team;
  private Kernels<A> kernels;
  private WarmUp warmUp;

  /** Products that are still to be computed. */
  private long left = Long.MAX_VALUE;

  private Arithmetic(
      Supplier<Kernels<A>> plainKernels,
      Supplier<Kernels<A>> vectorKernels,
      HeldNetwork held,
      int threads,
      VectorUse vectors) {
    this.layout = new Layout(held.shape());
    this.products = held.products();
    this.vectorKernels = vectorKernels;
    kernels = plainKernels.get();
    NetworkSpec network = held.network();
    List<Activation> activations =
        IntStream.range(0, layout.output()).mapToObj(network::activation).toList();
    team =
        new Team<>(
            threads,
            () ->
                new Block<>(
                    plainKernels.get(),
                    layout,
                    activations,
                    held.weightOfZero(),
                    held.weightOfOne()));
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
   * @param threads at the most, from 1
   */
  static Arithmetic<?> of(HeldNetwork network, int threads, VectorUse vectors) {
    // method references would load the vector kernels, which needs the Vector API, where none is
    // used
    return network.network().precision() == Precision.FLOAT
        ? new Arithmetic<>(
            PlainFloatKernels::new, () -> new VectorFloatKernels(), network, threads, vectors)
        : new Arithmetic<>(
            PlainDoubleKernels::new, () -> new VectorDoubleKernels(), network, threads, vectors);
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
    left = rows > Long.MAX_VALUE / products ? Long.MAX_VALUE : rows * products;
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
    left -= rows * products;
    if (warmUp.isReady(rows * products, left)) {
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

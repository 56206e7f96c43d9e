package org.symbreak.engine.fused;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.symbreak.network.Activation;

/**
 * The kernels on one block of 64 rows, floats on vectors; {@code flops} counts a multiply-add as two operations and anything else as one, a second. {@link
 * #peak} is what this machine can do at the most with fused multiply-adds whose operands stay in registers: divide by it for the share of the peak.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules=jdk.incubator.vector"})
public class KernelBenchmark {
  private static final int ROWS = Kernels.ROWS;

  /** Inputs and units of the layer. */
  @Param({"30x16", "30x64", "30x256", "64x64"})
  private String layer;

  private final Kernels<float[]> kernels = new VectorFloatKernels();
  private int inputs;
  private int units;
  private Panels panels;
  private float[] x;
  private float[] weights;
  private float[] sums;
  private float[] activations;
  private float[] gradient;
  private float[] outputs;
  private float[] deltas;

  /** Operations. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Counter {
    public long flops;
  }

  @Setup
  public void allocate() {
    inputs = Integer.parseInt(layer.split("x")[0]);
    units = Integer.parseInt(layer.split("x")[1]);
    panels = new Panels(0, inputs, units);
    x = pattern(Kernels.blockLength(inputs), 13);
    weights = pattern(panels.length(), 17);
    sums = new float[Kernels.blockLength(units)];
    activations = pattern(Kernels.blockLength(units), 11);
    gradient = new float[panels.length()];
    outputs = new float[ROWS];
    deltas = pattern(ROWS, 7);
  }

  private static float[] pattern(int length, int period) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (i % period - period / 2) * 0.05f;
    }
    return values;
  }

  @Benchmark
  public float[] forward(Counter counter) {
    kernels.multiply(ROWS, x, 0, weights, panels, sums);
    counter.flops += 2L * ROWS * inputs * units;
    return sums;
  }

  @Benchmark
  public float[] weightGradient(Counter counter) {
    kernels.addProduct(ROWS, x, 0, activations, gradient, panels);
    counter.flops += 2L * ROWS * inputs * units;
    return gradient;
  }

  @Benchmark
  public float[] tanh(Counter counter) {
    kernels.activate(Activation.TANH, ROWS, units, activations, sums);
    counter.flops += (long) ROWS * units;
    return activations;
  }

  @Benchmark
  public float[] output(Counter counter) {
    kernels.outputs(ROWS, units, activations, 0, weights, 0, 0.1, outputs);
    counter.flops += 2L * ROWS * units;
    return outputs;
  }

  @Benchmark
  public float[] backFromOutput(Counter counter) {
    kernels.backFromOutput(ROWS, deltas, weights, 0, sums, gradient, panels);
    counter.flops += 3L * ROWS * units;
    return sums;
  }

  @Benchmark
  public float peak(Counter counter) {
    counter.flops += PeakArithmetic.FLOPS;
    return PeakArithmetic.run(deltas[0]);
  }
}

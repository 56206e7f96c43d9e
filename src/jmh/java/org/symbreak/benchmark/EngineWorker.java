package org.symbreak.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.symbreak.init.Initializations;
import org.symbreak.init.LayerInits;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.engine.dl4j.Dl4jEngine;
import org.symbreak.engine.Engine;
import org.symbreak.engine.fused.FusedEngine;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.TrainingSession;

/**
 * Trains as it is told, a line an order, and answers with a line:
 *
 * <pre>
 * data FILE ROWS FEATURES                          writes rows
 * start FILE FEATURES HIDDEN                       writes initial parameters, HIDDEN as in 16/8
 * setup ROWSFILE STARTFILE ROWS FEATURES HIDDEN BATCH OPTIMIZER RATE THREADS
 * loss ITERATIONS                                  the training loss after as many from the start
 * time SECONDS                                     microseconds an iteration: on the clock, and of this thread's time on a processor
 * </pre>
 */
final class EngineWorker {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** At a time, so that what only the last step is asked for, loss and norms, does not count. */
  private static final int FEWEST_STEPS = 5;

  private final Engine engine;
  private final int nativeThreads;
  private TrainingProblem problem;
  private double[] start;
  private TrainingSession session;
  private int steps;

  private EngineWorker(Engine engine, int nativeThreads) {
    this.engine = engine;
    this.nativeThreads = nativeThreads;
  }

  /**
   * @param arguments {@code fused}, or {@code dl4j} and the number of threads of its native library
   */
  public static void main(String[] arguments) throws IOException {
    boolean fused = arguments[0].equals("fused");
    EngineWorker worker = new EngineWorker(fused ? new FusedEngine() : new Dl4jEngine(), fused ? 0 : Integer.parseInt(arguments[1]));
    BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      System.out.println("= " + worker.obey(order.split(" ")));
      System.out.flush();
    }
  }

  private String obey(String[] words) throws IOException {
    return switch (words[0]) {
      case "data" -> {
        BenchmarkRows.draw(Integer.parseInt(words[2]), Integer.parseInt(words[3])).write(Path.of(words[1]));
        yield "ok";
      }
      case "start" -> {
        writeStart(Path.of(words[1]), Integer.parseInt(words[2]), network(words[3]));
        yield "ok";
      }
      case "setup" -> setup(words);
      case "loss" -> Double.toString(loss(Integer.parseInt(words[1])));
      case "time" -> time(Double.parseDouble(words[1]));
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  private static NetworkSpec network(String hidden) {
    List<Integer> units = Arrays.stream(hidden.split("/")).map(Integer::valueOf).toList();
    LayerInits weights = LayerInits.of(Initializations.parse("glorot"));
    return new NetworkSpec(units, List.of(Activation.TANH), weights, LayerInits.of(Initializations.parse("zeros")), 0, Precision.FLOAT);
  }

  /** In Deeplearning4j's order: of each layer the weights, unit after unit, and the biases, as 32-bit floats. */
  private static void writeStart(Path file, int features, NetworkSpec network) throws IOException {
    double[] parameters = network.initialParameters(features, 1);
    ByteBuffer buffer = ByteBuffer.allocate(4 * parameters.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double parameter : parameters) {
      buffer.putFloat((float) parameter);
    }
    Files.write(file, buffer.array());
  }

  private String setup(String[] words) throws IOException {
    if (session != null) {
      session.close();
    }
    int rows = Integer.parseInt(words[3]);
    int features = Integer.parseInt(words[4]);
    OptimizerSpec.Kind kind = OptimizerSpec.Kind.valueOf(words[7].toUpperCase(Locale.ROOT));
    OptimizerSpec optimizer = new OptimizerSpec(kind, Double.parseDouble(words[8]), 0, OptimizerSpec.Decay.NONE);
    problem =
        new TrainingProblem(
            network(words[5]), optimizer, BenchmarkRows.read(Path.of(words[1]), rows, features), 1, 1, Integer.parseInt(words[6]), 1, Integer.parseInt(words[9]));
    ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(Path.of(words[2]))).order(ByteOrder.LITTLE_ENDIAN);
    start = new double[buffer.capacity() / 4];
    for (int i = 0; i < start.length; i++) {
      start[i] = buffer.getFloat();
    }
    String backend = engine.backend(problem);
    session = open();
    steps = FEWEST_STEPS;
    return backend;
  }

  /** The engine keeps its native library to one thread; here it gets as many as the peers. */
  private TrainingSession open() {
    TrainingSession opened = engine.open(problem, start);
    if (nativeThreads > 0) {
      NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(nativeThreads);
      openblas.blas_set_num_threads(nativeThreads);
    }
    return opened;
  }

  private double loss(int iterations) {
    try (TrainingSession fresh = open()) {
      fresh.advance(iterations);
      return fresh.loss(problem.rows());
    }
  }

  /** Takes as many steps at a time as fill some milliseconds, so that the clock does not count. */
  private String time(double seconds) {
    long taken = 0;
    long cpu = THREADS.getCurrentThreadCpuTime();
    long begin = System.nanoTime();
    long end = begin + (long) (seconds * 1e9);
    long before = begin;
    while (before < end) {
      session.advance(steps);
      taken += steps;
      long now = System.nanoTime();
      if (now - before < 5_000_000) {
        steps *= 2;
      }
      before = now;
    }
    return (before - begin) / 1e3 / taken + " " + (THREADS.getCurrentThreadCpuTime() - cpu) / 1e3 / taken;
  }
}

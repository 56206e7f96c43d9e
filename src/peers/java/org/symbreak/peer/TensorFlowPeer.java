package org.symbreak.peer;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** TensorFlow's graph: forward, gradients and updates are one call of a session. */
final class TensorFlowPeer implements Peer {
  private final Task task;
  private final Graph graph = new Graph();
  private final Session session;
  private final Ops ops = Ops.create(graph);
  private final List<Op> starts = new ArrayList<>();
  private final Placeholder<TInt32> chosen = ops.placeholder(TInt32.class);
  private final Operand<TFloat32> loss;
  private final List<Op> updates;
  private final Task.Batches batches;

  TensorFlowPeer(Task task) {
    this.task = task;
    batches = task.batches();
    Operand<TFloat32> allRows = constant(task.values(), task.rows(), task.features());
    Operand<TFloat32> allLabels = constant(task.labels(), task.rows(), 1);
    List<Variable<TFloat32>> parameters = new ArrayList<>();
    for (int layer = 0; layer < task.layers(); layer++) {
      parameters.add(variable(task.weights(layer), task.units(layer), task.inputs(layer)));
      parameters.add(variable(task.biases(layer), task.units(layer)));
    }
    Operand<TFloat32> x = batch(allRows);
    Operand<TFloat32> y = batch(allLabels);
    Operand<TFloat32> logits = logits(x, parameters);
    Operand<TFloat32> slopes =
        ops.math.mul(
            ops.math.sub(ops.math.sigmoid(logits), y),
            ops.math.reciprocal(
                ops.dtypes.cast(ops.shape.size(ops.shape(y), ops.constant(0)), TFloat32.class)));
    updates = updates(parameters, logits, slopes);
    loss = loss(logits(allRows, parameters), allLabels);
    // in the caller's thread, so that nothing is handed over
    ConfigProto threads =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(task.threads())
            .setInterOpParallelismThreads(-1)
            .build();
    session = new Session(graph, threads);
    Session.Runner start = session.runner();
    starts.forEach(start::addTarget);
    start.run().close();
  }

  private Operand<TFloat32> constant(float[] values, long... shape) {
    return ops.constant(Shape.of(shape), DataBuffers.of(values));
  }

  private Variable<TFloat32> variable(float[] start, long... shape) {
    Variable<TFloat32> variable = ops.variable(Shape.of(shape), TFloat32.class);
    starts.add(ops.assign(variable, constant(start, shape)));
    return variable;
  }

  private Operand<TFloat32> batch(Operand<TFloat32> all) {
    return task.inBatches() ? ops.gather(all, chosen, ops.constant(0)) : all;
  }

  private Operand<TFloat32> logits(Operand<TFloat32> x, List<Variable<TFloat32>> parameters) {
    Operand<TFloat32> signal = x;
    for (int layer = 0; layer < task.layers(); layer++) {
      signal =
          ops.nn.biasAdd(
              ops.linalg.matMul(signal, parameters.get(2 * layer), MatMul.transposeB(true)),
              parameters.get(2 * layer + 1));
      if (layer < task.layers() - 1) {
        signal = ops.math.tanh(signal);
      }
    }
    return signal;
  }

  /** What one step runs; {@code slopes} are the loss's in the outputs' sums. */
  private List<Op> updates(
      List<Variable<TFloat32>> parameters, Operand<TFloat32> logits, Operand<TFloat32> slopes) {
    Output<?>[] gradients =
        graph.addGradients(
            "gradients",
            new Output<?>[] {logits.asOutput()},
            parameters.stream().map(Operand::asOutput).toArray(Output<?>[]::new),
            new Output<?>[] {slopes.asOutput()});
    Operand<TFloat32> rate = ops.constant(task.rate());
    List<Op> steps = new ArrayList<>();
    if (task.optimizer().equals("sgd")) {
      for (int i = 0; i < gradients.length; i++) {
        steps.add(ops.train.applyGradientDescent(parameters.get(i), rate, gradient(gradients[i])));
      }
      return steps;
    }
    Operand<TFloat32> beta1 = ops.constant(0.9f);
    Operand<TFloat32> beta2 = ops.constant(0.999f);
    Variable<TFloat32> power1 = variable(new float[] {0.9f});
    Variable<TFloat32> power2 = variable(new float[] {0.999f});
    for (int i = 0; i < gradients.length; i++) {
      Shape shape = parameters.get(i).shape();
      float[] zeros = new float[(int) shape.size()];
      steps.add(
          ops.train.applyAdam(
              parameters.get(i),
              variable(zeros, shape.asArray()),
              variable(zeros, shape.asArray()),
              power1,
              power2,
              rate,
              beta1,
              beta2,
              ops.constant(1e-8f),
              gradient(gradients[i])));
    }
    Ops after = ops.withControlDependencies(steps);
    steps.add(after.assign(power1, after.math.mul(power1, beta1)));
    steps.add(after.assign(power2, after.math.mul(power2, beta2)));
    return steps;
  }

  private static Operand<TFloat32> gradient(Output<?> output) {
    return output.expect(TFloat32.class);
  }

  /** log(1 + e^z) − y z, averaged. */
  private Operand<TFloat32> loss(Operand<TFloat32> logits, Operand<TFloat32> labels) {
    return ops.math.mean(
        ops.math.sub(ops.math.softplus(logits), ops.math.mul(labels, logits)),
        ops.constant(new int[] {0, 1}));
  }

  @Override
  public String version() {
    return "TensorFlow " + TensorFlow.version();
  }

  @Override
  public void advance(int steps) {
    for (int step = 0; step < steps; step++) {
      Session.Runner runner = session.runner();
      updates.forEach(runner::addTarget);
      if (task.inBatches()) {
        try (TInt32 rows = TInt32.vectorOf(batches.next())) {
          runner.feed(chosen, rows).run().close();
        }
      } else {
        runner.run().close();
      }
    }
  }

  @Override
  public double loss() {
    try (Result result = session.runner().fetch(loss).run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}

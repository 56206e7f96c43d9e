package org.symbreak.peer;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.List;

/** Deep Java Library, on PyTorch's native library. */
final class DjlPeer implements Peer {
  private final Task task;
  private final Model model;
  private final Trainer trainer;
  private final NDManager manager;
  private final NDArray x;
  private final NDArray y;
  private final Task.Batches batches;

  DjlPeer(Task task) {
    this.task = task;
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(task.threads()));
    model = Model.newInstance("peer", Device.cpu(), "PyTorch");
    SequentialBlock block = new SequentialBlock();
    for (int layer = 0; layer < task.layers(); layer++) {
      block.add(Linear.builder().setUnits(task.units(layer)).build());
      if (layer < task.layers() - 1) {
        block.add(Activation::tanh);
      }
    }
    model.setBlock(block);
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.sigmoidBinaryCrossEntropyLoss())
                .optDevices(new Device[] {Device.cpu()})
                .optOptimizer(optimizer()));
    trainer.initialize(new Shape(task.batch(), task.features()));
    List<Parameter> parameters = block.getParameters().values();
    for (int layer = 0; layer < task.layers(); layer++) {
      parameters.get(2 * layer).getArray().set(task.weights(layer));
      parameters.get(2 * layer + 1).getArray().set(task.biases(layer));
    }
    manager = trainer.getManager().newSubManager();
    x = manager.create(task.values(), new Shape(task.rows(), task.features()));
    y = manager.create(task.labels(), new Shape(task.rows(), 1));
    batches = task.batches();
  }

  private Optimizer optimizer() {
    Tracker rate = Tracker.fixed(task.rate());
    return task.optimizer().equals("adam")
        ? Optimizer.adam().optLearningRateTracker(rate).build()
        : Optimizer.sgd().setLearningRateTracker(rate).build();
  }

  @Override
  public String version() {
    return "DJL " + Engine.getDjlVersion() + ", " + Engine.getInstance();
  }

  @Override
  public void advance(int steps) {
    for (int step = 0; step < steps; step++) {
      try (NDManager scratch = manager.newSubManager()) {
        x.tempAttach(scratch);
        y.tempAttach(scratch);
        if (task.inBatches()) {
          NDArray chosen = scratch.create(batches.next());
          step(x.get(chosen), y.get(chosen));
        } else {
          step(x, y);
        }
      }
    }
  }

  private void step(NDArray rows, NDArray labels) {
    try (GradientCollector gradients = trainer.newGradientCollector()) {
      gradients.backward(evaluate(rows, labels));
    }
    trainer.step();
  }

  private NDArray evaluate(NDArray rows, NDArray labels) {
    return trainer.getLoss().evaluate(new NDList(labels), trainer.forward(new NDList(rows)));
  }

  @Override
  public double loss() {
    return evaluate(x, y).getFloat();
  }

  @Override
  public void close() {
    manager.close();
    trainer.close();
    model.close();
  }
}

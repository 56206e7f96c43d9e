package org.symbreak.engine.fused;

import org.symbreak.data.EncodedRows;
import org.symbreak.engine.BatchOrder;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.TrainingSession;
import org.symbreak.setting.OptimizerSpec;

/** Training on a {@link FusedNetwork}: which rows each step takes, and how long it is. */
final class FusedSession implements TrainingSession {
  private final OptimizerSpec optimizer;
  private final FusedNetwork<?> network;
  private final BatchOrder order;
  private final int rows;
  private final int[] batch;
  private long iteration;
  private double[] gradientNorms = new double[0];

  /**
   * @param holders who compute the chunks; null for this process
   */
  FusedSession(TrainingProblem problem, double[] parameters, ChunkHolders holders) {
    optimizer = problem.optimizer();
    rows = problem.rows().rows();
    HeldNetwork computed =
        new HeldNetwork(
            problem.network(),
            problem.rows().oneHot(),
            problem.weightOfZero(),
            problem.weightOfOne());
    long parameterCount = problem.network().shape(problem.rows().features()).parameters();
    network =
        FusedNetwork.of(
            computed,
            problem.rows(),
            problem.threads(),
            VectorUse.of(rows * parameterCount),
            holders);
    network.useState(stateVectors(optimizer.kind()));
    network.setParameters(parameters);
    order = new BatchOrder(rows, problem.batchSize(), problem.seed());
    batch = order.isFullBatch() ? null : new int[problem.batchSize()];
  }

  private static int stateVectors(OptimizerSpec.Kind kind) {
    return switch (kind) {
      case SGD, LBFGS, CG -> 0;
      case NESTEROV -> 1;
      case ADAM -> 2;
    };
  }

  @Override
  public long iteration() {
    return iteration;
  }

  @Override
  public void expect(long steps) {
    network.expect(steps * (batch == null ? rows : batch.length));
  }

  @Override
  public double advance(int steps) {
    double loss = Double.NaN;
    for (int step = 0; step < steps; step++) {
      int taken = batch == null ? rows : order.take(iteration, batch);
      loss = network.gradient(batch, taken, step == steps - 1);
      move(optimizer.decay().rate(optimizer.learningRate(), iteration));
      iteration++;
    }
    gradientNorms = network.gradientNorms();
    return loss;
  }

  private void move(double rate) {
    switch (optimizer.kind()) {
      case SGD -> network.sgd(rate);
      case NESTEROV -> network.nesterov(rate, optimizer.momentum());
      case ADAM ->
          network.adam(
              rate,
              OptimizerSpec.ADAM_BETA1,
              OptimizerSpec.ADAM_BETA2,
              OptimizerSpec.ADAM_EPSILON,
              iteration + 1);
      case LBFGS, CG ->
          throw new IllegalStateException(optimizer.kind() + " moves by setParameters");
    }
  }

  @Override
  public double objective(double[] parameters, double[] gradient) {
    return network.objective(parameters, gradient);
  }

  @Override
  public double[] parameters() {
    return network.parameters();
  }

  @Override
  public void setParameters(double[] parameters) {
    network.setParameters(parameters);
  }

  @Override
  public double[] updaterState() {
    return network.state();
  }

  @Override
  public void restore(long taken, double[] parameters, double[] updaterState) {
    network.setParameters(parameters);
    network.setState(updaterState);
    iteration = taken;
  }

  @Override
  public double loss(EncodedRows other) {
    return network.loss(other);
  }

  @Override
  public double[] probabilities(EncodedRows other) {
    return network.probabilities(other);
  }

  @Override
  public double[] gradientNorms() {
    return gradientNorms;
  }

  @Override
  public void close() {
    network.close();
  }
}

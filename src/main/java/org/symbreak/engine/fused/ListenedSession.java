package org.symbreak.engine.fused;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.factory.Nd4j;
import org.symbreak.data.EncodedRows;
import org.symbreak.engine.BatchOrder;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.TrainingSession;
import org.symbreak.engine.dl4j.Dl4jUpdaters;
import org.symbreak.network.SigmoidCrossEntropy;

/**
 * Another engine's session for Deeplearning4j's own listeners: after every step they see a
 * MultiLayerNetwork with the present parameters, score and counts. Of what goes on inside a step
 * they see nothing: {@code onForwardPass}, {@code onBackwardPass} and {@code onGradientCalculation}
 * are not called.
 */
final class ListenedSession implements TrainingSession {
  private final TrainingSession session;
  private final List<TrainingListener> listeners;
  private final MultiLayerNetwork network;
  private final int iterationsPerEpoch;

  ListenedSession(
      TrainingSession session, TrainingProblem problem, List<TrainingListener> listeners) {
    this.session = session;
    this.listeners = listeners;
    SigmoidCrossEntropy loss =
        new SigmoidCrossEntropy(problem.weightOfZero(), problem.weightOfOne());
    network =
        new MultiLayerNetwork(
            problem
                .network()
                .configuration(
                    problem.rows().features(),
                    Dl4jUpdaters.of(problem.optimizer()),
                    problem.seed(),
                    loss));
    network.init();
    network.setListeners(listeners);
    iterationsPerEpoch =
        new BatchOrder(problem.rows().rows(), problem.batchSize(), problem.seed())
            .iterationsPerEpoch();
    show(Double.NaN);
  }

  private void show(double score) {
    double[] parameters = session.parameters();
    network.setParams(
        Nd4j.createFromArray(parameters)
            .castTo(network.params().dataType())
            .reshape(1, parameters.length));
    network.setScore(score);
  }

  private void count() {
    network.setIterationCount(Math.toIntExact(iteration()));
    network.setEpochCount(Math.toIntExact(iteration() / iterationsPerEpoch));
  }

  @Override
  public long iteration() {
    return session.iteration();
  }

  @Override
  public double advance(int steps) {
    double loss = Double.NaN;
    for (int step = 0; step < steps; step++) {
      if (iteration() % iterationsPerEpoch == 0) {
        listeners.forEach(listener -> listener.onEpochStart(network));
      }
      loss = session.advance(1);
      show(loss);
      // the counts are still those of before the step, as when Deeplearning4j trains
      listeners.forEach(
          listener ->
              listener.iterationDone(
                  network, network.getIterationCount(), network.getEpochCount()));
      if (iteration() % iterationsPerEpoch == 0) {
        listeners.forEach(listener -> listener.onEpochEnd(network));
      }
      count();
    }
    return loss;
  }

  @Override
  public double objective(double[] parameters, double[] gradient) {
    return session.objective(parameters, gradient);
  }

  @Override
  public double[] parameters() {
    return session.parameters();
  }

  @Override
  public void setParameters(double[] parameters) {
    session.setParameters(parameters);
    show(network.score());
  }

  @Override
  public double[] updaterState() {
    return session.updaterState();
  }

  @Override
  public void restore(long iteration, double[] parameters, double[] updaterState) {
    session.restore(iteration, parameters, updaterState);
    show(network.score());
    count();
  }

  @Override
  public double loss(EncodedRows rows) {
    return session.loss(rows);
  }

  @Override
  public double[] probabilities(EncodedRows rows) {
    return session.probabilities(rows);
  }

  @Override
  public double[] gradientNorms() {
    return session.gradientNorms();
  }

  @Override
  public void close() {
    session.close();
    network.close();
  }
}

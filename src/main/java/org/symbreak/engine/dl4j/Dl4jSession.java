package org.symbreak.engine.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.symbreak.data.EncodedRows;
import org.symbreak.engine.BatchOrder;
import org.symbreak.engine.GradientNorms;
import org.symbreak.engine.Penalty;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.TrainingSession;
import org.symbreak.network.DenseShape;
import org.symbreak.network.SigmoidCrossEntropy;

/**
 * A network in Deeplearning4j's hands from end to end: DataVec's reader and transforms give the
 * rows, RecordReaderDataSetIterator the batches, MultiLayerNetwork.fit the steps.
 */
final class Dl4jSession implements TrainingSession {
  /** Numbers that a batch of rows may hold while they are only looked at. */
  private static final int CHUNK_NUMBERS = 1 << 20;

  private final TrainingProblem problem;
  private final DenseShape shape;
  private final DataType type;
  private final MultiLayerNetwork network;
  private final RecordBatches records;
  private final BatchOrder order;
  private final DataSet fullBatch;
  private final Penalty penalty;
  private final GradientNorms norms;

  Dl4jSession(TrainingProblem problem, double[] parameters, List<TrainingListener> listeners) {
    this.problem = problem;
    this.shape = problem.network().shape(problem.rows().features());
    this.type = problem.network().precision().dl4j();
    SigmoidCrossEntropy loss =
        new SigmoidCrossEntropy(problem.weightOfZero(), problem.weightOfOne());
    this.network =
        new MultiLayerNetwork(
            problem
                .network()
                .configuration(
                    shape.inputs(0),
                    Dl4jUpdaters.of(problem.optimizer()),
                    problem.seed(),
                    problem.rows().isWeighted() ? new CaseWeightedLoss(loss) : loss));
    network.init(vector(parameters), false);
    this.records = new RecordBatches(problem.rows(), type);
    this.order = new BatchOrder(problem.rows().rows(), problem.batchSize(), problem.seed());
    this.fullBatch = order.isFullBatch() ? batch(0) : null;
    this.penalty = new Penalty(shape, problem.network().l2());
    this.norms = new GradientNorms(shape, penalty);
    List<TrainingListener> all = new ArrayList<>(listeners);
    all.add(norms);
    network.setListeners(all);
  }

  @Override
  public long iteration() {
    return network.getIterationCount();
  }

  @Override
  public double advance(int steps) {
    for (int step = 1; step <= steps; step++) {
      norms.wanted(step == steps);
      if (order.isFullBatch()) {
        network.fit(fullBatch);
      } else {
        DataSet batch = batch(iteration());
        network.fit(batch);
        close(batch);
      }
      network.setEpochCount(Math.toIntExact(iteration() / order.iterationsPerEpoch()));
    }
    return network.score();
  }

  @Override
  public double objective(double[] parameters, double[] gradient) {
    INDArray present = network.params().dup();
    network.setParams(vector(parameters));
    int rows = problem.rows().rows();
    double loss = 0;
    Arrays.fill(gradient, 0);
    for (int from = 0, size; from < rows; from += size) {
      size = Math.min(chunkRows(problem.rows()), rows - from);
      DataSet chunk = records.of(range(from, size));
      network.setInputMiniBatchSize(size);
      network.setInput(chunk.getFeatures());
      network.setLabels(chunk.getLabels());
      network.computeGradientAndScore();
      loss += (network.score() - network.calcRegularizationScore(true)) * size / rows;
      double[] sums = numbers(network.getGradientsViewArray());
      for (int i = 0; i < sums.length; i++) {
        gradient[i] += sums[i] / rows;
      }
      network.clearLayersStates();
      close(chunk);
    }
    network.setParams(present);
    return loss + penalty.add(parameters, gradient);
  }

  @Override
  public double[] parameters() {
    return numbers(network.params());
  }

  @Override
  public void setParameters(double[] parameters) {
    network.setParams(vector(parameters));
  }

  @Override
  public double[] updaterState() {
    INDArray state = network.updaterState();
    return state == null ? new double[0] : numbers(state);
  }

  @Override
  public void restore(long iteration, double[] parameters, double[] updaterState) {
    setParameters(parameters);
    if (updaterState.length > 0) {
      network
          .getUpdater()
          .getStateViewArray()
          .assign(vector(updaterState).reshape(1, updaterState.length));
    }
    network.setIterationCount(Math.toIntExact(iteration));
    network.setEpochCount(Math.toIntExact(iteration / order.iterationsPerEpoch()));
  }

  @Override
  public double loss(EncodedRows rows) {
    double[] sums = outputSums(rows);
    double loss = 0;
    for (int row = 0; row < sums.length; row++) {
      int label = rows.label(row);
      double weight = label == 1 ? problem.weightOfOne() : problem.weightOfZero();
      loss += rows.weight(row) * (weight * SigmoidCrossEntropy.loss(sums[row], label));
    }
    return loss / rows.totalWeight();
  }

  @Override
  public double[] probabilities(EncodedRows rows) {
    double[] probabilities = outputSums(rows);
    for (int row = 0; row < probabilities.length; row++) {
      probabilities[row] = 1 / (1 + StrictMath.exp(-probabilities[row]));
    }
    return probabilities;
  }

  @Override
  public double[] gradientNorms() {
    return norms.last();
  }

  @Override
  public void close() {
    network.close();
  }

  /** What comes into the output's sigmoid, a row each. */
  private double[] outputSums(EncodedRows rows) {
    double[] sums = new double[rows.rows()];
    RecordBatches asked = rows == problem.rows() ? records : new RecordBatches(rows, type);
    INDArray weights = network.getOutputLayer().getParam("W");
    INDArray bias = network.getOutputLayer().getParam("b");
    for (int from = 0, size; from < sums.length; from += size) {
      size = Math.min(chunkRows(rows), sums.length - from);
      INDArray inputs = asked.of(range(from, size)).getFeatures();
      INDArray hidden =
          shape.hiddenLayers() == 0
              ? inputs
              : network
                  .feedForwardToLayer(shape.hiddenLayers() - 1, inputs, false)
                  .get(shape.hiddenLayers());
      double[] chunk = numbers(hidden.mmul(weights).addi(bias));
      System.arraycopy(chunk, 0, sums, from, size);
      network.clearLayersStates();
    }
    return sums;
  }

  private static int chunkRows(EncodedRows rows) {
    return Math.max(1, CHUNK_NUMBERS / rows.features());
  }

  /** The rows of a step, in the order of the epoch. */
  private DataSet batch(long iteration) {
    int[] rows = new int[order.size(iteration)];
    order.take(iteration, rows);
    return records.of(rows);
  }

  private static int[] range(int from, int size) {
    return IntStream.range(from, from + size).toArray();
  }

  private INDArray vector(double[] numbers) {
    return Nd4j.createFromArray(numbers).castTo(type);
  }

  private static double[] numbers(INDArray array) {
    return array.reshape(array.length()).toDoubleVector();
  }

  private static void close(DataSet batch) {
    batch.getFeatures().close();
    batch.getLabels().close();
  }
}

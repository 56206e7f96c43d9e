package org.symbreak.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;
import org.slf4j.LoggerFactory;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.init.LayerInits;
import org.symbreak.init.UniformEpsilon;
import org.symbreak.init.Zeros;
import org.symbreak.network.DenseNetwork;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.network.SigmoidCrossEntropy;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.symmetry.LayerSymmetry;

/** The listener in Deeplearning4j programs as anybody would write them, and in a run of our own. */
class HiddenUnitSimilarityListenerTest {
  private static final INDArray X = Nd4j.createFromArray(rows(40, 3));
  private static final INDArray Y = Nd4j.createFromArray(labels(40));

  @Test
  void tellsThatZerosLeaveOneUnitAndRandomWeightsAll() {
    List<SimilarityRecord> fromZeros =
        train(network(WeightInit.ZERO, Activation.SIGMOID), new HiddenUnitSimilarityListener(), 5);
    assertThat(fromZeros)
        .extracting(SimilarityRecord::iteration)
        .containsExactly(1L, 2L, 3L, 4L, 5L);
    // within the tolerance: at some widths the native product rounds units apart
    assertThat(fromZeros)
        .extracting(record -> record.layers().get(0).distinctUnitsWithinTolerance())
        .containsOnly(1);
    assertThat(fromZeros)
        .allSatisfy(
            record ->
                assertThat(record.layers().get(0).effectiveRank()).isCloseTo(1, within(1e-6)));
    List<SimilarityRecord> random =
        train(network(WeightInit.XAVIER, Activation.TANH), new HiddenUnitSimilarityListener(), 5);
    assertThat(random).extracting(record -> record.layers().get(0).distinctUnits()).containsOnly(6);
    assertThat(random)
        .allSatisfy(
            record -> assertThat(record.layers().get(0).effectiveRank()).isBetween(2.0, 6.0));
    assertThat(random)
        .extracting(SimilarityRecord::gradientNorms)
        .allSatisfy(norms -> assertThat(norms).hasSize(2).allMatch(norm -> norm > 0));
  }

  @Test
  void changesNothingOfTheTraining() {
    MultiLayerNetwork watched = network(WeightInit.XAVIER, Activation.TANH);
    MultiLayerNetwork alone = network(WeightInit.XAVIER, Activation.TANH);
    train(watched, new HiddenUnitSimilarityListener(), 20);
    train(alone, null, 20);
    assertThat(watched.params().toDoubleVector()).isEqualTo(alone.params().toDoubleVector());
  }

  @Test
  void looksAtEveryKthIterationOnlyAndSaysSo() {
    HiddenUnitSimilarityListener listener = new HiddenUnitSimilarityListener(X);
    assertThat(listener.everyIteration()).isTrue();
    assertThat(listener.every(4).everyIteration()).isFalse();
    assertThat(train(network(WeightInit.XAVIER, Activation.TANH), listener, 10))
        .extracting(SimilarityRecord::iteration)
        .containsExactly(4L, 8L);
  }

  @Test
  void measuresActivationsOnTheProbeAfterTheStep() {
    MultiLayerNetwork network = network(WeightInit.XAVIER, Activation.TANH);
    INDArray probe = Nd4j.createFromArray(rows(300, 3)).mul(100);
    SimilarityRecord last = train(network, new HiddenUnitSimilarityListener(probe), 3).get(2);
    INDArray active =
        network
            .feedForward(probe.getRows(java.util.stream.IntStream.range(0, 256).toArray()), false)
            .get(1);
    double saturated =
        Arrays.stream(active.toDoubleMatrix())
                .flatMapToDouble(Arrays::stream)
                .filter(a -> 1 - a * a < 0.01)
                .count()
            / (256.0 * 6);
    assertThat(last.layers().get(0).saturated()).isEqualTo(saturated).isGreaterThan(0.5);
  }

  @Test
  void measuresTheGradientOfTheMeanLossWithPenalty() {
    MultiLayerNetwork network = network(WeightInit.XAVIER, Activation.TANH);
    double[] before = network.params().toDoubleVector();
    List<Double> norms =
        train(network, new HiddenUnitSimilarityListener(), 1).get(0).gradientNorms();
    DenseShape shape = new DenseShape(List.of(3, 6, 1));
    double[] gradient = new double[shape.parameters()];
    new DenseNetwork(shape, List.of(org.symbreak.network.Activation.TANH), before)
        .lossAndGradient(
            rows(40, 3),
            Arrays.stream(labels(40)).mapToInt(row -> (int) row[0]).toArray(),
            new SigmoidCrossEntropy(1, 1),
            0.1,
            gradient);
    assertThat(norms.get(0)).isCloseTo(norm(gradient, 0, shape.weights(1)), within(1e-9));
    assertThat(norms.get(1))
        .isCloseTo(norm(gradient, shape.weights(1), shape.parameters()), within(1e-9));
  }

  @Test
  void endsTheTrainingWhereTheAlarmThrows() {
    MultiLayerNetwork network = network(WeightInit.ZERO, Activation.SIGMOID);
    network.setListeners(new HiddenUnitSimilarityListener().subscribe(SymmetryAlarm.throwing()));
    assertThatThrownBy(() -> network.fit(X, Y))
        .hasStackTraceContaining("All 6 units of hidden layer 1 are identical after iteration 1");
  }

  @Test
  void logsOneReadableLineALook() {
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.start();
    Logger logger = (Logger) LoggerFactory.getLogger(HiddenUnitSimilarityListener.class);
    logger.addAppender(appender);
    try {
      train(network(WeightInit.ZERO, Activation.TANH), new HiddenUnitSimilarityListener(), 1);
    } finally {
      logger.detachAppender(appender);
    }
    assertThat(appender.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "iteration 1, loss 0.6931; layer 1: 1 of 6 units distinct, mean |cosine| 1.00,"
                + " effective rank 0.00, saturated 0.00, dead 0.00, gradient 0.0e+00");
  }

  @Test
  void passesOverLayersWithoutAMatrixOfWeights() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(
                    new ConvolutionLayer.Builder(2, 2).nOut(2).activation(Activation.RELU).build())
                .layer(new DenseLayer.Builder().nOut(4).activation(Activation.TANH).build())
                .layer(
                    new OutputLayer.Builder(LossFunctions.LossFunction.XENT)
                        .nOut(1)
                        .activation(Activation.SIGMOID)
                        .build())
                .setInputType(InputType.convolutional(4, 4, 1))
                .build());
    network.init();
    List<SimilarityRecord> records = new ArrayList<>();
    network.setListeners(new HiddenUnitSimilarityListener().subscribe(records::add));
    network.fit(Nd4j.rand(10, 1, 4, 4), Nd4j.createFromArray(labels(10)).castTo(DataType.FLOAT));
    assertThat(records.get(0).layers()).extracting(LayerSymmetry::layer).containsExactly(2);
    assertThat(records.get(0).layers().get(0).effectiveRank()).isGreaterThan(1.0);
    assertThat(records.get(0).gradientNorms()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void seesInAnOwnRunWhatItSeesInDeeplearning4j(int hiddenLayers) {
    List<Integer> hidden = java.util.Collections.nCopies(hiddenLayers, 7);
    LayerInits weights = new LayerInits(List.of(new UniformEpsilon(1.0)));
    NetworkSpec spec =
        new NetworkSpec(
            hidden,
            List.of(org.symbreak.network.Activation.TANH),
            weights,
            weights,
            0,
            Precision.DOUBLE);
    DenseShape shape = spec.shape(3);
    double[] parameters = spec.initialParameters(3, 5);
    TrainingProblem problem =
        new TrainingProblem(
            spec,
            new OptimizerSpec(OptimizerSpec.Kind.SGD, 0.1, 0, OptimizerSpec.Decay.NONE),
            new ProbeRows(rows(40, 3)),
            1,
            1,
            BudgetSpec.FULL_BATCH,
            1,
            1);
    List<SimilarityRecord> records = new ArrayList<>();
    new RunSimilarity(problem, new LookSchedule(10))
        .subscribe(records::add)
        .observe(
            new RunLook(
                10,
                1,
                shape,
                parameters,
                Double.NaN,
                null,
                new double[] {1, Double.POSITIVE_INFINITY},
                true));

    MultiLayerNetwork network = new MultiLayerNetwork(spec.configuration(3, new Sgd(0.1), 1));
    network.init(Nd4j.createFromArray(parameters).reshape(1, parameters.length), true);
    List<LayerSymmetry> expected = Dl4jHiddenUnits.measure(network, X);
    assertThat(records).hasSize(1);
    assertThat(records.get(0).loss()).isNull();
    assertThat(records.get(0).gradientNorms()).containsExactly(1.0, null);
    assertThat(records.get(0).last()).isTrue();
    assertThat(records.get(0).layers())
        .usingRecursiveComparison()
        .withComparatorForType(HiddenUnitSimilarityListenerTest::nearly, Double.class)
        .isEqualTo(expected);
  }

  @Test
  void leavesRunsWithoutHiddenLayersAlone() {
    LayerInits zeros = new LayerInits(List.of(new Zeros()));
    NetworkSpec logistic = new NetworkSpec(List.of(), List.of(), zeros, zeros, 0, Precision.DOUBLE);
    assertThat(
            HiddenUnitProbe.of(logistic, new ProbeRows(rows(300, 3)))
                .measure(logistic.shape(3), new double[4]))
        .isEmpty();
    assertThat(HiddenUnitProbe.of(logistic, new ProbeRows(rows(300, 3))).rows()).isEqualTo(256);
  }

  private static int nearly(Double a, Double b) {
    return Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b);
  }

  private static MultiLayerNetwork network(WeightInit init, Activation activation) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .seed(3)
                .updater(new Adam(0.01))
                .l2(0.1)
                .weightInit(init)
                .list()
                .layer(new DenseLayer.Builder().nIn(3).nOut(6).activation(activation).build())
                .layer(
                    new OutputLayer.Builder(LossFunctions.LossFunction.XENT)
                        .nIn(6)
                        .nOut(1)
                        .activation(Activation.SIGMOID)
                        .build())
                .build());
    network.init();
    return network;
  }

  private static List<SimilarityRecord> train(
      MultiLayerNetwork network, HiddenUnitSimilarityListener listener, int iterations) {
    List<SimilarityRecord> records = new ArrayList<>();
    if (listener != null) {
      network.setListeners(listener.subscribe(records::add));
    }
    for (int i = 0; i < iterations; i++) {
      network.fit(new DataSet(X, Y));
    }
    return records;
  }

  private static double norm(double[] values, int from, int to) {
    return Math.sqrt(Arrays.stream(values, from, to).map(value -> value * value).sum());
  }

  private static double[][] rows(int rows, int features) {
    SplittableRandom random = new SplittableRandom(11);
    double[][] values = new double[rows][];
    Arrays.setAll(values, row -> random.doubles(features, -1, 1).toArray());
    return values;
  }

  /** Three of four are ones, so that sigmoid units move from zero. */
  private static double[][] labels(int rows) {
    double[][] labels = new double[rows][1];
    Arrays.setAll(labels, row -> new double[] {row % 4 == 0 ? 0 : 1});
    return labels;
  }
}

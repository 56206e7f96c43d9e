package org.symbreak.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.symbreak.guard.GenuineModels;
import org.symbreak.guard.GuardedModels;
import org.symbreak.guard.StockZips;
import org.symbreak.model.Predictor;
import org.symbreak.model.SavedModel;
import org.symbreak.model.SavedModels;
import org.symbreak.network.Precision;
import org.symbreak.problem.InputException;
import org.symbreak.symmetry.LayerProbe;

class MendingTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(value = Activation.class, mode = EnumSource.Mode.EXCLUDE, names = "SOFTMAX")
  void mergesIdenticalUnitsBehindAnyActivation(Activation activation) throws IOException {
    MultiLayerNetwork network = StockZips.network(1, DataType.DOUBLE, activation, 4, 8, 6);
    StockZips.copyUnit(network, 0, 1, 3, 1);
    StockZips.copyUnit(network, 0, 1, 7, 1);
    StockZips.copyUnit(network, 1, 0, 5, 1);
    MendReport report = merge(network);
    assertThat(report.unitsBefore()).containsExactly(8, 6);
    assertThat(report.unitsAfter()).containsExactly(6, 5);
    assertThat(report.parametersBefore()).isEqualTo(4 * 8 + 8 + 8 * 6 + 6 + 6 + 1);
    assertThat(report.parametersAfter()).isEqualTo(4 * 6 + 6 + 6 * 5 + 5 + 5 + 1);
    assertThat(report.largestChange()).isLessThan(1e-12);
    assertThat(changeInStockDeeplearning4j(network)).isLessThan(1e-12);
  }

  @ParameterizedTest
  @CsvSource({
    "RELU,2.5,true",
    "LEAKYRELU,0.125,true",
    "IDENTITY,3,true",
    "IDENTITY,-3,true",
    "TANH,-1,true",
    "CUBE,-1,true",
    "RELU,-1,false",
    "LEAKYRELU,-1,false",
    "TANH,2,false",
    "SIGMOID,-1,false",
    "SIGMOID,2,false",
    "ELU,2,false",
    "SOFTPLUS,2,false",
    "CUBE,2,false",
    "RELU6,0.5,false"
  })
  void mergesMultiplesWhereTheActivationLetsTheFactorThrough(
      Activation activation, double factor, boolean merged) throws IOException {
    for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      MultiLayerNetwork network = StockZips.network(1, type, activation, 4, 8);
      SplittableRandom random = new SplittableRandom(1);
      network.setParams(
          Nd4j.createFromArray(random.doubles(network.numParams(), -1, 1).toArray())
              .reshape(1, network.numParams())
              .castTo(type));
      StockZips.copyUnit(network, 0, 2, 5, factor);
      if (!merged) {
        assertNothingToMerge(network);
        continue;
      }
      MendReport report = merge(network);
      assertThat(report.unitsAfter()).containsExactly(7);
      assertThat(report.largestChange()).isLessThan(type == DataType.FLOAT ? 1e-6 : 1e-14);
    }
  }

  @Test
  void mergesAllUnitsOfASymmetricNetworkIntoOne() throws IOException {
    MultiLayerNetwork network = StockZips.network(1, DataType.FLOAT, Activation.TANH, 30, 17);
    network.setParams(network.params().mul(0).addi(0.1f));
    MendReport report = merge(network);
    assertThat(report.unitsAfter()).containsExactly(1);
    assertThat(report.largestChange()).isLessThan(1e-6);
  }

  @Test
  void foldsDeadAndConstantUnitsIntoBiases() throws IOException {
    MultiLayerNetwork network = StockZips.network(1, DataType.FLOAT, Activation.SIGMOID, 4, 8, 5);
    StockZips.setUnit(network, 0, 2, () -> 0);
    network
        .getLayer(0)
        .getParam("b")
        .putScalar(2, 0.75); // puts out sigmoid(0.75) whatever comes in
    MendReport report = merge(network);
    assertThat(report.unitsAfter()).containsExactly(7, 5);
    assertThat(report.largestChange()).isLessThan(1e-6);
    MultiLayerNetwork dead = StockZips.network(1, DataType.FLOAT, Activation.RELU, 4, 16, 16);
    StockZips.setUnit(dead, 1, 3, () -> -0.3);
    MendReport removed = merge(dead);
    assertThat(removed.unitsAfter()).containsExactly(16, 15);
    assertThat(removed.largestChange()).isLessThan(1e-6);
  }

  @Test
  void foldsUnitsThatAreConstantWithinTheTrainingRangesOnlyWhereAskedTo() throws IOException {
    SavedModel model =
        SavedModels.model(
            directory, Precision.FLOAT, List.of(6, 4), org.symbreak.network.Activation.RELU);
    double[] parameters = model.parameters().clone();
    parameters[model.shape().biases(0) + 3] =
        -50; // dead within the ranges of standardized inputs, though not for any
    Path file = directory.resolve("model.zip");
    SavedModel folded = SavedModels.withParameters(model, parameters);
    folded.save(file);
    Path mended = directory.resolve("mended.zip");
    Mending mending = Mending.open(file, ProbeSource.RANDOM, Set.of());
    assertThatThrownBy(() -> mending.merge(mended, false)).hasMessageContaining("to merge");
    MendReport report = mending.merge(mended, true);
    assertThat(report.unitsAfter().get(0)).isEqualTo(5);
    assertThat(report.largestChange()).isLessThan(1e-6);

    SavedModel loaded = SavedModel.load(mended);
    assertThat(loaded.network().hidden()).isEqualTo(report.unitsAfter());
    assertThat(loaded.threshold()).isEqualTo(model.threshold());
    assertThat(loaded.pipeline().toJson()).isEqualTo(model.pipeline().toJson());
    assertThat(loaded.provenance())
        .contains("\"how\" : \"merge\"")
        .contains("symbreak train rows.csv");
    assertThat(loaded.exactConfiguration()).contains("org.symbreak.init.ScaledGaussian");
    assertThat(MultiLayerConfiguration.fromJson(loaded.exactConfiguration()).getIterationCount())
        .as("counters go on")
        .isEqualTo(120);
    double[] row = new double[model.shape().inputs(0)];
    Predictor before = folded.predictor();
    assertThat(loaded.predictor().probability(row))
        .isCloseTo(before.probability(row), within(1e-6));
  }

  @Test
  void asksForRangesWhereTheyAreNotKnown() {
    Mending mending = open(StockZips.network(1, DataType.FLOAT, Activation.RELU, 3, 4));
    assertThatThrownBy(() -> mending.merge(directory.resolve("mended.zip"), true))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "--within-range: expected a model that knows the ranges of its training data, found ");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void keepsTheFunctionOfRandomNetworksWithAllKindsOfRedundancy(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Activation activation =
        List.of(Activation.RELU, Activation.TANH, Activation.LEAKYRELU, Activation.SIGMOID)
            .get((int) seed % 4);
    MultiLayerNetwork network = StockZips.network(seed, DataType.DOUBLE, activation, 5, 12, 10, 8);
    for (int layer = 0; layer < 3; layer++) {
      int units = network.layerSize(layer);
      StockZips.setUnit(network, layer, 0, () -> 0);
      network.getLayer(layer).getParam("b").putScalar(0, random.nextDouble(-1, 1));
      for (int copy = 0; copy < 3; copy++) {
        StockZips.copyUnit(
            network,
            layer,
            random.nextInt(1, units),
            random.nextInt(1, units),
            random.nextBoolean() ? 1 : random.nextDouble(0.1, 10));
      }
    }
    MendReport report = merge(network);
    assertThat(report.parametersAfter()).isLessThan(report.parametersBefore());
    assertThat(report.largestChange()).isLessThan(1e-13);
    assertThat(changeInStockDeeplearning4j(network)).isLessThan(1e-13);
  }

  @Test
  void refusesToMergeWhatIsNotRedundant() {
    assertNothingToMerge(StockZips.network(1, DataType.FLOAT, Activation.TANH, 4, 8));
  }

  @Test
  void mendsEveryGenuineModel() throws IOException {
    for (var genuine : GenuineModels.all().entrySet()) {
      MultiLayerNetwork network = genuine.getValue();
      network.setParams(network.params().mul(0).addi(0.1)); // so that there is something to mend
      Path file = directory.resolve("genuine.zip");
      Files.write(file, GenuineModels.zip(network));
      Path mended = directory.resolve("mended.zip");
      Mending mending = Mending.open(file, ProbeSource.RANDOM, Set.of());
      if (List.of("activation SOFTMAX", "layer norm").contains(genuine.getKey())) {
        assertThatThrownBy(() -> mending.merge(mended, false))
            .as("a unit that depends on the others in its layer")
            .hasMessageContaining("to merge");
        continue;
      }
      MendReport report = mending.merge(mended, false);
      assertThat(report.largestChange()).as(genuine.getKey()).isLessThan(1e-6);
      assertThat(GuardedModels.restoreMultiLayerNetwork(mended).numParams())
          .isEqualTo(report.parametersAfter());
    }
  }

  @ParameterizedTest
  @CsvSource({"TANH,0", "RELU,0", "SIGMOID,0", "TANH,0.5", "RELU,0.5", "SIGMOID,0.5"})
  void splitsASymmetricNetworkSoThatTrainingGetsBelowTheLossThatItWasStuckAt(
      Activation activation, double start) throws IOException {
    DataSet rings = rings();
    MultiLayerNetwork network = StockZips.network(1, DataType.DOUBLE, activation, 2, 8);
    network.setParams(network.params().mul(0).addi(start));
    double stuck = train(network, rings, 300);
    assertThat(train(network.clone(), rings, 300))
        .as("training on without mending")
        .isGreaterThan(0.9 * stuck);

    Path mended = directory.resolve("split.zip");
    MendReport report = open(network).split(mended, 0.01, 1);
    assertThat(report.largestChange()).isPositive().isLessThanOrEqualTo(0.01);
    assertThat(report.unitsAfter()).isEqualTo(report.unitsBefore());
    assertThat(
            ModelInspection.of(mended, ProbeSource.RANDOM, LayerProbe.TOLERANCE, Set.of()).alarm())
        .isFalse();
    MultiLayerNetwork continued = GuardedModels.restoreMultiLayerNetwork(mended);
    assertThat(continued.getIterationCount()).as("counters go on").isEqualTo(300);
    assertThat(train(continued, rings, 300)).isLessThan(0.5 * stuck);
  }

  @Test
  void splitsOnePairAndLeavesTheOtherUnitsAlone() throws IOException {
    MultiLayerNetwork network = StockZips.network(1, DataType.FLOAT, Activation.TANH, 3, 6);
    StockZips.copyUnit(network, 0, 1, 4, 1);
    Path mended = directory.resolve("split.zip");
    MendReport report = open(network).split(mended, 1e-3, 1);
    assertThat(report.largestChange()).isLessThanOrEqualTo(1e-3);
    double[] before = network.getLayer(0).getParam("W").dup('f').data().asDouble();
    double[] after =
        GuardedModels.restoreMultiLayerNetwork(mended)
            .getLayer(0)
            .getParam("W")
            .dup('f')
            .data()
            .asDouble();
    for (int unit = 0; unit < 6; unit++) {
      boolean same =
          Arrays.equals(
              Arrays.copyOfRange(before, unit * 3, unit * 3 + 3),
              Arrays.copyOfRange(after, unit * 3, unit * 3 + 3));
      assertThat(same).as("unit " + unit).isEqualTo(unit != 1 && unit != 4);
    }
  }

  @Test
  void splitsTheSameWayFromTheSameSeed() throws IOException {
    MultiLayerNetwork network = StockZips.network(1, DataType.FLOAT, Activation.TANH, 3, 6);
    network.setParams(network.params().mul(0));
    Path file = StockZips.save(network, directory);
    Path[] mended = {
      directory.resolve("1.zip"), directory.resolve("2.zip"), directory.resolve("3.zip")
    };
    for (int i = 0; i < 3; i++) {
      Mending.open(file, ProbeSource.RANDOM, Set.of()).split(mended[i], 0.01, i / 2);
    }
    assertThat(mended[0]).hasSameBinaryContentAs(mended[1]);
    assertThat(GuardedModels.restoreMultiLayerNetwork(mended[2]).params())
        .isNotEqualTo(GuardedModels.restoreMultiLayerNetwork(mended[0]).params());
  }

  @Test
  void refusesToSplitWhatIsNotSymmetric() {
    Mending mending = open(StockZips.network(1, DataType.FLOAT, Activation.TANH, 3, 4));
    assertThatThrownBy(() -> mending.split(directory.resolve("split.zip"), 0.01, 1))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith(
            ": expected identical hidden units to split, found none, so that nothing is written");
  }

  /** Every output that is met lies where interval arithmetic says. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void reachesNoFurtherThanItsIntervalsSay(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Activation[] all = Activation.values();
    MultiLayerNetwork network =
        StockZips.network(seed, DataType.FLOAT, all[(int) seed % all.length], 3, 6, 5);
    List<DenseBlock> blocks = DenseBlock.of(network);
    double[][] ranges = new double[3][];
    Arrays.setAll(
        ranges, input -> new double[] {random.nextDouble(-2, 0), random.nextDouble(0, 2)});
    NetworkProbe probe = NetworkProbe.random(3, ranges, 500);
    double[][][] activations = probe.activations(network, blocks);
    Reach within = Reach.of(blocks, Reach.within(ranges), DataType.FLOAT);
    Reach everywhere = Reach.of(blocks, Reach.anything(3), DataType.FLOAT);
    for (int layer = 0; layer < 3; layer++) {
      for (int unit = 0; unit < activations[layer].length; unit++) {
        double low = Arrays.stream(activations[layer][unit]).min().orElseThrow();
        double high = Arrays.stream(activations[layer][unit]).max().orElseThrow();
        assertThat(within.output(layer, unit).low()).isLessThanOrEqualTo(low);
        assertThat(within.output(layer, unit).high()).isGreaterThanOrEqualTo(high);
        assertThat(everywhere.output(layer, unit).low())
            .isLessThanOrEqualTo(within.output(layer, unit).low());
        assertThat(everywhere.output(layer, unit).high())
            .isGreaterThanOrEqualTo(within.output(layer, unit).high());
      }
    }
  }

  private Mending open(MultiLayerNetwork network) {
    return Mending.open(StockZips.save(network, directory), ProbeSource.RANDOM, Set.of());
  }

  private MendReport merge(MultiLayerNetwork network) throws IOException {
    return open(network).merge(directory.resolve("mended.zip"), false);
  }

  private void assertNothingToMerge(MultiLayerNetwork network) {
    Path mended = directory.resolve("mended.zip");
    assertThatThrownBy(() -> open(network).merge(mended, false))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith(
            ": expected redundant hidden units to merge, found none, so that nothing is written");
    assertThat(mended).doesNotExist();
  }

  /**
   * What stock Deeplearning4j makes of the last merged file against the network itself, on inputs
   * of its own.
   */
  private double changeInStockDeeplearning4j(MultiLayerNetwork network) throws IOException {
    MultiLayerNetwork mended =
        ModelSerializer.restoreMultiLayerNetwork(directory.resolve("mended.zip").toFile(), true);
    INDArray inputs = Nd4j.rand(DataType.DOUBLE, 200, network.layerInputSize(0)).muli(6).subi(3);
    return Nd4j.math()
        .abs(network.output(inputs).sub(mended.output(inputs)))
        .maxNumber()
        .doubleValue();
  }

  /** A disc in a ring, two of five rows in the disc: one unit cannot tell them apart. */
  private static DataSet rings() {
    SplittableRandom random = new SplittableRandom(4);
    double[][] x = new double[200][];
    double[][] y = new double[200][];
    for (int row = 0; row < x.length; row++) {
      double radius = row % 5 < 2 ? random.nextDouble(0, 0.5) : random.nextDouble(0.8, 1.2);
      double angle = random.nextDouble(2 * Math.PI);
      x[row] = new double[] {2 * radius * Math.cos(angle), 2 * radius * Math.sin(angle)};
      y[row] = new double[] {row % 5 < 2 ? 1 : 0};
    }
    return new DataSet(Nd4j.createFromArray(x), Nd4j.createFromArray(y));
  }

  private static double train(MultiLayerNetwork network, DataSet data, int iterations) {
    for (int i = 0; i < iterations; i++) {
      network.fit(data);
    }
    return network.score(data);
  }
}

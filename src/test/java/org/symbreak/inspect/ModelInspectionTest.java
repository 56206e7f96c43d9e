package org.symbreak.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.symbreak.guard.GenuineModels;
import org.symbreak.guard.StockZips;
import org.symbreak.inspect.Finding.Kind;
import org.symbreak.model.SavedModel;
import org.symbreak.model.SavedModels;
import org.symbreak.network.Precision;
import org.symbreak.problem.InputException;
import org.symbreak.symmetry.LayerProbe;

class ModelInspectionTest {
  private static final List<Integer> ALL = List.of(1, 2, 3, 4, 5, 6, 7, 8);

  @TempDir Path directory;

  @Test
  void namesTheSymmetryOfANetworkTrainedFromZeros() {
    MultiLayerNetwork network = StockZips.network(1, DataType.FLOAT, Activation.SIGMOID, 3, 8);
    network.setParams(network.params().mul(0));
    train(network, 50);
    ModelInspection inspection = inspect(network);
    assertThat(inspection.alarm()).isTrue();
    // rounding may have driven them apart: both are right
    assertThat(inspection.findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.kind()).isIn(Kind.IDENTICAL, Kind.NEARLY_IDENTICAL);
              assertThat(finding.units()).isEqualTo(ALL);
              assertThat(finding.text())
                  .startsWith("All 8 units of hidden layer 1 are identical")
                  .contains("mend --split");
            });
    assertThat(inspection.hidden().get(0).symmetry().effectiveRank()).isBetween(1.0, 1.001);
  }

  @Test
  void saysOfUntouchedZerosThatTheyAreZeros() {
    MultiLayerNetwork network = StockZips.network(1, DataType.FLOAT, Activation.TANH, 3, 8);
    network.setParams(network.params().mul(0));
    assertThat(kinds(inspect(network))).containsExactly(Kind.IDENTICAL, Kind.CONSTANT);
    assertThat(inspect(network).verdict())
        .contains(
            "All 8 units of hidden layer 1 are identical, with weights and biases of zero: they"
                + " compute one feature");
  }

  @Test
  void namesTheSymmetryOfConstants() {
    MultiLayerNetwork network = StockZips.network(1, DataType.DOUBLE, Activation.TANH, 3, 8);
    network.setParams(network.params().mul(0).addi(0.5));
    ModelInspection inspection = inspect(network);
    assertThat(kinds(inspection)).containsExactly(Kind.IDENTICAL);
    assertThat(inspection.findings().get(0).text())
        .startsWith("All 8 units of hidden layer 1 are identical, with all their weights at 0.5:");
  }

  @Test
  void namesOneDuplicatedUnit() {
    MultiLayerNetwork network = StockZips.network(1, DataType.FLOAT, Activation.TANH, 3, 8);
    train(network, 20);
    StockZips.copyUnit(network, 0, 2, 6, 1);
    ModelInspection inspection = inspect(network);
    assertThat(kinds(inspection)).containsExactly(Kind.IDENTICAL);
    assertThat(inspection.hidden().get(0).identical()).containsExactly(List.of(3, 7));
    assertThat(inspection.verdict())
        .startsWith("Units 3 and 7 of hidden layer 1 are identical: they compute one feature");
    assertThat(inspection.hidden().get(0).symmetry().distinctUnits()).isEqualTo(7);
  }

  @Test
  void namesNearDuplicatesUpToTheTolerance() {
    MultiLayerNetwork network = StockZips.network(1, DataType.FLOAT, Activation.TANH, 3, 8);
    StockZips.copyUnit(network, 0, 2, 6, 1 + 1e-6);
    assertThat(kinds(inspect(network))).containsExactly(Kind.NEARLY_IDENTICAL);
    assertThat(inspect(network).hidden().get(0).nearlyIdentical()).containsExactly(List.of(3, 7));
    assertThat(inspect(network).alarm()).isTrue();
    Path file = StockZips.save(network, directory);
    assertThat(ModelInspection.of(file, ProbeSource.RANDOM, 1e-8, Set.of()).alarm()).isFalse();
  }

  @Test
  void namesADeadReluAndWhatIsProven() {
    MultiLayerNetwork network = StockZips.network(1, DataType.FLOAT, Activation.RELU, 3, 8);
    network.getLayer(0).getParam("b").putScalar(4, -1000);
    ModelInspection inspection = inspect(network);
    assertThat(kinds(inspection)).containsExactly(Kind.DEAD);
    assertThat(inspection.alarm()).isTrue();
    assertThat(inspection.hidden().get(0).dead()).containsExactly(5);
    assertThat(inspection.hidden().get(0).deadEverywhere())
        .as("a large enough input would wake it")
        .isEmpty();
    assertThat(inspection.verdict())
        .startsWith(
            "Unit 5 of hidden layer 1 is dead: relu is switched off on 4096 standard normal"
                + " inputs.");
    assertThat(inspection.hidden().get(0).symmetry().dead()).isEqualTo(1 / 8.0);

    StockZips.setUnit(network, 0, 4, () -> 0);
    network.getLayer(0).getParam("b").putScalar(4, -1e-3);
    assertThat(inspect(network).hidden().get(0).deadEverywhere()).containsExactly(5);
    assertThat(inspect(network).verdict()).contains("for any input, which is proven");
  }

  @Test
  void provesDeathInDeeperLayersFromTheSignsOfWhatComesIn() {
    MultiLayerNetwork network = StockZips.network(1, DataType.FLOAT, Activation.RELU, 3, 8, 8);
    StockZips.setUnit(network, 1, 1, () -> -0.25);
    assertThat(inspect(network).hidden().get(1).deadEverywhere()).contains(2);
    assertThat(inspect(network).hidden().get(1).dead()).contains(2);
  }

  @Test
  void provesDeathWithinTheTrainingRangesOfAModelOfOurs() throws IOException {
    SavedModel model =
        SavedModels.model(
            directory, Precision.FLOAT, List.of(4), org.symbreak.network.Activation.RELU);
    double[][] ranges = model.pipeline().ranges();
    double[] parameters = model.parameters().clone();
    int unit = 2;
    double worst = 0;
    for (int input = 0; input < ranges.length; input++) {
      double weight = parameters[model.shape().weights(0) + unit * ranges.length + input];
      worst += Math.max(weight * ranges[input][0], weight * ranges[input][1]);
    }
    parameters[model.shape().biases(0) + unit] = (float) (-worst - 0.01);
    Path file = directory.resolve("model.zip");
    SavedModels.withParameters(model, parameters).save(file);
    ModelInspection inspection =
        ModelInspection.of(file, ProbeSource.RANDOM, LayerProbe.TOLERANCE, Set.of());
    assertThat(inspection.writtenBy()).isEqualTo("symbreak");
    assertThat(inspection.layers().get(0).initialization()).isEqualTo("gaussian:0.01");
    assertThat(inspection.probe()).isEqualTo("4096 random inputs within the training ranges");
    assertThat(inspection.hidden().get(0).deadWithinRanges()).containsExactly(3);
    assertThat(inspection.hidden().get(0).deadEverywhere()).isEmpty();
    assertThat(inspection.verdict())
        .contains("for all inputs within the training ranges, which is proven");

    parameters[model.shape().biases(0) + unit] = (float) (-worst + 0.01);
    SavedModels.withParameters(model, parameters).save(file);
    assertThat(
            ModelInspection.of(file, ProbeSource.RANDOM, LayerProbe.TOLERANCE, Set.of())
                .hidden()
                .get(0)
                .deadWithinRanges())
        .isEmpty();
  }

  @Test
  void namesSaturatedUnits() {
    MultiLayerNetwork network = StockZips.network(1, DataType.FLOAT, Activation.TANH, 3, 8);
    StockZips.copyUnit(network, 0, 1, 1, 1000);
    StockZips.copyUnit(network, 0, 6, 6, 1000);
    ModelInspection inspection = inspect(network);
    assertThat(kinds(inspection)).containsExactly(Kind.SATURATED);
    assertThat(inspection.hidden().get(0).saturated()).containsExactly(2, 7);
    assertThat(inspection.alarm()).isFalse();
    assertThat(inspection.findings().get(0).text())
        .startsWith(
            "Units 2 and 7 of hidden layer 1 are saturated: tanh is flat there on at least 90 %"
                + " of");
  }

  @Test
  void raisesTheAlarmWhereAWholeLayerIsConstant() {
    MultiLayerNetwork network = StockZips.network(1, DataType.FLOAT, Activation.TANH, 3, 4);
    SplittableRandom random = new SplittableRandom(1);
    for (int unit = 0; unit < 4; unit++) {
      StockZips.setUnit(network, 0, unit, () -> random.nextDouble(1));
      network.getLayer(0).getParam("b").putScalar(unit, 100 + unit);
    }
    ModelInspection inspection = inspect(network);
    assertThat(kinds(inspection)).containsExactly(Kind.CONSTANT, Kind.SATURATED);
    assertThat(inspection.alarm()).isTrue();
  }

  @Test
  void namesOppositeAndProportionalUnitsWhereTheyAreOneFeature() {
    MultiLayerNetwork tanh = StockZips.network(1, DataType.FLOAT, Activation.TANH, 3, 8);
    StockZips.copyUnit(tanh, 0, 0, 5, -1);
    assertThat(kinds(inspect(tanh))).containsExactly(Kind.OPPOSITE);
    assertThat(inspect(tanh).hidden().get(0).opposite()).containsExactly(List.of(1, 6));
    MultiLayerNetwork relu = StockZips.network(1, DataType.FLOAT, Activation.RELU, 3, 8);
    StockZips.copyUnit(relu, 0, 0, 5, 2.5);
    assertThat(kinds(inspect(relu))).containsExactly(Kind.PROPORTIONAL);
    assertThat(inspect(relu).hidden().get(0).proportional()).containsExactly(List.of(1, 6));
    MultiLayerNetwork sigmoid = StockZips.network(1, DataType.FLOAT, Activation.SIGMOID, 3, 8);
    StockZips.copyUnit(sigmoid, 0, 0, 5, 2.5);
    assertThat(kinds(inspect(sigmoid))).as("sigmoid makes other features of them").isEmpty();
    assertThat(inspect(sigmoid).hidden().get(0).proportional()).containsExactly(List.of(1, 6));
  }

  /**
   * Wide enough that no unit of a second layer is dead from the start: behind few ReLU units, some
   * of which have negative weights only, that happens.
   */
  @Test
  void raisesNoAlarmOnHundredHealthyNetworks() {
    Activation[] activations = {
      Activation.TANH,
      Activation.SIGMOID,
      Activation.RELU,
      Activation.LEAKYRELU,
      Activation.ELU,
      Activation.SOFTPLUS
    };
    for (int seed = 1; seed <= 100; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int[] hidden = new int[1 + random.nextInt(2)];
      Arrays.setAll(hidden, layer -> random.nextInt(16, 65));
      MultiLayerNetwork network =
          StockZips.network(
              seed,
              random.nextBoolean() ? DataType.FLOAT : DataType.DOUBLE,
              activations[seed % activations.length],
              random.nextInt(8, 40),
              hidden);
      if (seed % 4 == 0) {
        network.setLearningRate(0.003);
        train(network, 20);
      }
      ModelInspection inspection = inspect(network);
      assertThat(inspection.alarm()).as("seed " + seed + ": " + inspection.verdict()).isFalse();
      assertThat(inspection.verdict())
          .startsWith("No alarm: %d of %d units".formatted(hidden[0], hidden[0]));
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void inspectsEveryActivation(Activation activation) {
    MultiLayerNetwork network = StockZips.network(1, DataType.FLOAT, activation, 5, 16);
    assertThat(inspect(network).alarm()).isFalse();
  }

  @Test
  void inspectsEveryGenuineModel() throws IOException {
    for (var genuine : GenuineModels.all().entrySet()) {
      Path file = directory.resolve("genuine.zip");
      Files.write(file, GenuineModels.zip(genuine.getValue()));
      ModelInspection inspection =
          ModelInspection.of(file, ProbeSource.RANDOM, LayerProbe.TOLERANCE, Set.of());
      assertThat(inspection.layers()).as(genuine.getKey()).hasSize(2);
      assertThat(inspection.parameters())
          .isEqualTo(inspection.layers().stream().mapToLong(LayerDescription::parameters).sum());
    }
  }

  @Test
  void measuresOnRowsOfAFile() throws IOException {
    MultiLayerNetwork network = StockZips.network(1, DataType.FLOAT, Activation.RELU, 2, 4);
    StockZips.setUnit(network, 0, 0, () -> -1); // active for negative inputs only
    Path zip = StockZips.save(network, directory);
    Path csv = directory.resolve("rows.csv");
    Files.writeString(
        csv,
        "a,class,b\n"
            + IntStream.range(0, 50)
                .mapToObj(i -> i + ",x," + (50 - i))
                .reduce("", (all, row) -> all + row + "\n"));
    ModelInspection inspection =
        ModelInspection.of(
            zip, new ProbeSource(csv, format -> format, "class"), LayerProbe.TOLERANCE, Set.of());
    assertThat(inspection.probe()).isEqualTo("50 rows of " + csv);
    assertThat(inspection.rows()).isEqualTo(50);
    assertThat(inspection.hidden().get(0).dead()).contains(1);
    assertThat(inspect(network).hidden().get(0).dead()).doesNotContain(1);
    assertThatThrownBy(
            () ->
                ModelInspection.of(
                    zip,
                    new ProbeSource(csv, format -> format, null),
                    LayerProbe.TOLERANCE,
                    Set.of()))
        .isInstanceOf(InputException.class)
        .hasMessage(
            csv
                + ": expected 2 columns of numbers, one an input of the network, or --label to name"
                + " one that is none, found 3");
    Files.writeString(csv, "a,b\n1,2\n3,wrong\n");
    assertThatThrownBy(
            () ->
                ModelInspection.of(
                    zip,
                    new ProbeSource(csv, format -> format, null),
                    LayerProbe.TOLERANCE,
                    Set.of()))
        .isInstanceOf(InputException.class)
        .hasMessage(csv + " line 3, column 'b': expected a number, found 'wrong'");
  }

  @Test
  void writesTheContractsNamesAsJson() throws IOException {
    MultiLayerNetwork network = StockZips.network(1, DataType.FLOAT, Activation.TANH, 3, 8, 4);
    StockZips.copyUnit(network, 1, 0, 1, 1);
    JsonNode json = new ObjectMapper().readTree(inspect(network).toJson());
    assertThat(json.at("/symmetry/layer").intValue()).as("the worst layer").isEqualTo(2);
    assertThat(json.at("/symmetry/distinctUnits").intValue()).isEqualTo(3);
    assertThat(json.at("/symmetry/layers")).hasSize(2);
    assertThat(json.at("/hidden/1/identical/0/1").intValue()).isEqualTo(2);
    assertThat(json.at("/hidden/0/deadWithinRanges").isNull()).isTrue();
    assertThat(json.at("/alarm").booleanValue()).isTrue();
    assertThat(json.at("/findings/0/kind").textValue()).isEqualTo("IDENTICAL");
    assertThat(json.at("/layers/0/initialization").textValue()).isEqualTo("WeightInitXavier");
    assertThat(json.at("/updater").textValue()).startsWith("Adam(");
    assertThat(json.at("/precision").textValue()).isEqualTo("float");
  }

  private ModelInspection inspect(MultiLayerNetwork network) {
    return ModelInspection.of(
        StockZips.save(network, directory), ProbeSource.RANDOM, LayerProbe.TOLERANCE, Set.of());
  }

  private static List<Kind> kinds(ModelInspection inspection) {
    return inspection.findings().stream().map(Finding::kind).toList();
  }

  private static void train(MultiLayerNetwork network, int iterations) {
    INDArray x =
        Nd4j.createFromArray(NetworkProbe.random(network.layerInputSize(0), null, 40).rows())
            .castTo(network.params().dataType());
    double[][] labels = new double[40][1];
    Arrays.setAll(labels, row -> new double[] {row % 3 == 0 ? 0 : 1});
    DataSet data = new DataSet(x, Nd4j.createFromArray(labels).castTo(x.dataType()));
    for (int i = 0; i < iterations; i++) {
      network.fit(data);
    }
  }
}

package org.symbreak.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks with other layers than dense ones, and graphs, trained by stock Deeplearning4j. */
class OtherNetworksListenerTest {
  @Test
  void watchesBothBranchesOfAGraph() {
    ComputationGraph graph = graph(WeightInit.ZERO);
    HiddenUnitSimilarityListener listener = new HiddenUnitSimilarityListener();
    List<SimilarityRecord> records = new ArrayList<>();
    listener.subscribe(records::add);
    graph.setListeners(listener);
    for (int i = 0; i < 3; i++) {
      graph.fit(rows(12, 4));
    }
    assertThat(records).hasSize(3);
    assertThat(records.get(2).iteration()).isEqualTo(3);
    assertThat(records.get(2).layers()).hasSize(2);
    assertThat(records.get(2).layers())
        .extracting(layer -> layer.hiddenUnits() + "/" + layer.distinctUnits())
        .containsExactlyInAnyOrder("6/1", "5/5");
    assertThat(records.get(2).layers())
        .filteredOn(layer -> layer.hiddenUnits() == 5)
        .allSatisfy(layer -> assertThat(layer.effectiveRank()).isGreaterThan(1.5));
  }

  @Test
  void stopsAGraphWhoseBranchIsSymmetric() {
    ComputationGraph graph = graph(WeightInit.ZERO);
    HiddenUnitSimilarityListener listener = new HiddenUnitSimilarityListener();
    listener.subscribe(SymmetryAlarm.throwing());
    graph.setListeners(listener);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 200; i++) {
                graph.fit(rows(12, 4));
              }
            })
        .hasMessageContaining("6 units");
  }

  @Test
  void passesConvolutionsOverAndWatchesTheDenseHead() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(7)
            .updater(new Sgd(0.1))
            .activation(Activation.RELU)
            .list()
            .layer(new ConvolutionLayer.Builder(3, 3).nOut(2).build())
            .layer(new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build())
            .layer(new DenseLayer.Builder().nOut(9).build())
            .layer(output().nOut(1).build())
            .setInputType(InputType.convolutional(8, 8, 1))
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    List<SimilarityRecord> records = new ArrayList<>();
    network.setListeners(new HiddenUnitSimilarityListener().subscribe(records::add));
    network.fit(new DataSet(Nd4j.rand(DataType.FLOAT, 12, 1, 8, 8), labels(12)));
    assertThat(records.get(0).layers()).hasSize(1);
    assertThat(records.get(0).layers().get(0).layer()).isEqualTo(3);
    assertThat(records.get(0).layers().get(0).hiddenUnits()).isEqualTo(9);
    assertThat(records.get(0).layers().get(0).effectiveRank()).isNotNull();
  }

  /** Two branches, one of them from zeros. */
  private static ComputationGraph graph(WeightInit ofTheFirst) {
    ComputationGraphConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(7)
            .updater(new Sgd(0.1))
            .activation(Activation.TANH)
            .graphBuilder()
            .addInputs("x")
            .addLayer(
                "left", new DenseLayer.Builder().nIn(4).nOut(6).weightInit(ofTheFirst).build(), "x")
            .addLayer("right", new DenseLayer.Builder().nIn(4).nOut(5).build(), "x")
            .addVertex("both", new MergeVertex(), "left", "right")
            .addLayer("out", output().nIn(11).nOut(1).weightInit(WeightInit.ONES).build(), "both")
            .setOutputs("out")
            .build();
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    return graph;
  }

  private static OutputLayer.Builder output() {
    return new OutputLayer.Builder(LossFunction.XENT).activation(Activation.SIGMOID);
  }

  private static DataSet rows(int rows, int inputs) {
    INDArray x = Nd4j.linspace(DataType.FLOAT, -1, 0.037, (long) rows * inputs);
    return new DataSet(Nd4j.math().sin(x.mul(9)).reshape(rows, inputs), labels(rows));
  }

  private static INDArray labels(int rows) {
    float[][] labels = new float[rows][1];
    for (int row = 0; row < rows; row += 3) {
      labels[row][0] = 1;
    }
    return Nd4j.createFromArray(labels);
  }
}

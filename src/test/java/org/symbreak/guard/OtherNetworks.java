package org.symbreak.guard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.api.preprocessor.AbstractMultiDataSetNormalizer;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.MultiDataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.MultiNormalizerHybrid;
import org.nd4j.linalg.dataset.api.preprocessor.MultiNormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.MultiNormalizerStandardize;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks of stock Deeplearning4j with other layers than dense ones, trained for some steps. */
public final class OtherNetworks {
  private static final int STEPS = 5;
  private static final int ROWS = 12;

  private OtherNetworks() {}

  /**
   * Pictures of 8 × 8: a convolution, a batch normalization, a pooling, then dense layers of 10 and
   * 6 units with a batch normalization and dropout between, and an output.
   */
  public static MultiLayerNetwork convolutional() {
    MultiLayerConfiguration configuration =
        builder()
            .updater(new Adam(0.01))
            .list()
            .layer(new ConvolutionLayer.Builder(3, 3).nOut(4).activation(Activation.RELU).build())
            .layer(new BatchNormalization())
            .layer(
                new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX, new int[] {2, 2})
                    .build())
            .layer(
                new DenseLayer.Builder().name("first").nOut(10).activation(Activation.TANH).build())
            .layer(new DropoutLayer(0.5))
            .layer(
                new DenseLayer.Builder()
                    .name("second")
                    .nOut(6)
                    .activation(Activation.IDENTITY)
                    .build())
            .layer(new BatchNormalization())
            .layer(new org.deeplearning4j.nn.conf.layers.ActivationLayer(Activation.RELU))
            .layer(output())
            .setInputType(InputType.convolutionalFlat(8, 8, 1))
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    for (int step = 0; step < STEPS; step++) {
      network.fit(new DataSet(pictures(), labels()));
    }
    return network;
  }

  /** Twelve pictures of the same 64 numbers every time. */
  public static INDArray pictures() {
    return numbers(ROWS, 64);
  }

  /** Sequences of 3 numbers: an LSTM, and an output at every step. */
  public static MultiLayerNetwork recurrent() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            builder()
                .updater(new Nesterovs(0.1, 0.9))
                .list()
                .layer(new LSTM.Builder().nIn(3).nOut(5).build())
                .layer(
                    new RnnOutputLayer.Builder(LossFunction.XENT)
                        .nIn(5)
                        .nOut(1)
                        .activation(Activation.SIGMOID)
                        .build())
                .build());
    network.init();
    network.fit(
        new DataSet(numbers(ROWS, 12).reshape(ROWS, 3, 4), Nd4j.ones(DataType.DOUBLE, ROWS, 1, 4)));
    return network;
  }

  /**
   * Two inputs of 3 and 2 numbers, each through dense layers of its own, merged, then two dense
   * layers of which the first is added to a branch as well.
   */
  public static ComputationGraph branched() {
    ComputationGraph graph =
        new ComputationGraph(
            builder()
                .updater(new Adam(0.01))
                .graphBuilder()
                .addInputs("left", "right")
                .addLayer("left 1", dense(3, 8, Activation.TANH), "left")
                .addLayer("left 2", dense(8, 6, Activation.RELU), "left 1")
                .addLayer("right 1", dense(2, 6, Activation.TANH), "right")
                .addVertex("both", new MergeVertex(), "left 2", "right 1")
                .addLayer("joint 1", dense(12, 6, Activation.RELU), "both")
                .addVertex(
                    "sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "joint 1", "right 1")
                .addLayer("joint 2", dense(6, 5, Activation.TANH), "sum")
                .addLayer("out", output(5), "joint 2")
                .setOutputs("out")
                .build());
    graph.init();
    for (int step = 0; step < STEPS; step++) {
      graph.fit(
          new MultiDataSet(
              new INDArray[] {numbers(ROWS, 3), numbers(ROWS, 2)}, new INDArray[] {labels()}));
    }
    return graph;
  }

  /** What goes into the branched graph. */
  public static INDArray[] inputs() {
    return new INDArray[] {numbers(ROWS, 3), numbers(ROWS, 2)};
  }

  public static byte[] zip(Model network) {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ModelSerializer.writeModel(network, out, true);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every normalizer that Deeplearning4j itself writes for pictures, fitted, by its name. */
  public static Map<String, Normalizer<?>> normalizersOfPictures() {
    Map<String, Normalizer<?>> normalizers = new LinkedHashMap<>();
    for (DataNormalization normalizer :
        List.of(
            new NormalizerStandardize(),
            new NormalizerMinMaxScaler(-1, 1),
            new ImagePreProcessingScaler(0, 1))) {
      normalizer.fit(new DataSet(pictures().reshape(ROWS, 1, 8, 8), labels()));
      normalizers.put(normalizer.getClass().getSimpleName(), normalizer);
    }
    return normalizers;
  }

  /** The same for the two inputs of the branched graph, with and without its labels. */
  public static Map<String, Normalizer<?>> normalizersOfBranches() {
    Map<String, Normalizer<?>> normalizers = new LinkedHashMap<>();
    for (boolean labels : new boolean[] {false, true}) {
      MultiNormalizerHybrid hybrid =
          new MultiNormalizerHybrid().standardizeAllInputs().minMaxScaleInput(1, -1, 1);
      if (labels) {
        hybrid.minMaxScaleAllOutputs();
      }
      for (MultiDataNormalization normalizer :
          List.of(
              new MultiNormalizerStandardize(), new MultiNormalizerMinMaxScaler(0, 1), hybrid)) {
        if (normalizer instanceof AbstractMultiDataSetNormalizer<?> ofAll) {
          ofAll.fitLabel(labels);
        }
        normalizer.fit(new MultiDataSet(inputs(), new INDArray[] {labels()}));
        normalizers.put(
            normalizer.getClass().getSimpleName() + (labels ? " labels too" : ""), normalizer);
      }
    }
    return normalizers;
  }

  private static NeuralNetConfiguration.Builder builder() {
    return new NeuralNetConfiguration.Builder().seed(1).dataType(DataType.DOUBLE);
  }

  private static DenseLayer dense(int inputs, int units, Activation activation) {
    return new DenseLayer.Builder().nIn(inputs).nOut(units).activation(activation).build();
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder(LossFunction.XENT)
        .name("out")
        .nOut(1)
        .activation(Activation.SIGMOID)
        .build();
  }

  private static OutputLayer output(int inputs) {
    OutputLayer output = output();
    output.setNIn(inputs);
    return output;
  }

  private static INDArray labels() {
    return numbers(ROWS, 1).gt(0).castTo(DataType.DOUBLE);
  }

  private static INDArray numbers(int rows, int columns) {
    return org.nd4j.linalg.ops.transforms.Transforms.sin(
        Nd4j.linspace(1, 7L * rows * columns, (long) rows * columns, DataType.DOUBLE)
            .reshape(rows, columns));
  }
}

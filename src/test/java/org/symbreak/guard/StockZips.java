package org.symbreak.guard;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.DoubleSupplier;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * Networks of stock Deeplearning4j whose units are then arranged by hand, saved by its own
 * ModelSerializer.
 */
public final class StockZips {
  private StockZips() {}

  /** Dense layers and a sigmoid output, from Xavier's weights. */
  public static MultiLayerNetwork network(
      long seed, DataType type, Activation activation, int inputs, int... hidden) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .dataType(type)
            .seed(seed)
            .updater(new Adam(0.05))
            .weightInit(WeightInit.XAVIER)
            .list();
    int before = inputs;
    for (int units : hidden) {
      layers.layer(new DenseLayer.Builder().nIn(before).nOut(units).activation(activation).build());
      before = units;
    }
    layers.layer(
        new OutputLayer.Builder(LossFunctions.LossFunction.XENT)
            .nIn(before)
            .nOut(1)
            .activation(Activation.SIGMOID)
            .build());
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    return network;
  }

  /** Sets what comes into a unit: its weights, then its bias; layer and unit from 0. */
  public static void setUnit(
      MultiLayerNetwork network, int layer, int unit, DoubleSupplier numbers) {
    INDArray weights = network.getLayer(layer).getParam("W");
    for (int input = 0; input < weights.rows(); input++) {
      weights.putScalar(input, unit, numbers.getAsDouble());
    }
    network.getLayer(layer).getParam("b").putScalar(unit, numbers.getAsDouble());
  }

  /** Makes a unit the multiple of another. */
  public static void copyUnit(
      MultiLayerNetwork network, int layer, int from, int to, double factor) {
    INDArray weights = network.getLayer(layer).getParam("W");
    INDArray biases = network.getLayer(layer).getParam("b");
    for (int input = 0; input < weights.rows(); input++) {
      weights.putScalar(input, to, factor * weights.getDouble(input, from));
    }
    biases.putScalar(to, factor * biases.getDouble(from));
  }

  public static Path save(MultiLayerNetwork network, Path directory) {
    try {
      File file = File.createTempFile("stock", ".zip", directory.toFile());
      ModelSerializer.writeModel(network, file, true);
      return file.toPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

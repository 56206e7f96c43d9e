package org.symbreak.guard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.conf.weightnoise.WeightNoise;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.schedule.CycleSchedule;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.InverseSchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.SigmoidSchedule;
import org.nd4j.linalg.schedule.StepSchedule;

/**
 * Networks that stock Deeplearning4j makes, trains for a step and writes with its own
 * ModelSerializer: one for each thing that a configuration of dense layers can name.
 */
public final class GenuineModels {
  private static final int INPUTS = 3;
  private static final int OUTPUTS = 2;

  private GenuineModels() {}

  /**
   * Networks by what is special about them. AdaBelief and RampSchedule are missing: 1.0.0-M2.1
   * itself cannot train with the one, nor restore the other.
   */
  public static Map<String, MultiLayerNetwork> all() {
    Map<String, MultiLayerNetwork> networks = new LinkedHashMap<>();
    for (IUpdater updater :
        List.of(
            new AMSGrad(),
            new AdaDelta(),
            new AdaGrad(0.1),
            new AdaMax(),
            new Adam(),
            new Nadam(),
            new Nesterovs(0.1, 0.9),
            new NoOp(),
            new RmsProp(0.1),
            new Sgd(0.1))) {
      networks.put(
          updater.getClass().getSimpleName(),
          trained(network -> network.updater(updater), layer -> {}));
    }
    networks.put(
        "bias updater",
        trained(
            network -> network.updater(new Adam()).biasUpdater(new Nesterovs(0.1, 0.9)),
            layer -> {}));
    for (Activation activation : Activation.values()) {
      networks.put(
          "activation " + activation,
          trained(network -> network.activation(activation), layer -> {}));
    }
    for (ISchedule schedule :
        List.of(
            new ExponentialSchedule(ScheduleType.ITERATION, 0.1, 0.9),
            new InverseSchedule(ScheduleType.EPOCH, 0.1, 0.9, 2),
            new MapSchedule.Builder(ScheduleType.ITERATION).add(0, 0.1).add(5, 0.01).build(),
            new PolySchedule(ScheduleType.ITERATION, 0.1, 2, 100),
            new SigmoidSchedule(ScheduleType.ITERATION, 0.1, 0.9, 10),
            new StepSchedule(ScheduleType.ITERATION, 0.1, 0.9, 10),
            new CycleSchedule(ScheduleType.ITERATION, 0.1, 0.5, 100, 10, 0.1))) {
      networks.put(
          schedule.getClass().getSimpleName(),
          trained(network -> network.updater(new Nesterovs(schedule, 0.9)), layer -> {}));
    }
    for (WeightInit init : WeightInit.values()) {
      boolean square = init == WeightInit.IDENTITY;
      if (init != WeightInit.DISTRIBUTION && !square) {
        networks.put("init " + init, trained(network -> network.weightInit(init), layer -> {}));
      }
    }
    networks.put(
        "distribution",
        trained(network -> network.weightInit(new NormalDistribution(0, 0.1)), layer -> {}));
    networks.put(
        "l1, l2, weight decay",
        trained(network -> network.l1(0.1).l2Bias(0.1).weightDecay(0.1), layer -> {}));
    networks.put("dropout", trained(network -> network.dropOut(0.5), layer -> {}));
    networks.put(
        "alpha dropout", trained(network -> network.dropOut(new AlphaDropout(0.5)), layer -> {}));
    networks.put(
        "gaussian noise", trained(network -> network.dropOut(new GaussianNoise(0.5)), layer -> {}));
    networks.put(
        "drop connect", trained(network -> network.weightNoise(new DropConnect(0.5)), layer -> {}));
    networks.put(
        "weight noise",
        trained(
            network -> network.weightNoise(new WeightNoise(new NormalDistribution(0, 0.1))),
            layer -> {}));
    networks.put(
        "constraints",
        trained(network -> network.constrainWeights(new MaxNormConstraint(1, 1)), layer -> {}));
    networks.put("no bias", trained(network -> {}, layer -> layer.hasBias(false)));
    networks.put("layer norm", trained(network -> {}, layer -> layer.hasLayerNorm(true)));
    networks.put("double", trained(network -> network.dataType(DataType.DOUBLE), layer -> {}));
    networks.put(
        "half",
        initialized(
            configuration(
                network -> network.dataType(DataType.FLOAT16),
                layer -> {},
                new OutputLayer.Builder(LossFunctions.LossFunction.XENT)
                    .activation(Activation.SIGMOID))));
    networks.put(
        "named beyond ASCII",
        trained(network -> {}, layer -> layer.name("verdeckte Schicht № 1, 隠れ層")));
    for (LossFunctions.LossFunction loss : LossFunctions.LossFunction.values()) {
      networks.put(
          "loss " + loss,
          initialized(
              configuration(
                  network -> {},
                  layer -> {},
                  new OutputLayer.Builder(loss).activation(Activation.SIGMOID))));
    }
    networks.put(
        "weighted loss",
        trained(
            configuration(
                network -> {},
                layer -> {},
                new OutputLayer.Builder(
                        new LossBinaryXENT(Nd4j.createFromArray(new float[] {1, 2})))
                    .activation(Activation.SIGMOID))));
    networks.put(
        "weighted softmax",
        trained(
            configuration(
                network -> {},
                layer -> {},
                new OutputLayer.Builder(
                        new LossMCXENT(Nd4j.createFromArray(new double[][] {{1, 2}})))
                    .activation(Activation.SOFTMAX))));
    networks.put("layers without parameters", trained(withoutParameters()));
    return networks;
  }

  private static MultiLayerConfiguration withoutParameters() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(new Adam())
        .list()
        .layer(new DenseLayer.Builder().nIn(INPUTS).nOut(4).activation(Activation.IDENTITY).build())
        .layer(new ActivationLayer(Activation.TANH))
        .layer(new DropoutLayer(0.5))
        .layer(
            new DenseLayer.Builder().nIn(4).nOut(OUTPUTS).activation(Activation.IDENTITY).build())
        .layer(
            new LossLayer.Builder(LossFunctions.LossFunction.XENT)
                .activation(Activation.SIGMOID)
                .build())
        .build();
  }

  /** A small network with Adam, trained for a step. */
  public static MultiLayerNetwork plain() {
    return trained(network -> {}, layer -> {});
  }

  static MultiLayerNetwork trained(
      Consumer<NeuralNetConfiguration.Builder> network, Consumer<DenseLayer.Builder> hidden) {
    return trained(
        configuration(
            network,
            hidden,
            new OutputLayer.Builder(LossFunctions.LossFunction.XENT)
                .activation(Activation.SIGMOID)));
  }

  private static MultiLayerConfiguration configuration(
      Consumer<NeuralNetConfiguration.Builder> network,
      Consumer<DenseLayer.Builder> hidden,
      OutputLayer.Builder output) {
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam())
            .activation(Activation.TANH);
    network.accept(builder);
    DenseLayer.Builder dense = new DenseLayer.Builder().nIn(INPUTS).nOut(4);
    hidden.accept(dense);
    return builder
        .list()
        .validateOutputLayerConfig(false)
        .layer(dense.build())
        .layer(output.nIn(4).nOut(OUTPUTS).build())
        .build();
  }

  private static MultiLayerNetwork initialized(MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  private static MultiLayerNetwork trained(MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = initialized(configuration);
    INDArray labels = Nd4j.createFromArray(new double[][] {{1, 0}, {0, 1}, {1, 0}, {0, 1}, {1, 0}});
    network.fit(rows(configuration.getDataType()), labels.castTo(configuration.getDataType()));
    return network;
  }

  /** Five rows. */
  static INDArray rows(DataType type) {
    return Nd4j.linspace(-1, 1, 5L * INPUTS, DataType.DOUBLE).reshape(5, INPUTS).castTo(type);
  }

  public static byte[] zip(MultiLayerNetwork network) {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ModelSerializer.writeModel(network, out, true);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] zip(Model network, Normalizer<?> normalizer) {
    try {
      Path file = Files.createTempFile("genuine", ".zip");
      try {
        ModelSerializer.writeModel(network, file.toFile(), true);
        ModelSerializer.addNormalizerToModel(file.toFile(), normalizer);
        return Files.readAllBytes(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every normalizer that is let in, fitted. */
  static Map<String, DataNormalization> normalizers() {
    Map<String, DataNormalization> normalizers = new LinkedHashMap<>();
    for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      for (boolean labels : new boolean[] {false, true}) {
        for (DataNormalization normalizer :
            List.of(new NormalizerStandardize(), new NormalizerMinMaxScaler(-1, 1))) {
          normalizer.fitLabel(labels);
          normalizer.fit(
              new DataSet(rows(type), Nd4j.linspace(0, 1, 5L * OUTPUTS, type).reshape(5, OUTPUTS)));
          normalizers.put(
              "%s %s %s"
                  .formatted(
                      normalizer.getClass().getSimpleName(),
                      type,
                      labels ? "labels too" : "features"),
              normalizer);
        }
      }
    }
    normalizers.put("ImagePreProcessingScaler", new ImagePreProcessingScaler(-1, 1));
    return normalizers;
  }
}

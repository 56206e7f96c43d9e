package org.symbreak.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.symbreak.problem.InputException;

/** Counts beside those of Deeplearning4j's own initializers. */
class LayerNumbersTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<Layer> layers() {
    return Stream.of(
        new DenseLayer.Builder().nIn(3).nOut(5).build(),
        new DenseLayer.Builder().nIn(3).nOut(5).hasBias(false).hasLayerNorm(true).build(),
        new ConvolutionLayer.Builder(3, 2).nIn(4).nOut(5).build(),
        new ConvolutionLayer.Builder(3, 2).nIn(4).nOut(5).hasBias(false).build(),
        new Deconvolution2D.Builder(3, 2).nIn(4).nOut(8).build(),
        new Convolution3D.Builder(3, 2, 4).nIn(2).nOut(5).build(),
        new Convolution1DLayer.Builder(3).nIn(5).nOut(4).build(),
        new DepthwiseConvolution2D.Builder(3, 2).nIn(4).nOut(8).depthMultiplier(2).build(),
        new SeparableConvolution2D.Builder(3, 2).nIn(4).nOut(5).depthMultiplier(2).build(),
        new BatchNormalization.Builder().nIn(4).nOut(4).build(),
        new BatchNormalization.Builder().nIn(4).nOut(4).lockGammaBeta(true).build(),
        new BatchNormalization.Builder().nIn(4).nOut(4).useLogStd(false).build(),
        new LSTM.Builder().nIn(3).nOut(5).build(),
        new GravesLSTM.Builder().nIn(3).nOut(5).build(),
        new SimpleRnn.Builder().nIn(3).nOut(5).build(),
        new SimpleRnn.Builder().nIn(3).nOut(5).hasLayerNorm(true).build(),
        new LastTimeStep(new LSTM.Builder().nIn(6).nOut(5).build()),
        new Bidirectional(new LSTM.Builder().nIn(6).nOut(5).build()),
        new EmbeddingLayer.Builder().nIn(5).nOut(7).build(),
        new EmbeddingSequenceLayer.Builder().nIn(5).nOut(7).hasBias(true).build(),
        new RnnOutputLayer.Builder(LossFunction.MSE).nIn(5).nOut(2).build(),
        new GlobalPoolingLayer(),
        new LocalResponseNormalization.Builder().build(),
        new Upsampling2D.Builder(2).build(),
        new ZeroPaddingLayer.Builder(1, 1).build());
  }

  @ParameterizedTest
  @MethodSource("layers")
  void areAsManyAsDeeplearning4jCounts(Layer layer) throws IOException {
    NeuralNetConfiguration configuration = configuration(layer);
    LayerNumbers numbers = numbers(configuration);
    assertThat(numbers.parameters()).isEqualTo(layer.initializer().numParams(configuration));
    // of a normalization whose scale is locked it lists names that it then does not make
    assertThat(layer.initializer().paramKeys(layer)).containsAll(numbers.variables());
  }

  @Test
  void aLayerInALayerInALayerIsRefused() {
    NeuralNetConfiguration nested =
        configuration(
            new LastTimeStep(new LastTimeStep(new LSTM.Builder().nIn(6).nOut(5).build())));
    assertThatThrownBy(() -> numbers(nested))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected a recurrent layer");
  }

  @Test
  void asManyAsDoNotFitAreRefused() throws IOException {
    ObjectNode huge =
        (ObjectNode)
            JSON.readTree(
                configuration(new ConvolutionLayer.Builder(3, 2).nIn(4).nOut(5).build()).toJson());
    ObjectNode layer = (ObjectNode) huge.path("layer");
    layer.put("nin", Integer.MAX_VALUE).put("nout", Integer.MAX_VALUE);
    layer.putArray("kernelSize").add(Integer.MAX_VALUE).add(3);
    assertThatThrownBy(() -> LayerNumbers.of(fields(layer)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("fewer parameters than 2^63");
  }

  private static LayerNumbers numbers(NeuralNetConfiguration configuration) throws IOException {
    return LayerNumbers.of(fields((ObjectNode) JSON.readTree(configuration.toJson()).path("layer")))
        .orElseThrow();
  }

  private static LayerFields fields(ObjectNode layer) {
    return new LayerFields(new EntryPlace("a.zip", ModelGuard.CONFIGURATION, "layer"), layer);
  }

  private static NeuralNetConfiguration configuration(Layer layer) {
    return new NeuralNetConfiguration.Builder()
        .updater(new Adam(0.01))
        .weightInit(WeightInit.XAVIER)
        .layer(layer)
        .build();
  }
}

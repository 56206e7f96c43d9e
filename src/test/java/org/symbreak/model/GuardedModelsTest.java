package org.symbreak.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;

/**
 * What stock Deeplearning4j writes passes the guard, and comes out as stock Deeplearning4j would
 * have restored it.
 */
class GuardedModelsTest {
  @TestFactory
  Stream<DynamicTest> letsInWhatDeeplearning4jWrites() {
    return GenuineModels.all().entrySet().stream()
        .map(named -> dynamicTest(named.getKey(), () -> requireSameAsStock(named.getValue())));
  }

  private static void requireSameAsStock(MultiLayerNetwork network) throws IOException {
    byte[] zip = GenuineModels.zip(network);
    MultiLayerNetwork stock =
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(zip), true);
    MultiLayerNetwork guarded = ModelGuard.STRICT.check("genuine.zip", zip).restore();
    assertThat(guarded.getLayerWiseConfigurations()).isEqualTo(stock.getLayerWiseConfigurations());
    assertThat(bits(guarded.params())).isEqualTo(bits(stock.params()));
    INDArray stockState = stock.getUpdater().getStateViewArray();
    INDArray state = guarded.getUpdater().getStateViewArray();
    assertThat(state == null ? null : bits(state))
        .isEqualTo(stockState == null ? null : bits(stockState));
    INDArray rows = GenuineModels.rows(network.getLayerWiseConfigurations().getDataType());
    if (!network.getLayerWiseConfigurations().toJson().contains("RReLU")) {
      // the randomized one draws a slope even when predicting
      assertThat(bits(guarded.output(rows))).isEqualTo(bits(stock.output(rows)));
    }
  }

  @TestFactory
  Stream<DynamicTest> letsInNormalizers() {
    MultiLayerNetwork network = GenuineModels.plain();
    return GenuineModels.normalizers().entrySet().stream()
        .map(
            named ->
                dynamicTest(
                    named.getKey(), () -> requireSameNormalizer(network, named.getValue())));
  }

  private static void requireSameNormalizer(
      MultiLayerNetwork network, DataNormalization normalizer) {
    CheckedModel model =
        ModelGuard.STRICT.check("genuine.zip", GenuineModels.zip(network, normalizer));
    Normalizer<?> restored = model.normalizer().orElseThrow();
    assertThat(restored).isEqualTo(normalizer);
    assertThat(model.restore().numParams()).isEqualTo(network.numParams());
  }

  private static long[] bits(INDArray array) {
    return java.util.Arrays.stream(array.dup().data().asDouble())
        .mapToLong(Double::doubleToRawLongBits)
        .toArray();
  }
}

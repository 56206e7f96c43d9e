import java.io.File;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Anybody's program: restores a network with Deeplearning4j alone, and prints the bits of its output for a few rows, and of a step of training. */
public class StockOutput {
  public static void main(String[] args) throws Exception {
    MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(new File(args[0]), true);
    int inputs = network.layerInputSize(0);
    DataType type = network.getLayerWiseConfigurations().getDataType();
    INDArray rows = Nd4j.linspace(-2, 2, 10L * inputs, DataType.DOUBLE).reshape(10, inputs).castTo(type);
    print("output", network.output(rows));
    print("state", network.getUpdater().getStateViewArray());
    network.fit(rows, Nd4j.ones(type, 10, 1));
    print("iteration " + network.getIterationCount(), network.params());
  }

  private static void print(String name, INDArray array) {
    StringBuilder line = new StringBuilder(name);
    for (double value : array.dup().data().asDouble()) {
      line.append(' ').append(Double.toHexString(value));
    }
    System.out.println(line);
  }
}

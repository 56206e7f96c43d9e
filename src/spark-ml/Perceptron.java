import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Spark ML's MultilayerPerceptronClassifier on the rows of scripts/cluster-training: sigmoid units, and a softmax of two outputs, which is a sigmoid of their difference.
 *
 * <pre>Perceptron MASTER DIRECTORY FEATURES HIDDEN ITERATIONS PARTITIONS random|zeros</pre>
 *
 * <p>Prints seconds an iteration, the loss at the end, a hash of the weights' bits, and how many hidden units differ.
 */
final class Perceptron {
  private Perceptron() {}

  public static void main(String[] args) throws IOException {
    int features = Integer.parseInt(args[2]);
    int hidden = Integer.parseInt(args[3]);
    int iterations = Integer.parseInt(args[4]);
    int partitions = Integer.parseInt(args[5]);
    try (SparkSession spark = SparkSession.builder().master(args[0]).appName("perceptron").config("spark.ui.enabled", "false").config("spark.driver.host", "127.0.0.1").config("spark.authenticate.secret", System.getenv("_SPARK_AUTH_SECRET")).getOrCreate()) {
      String schema = "";
      String[] names = new String[features];
      for (int i = 0; i < features; i++) {
        names[i] = "x" + (i + 1);
        schema += names[i] + " DOUBLE, ";
      }
      Dataset<Row> read = spark.read().option("header", true).schema(schema + "label DOUBLE").csv(args[1]);
      Dataset<Row> rows = new VectorAssembler().setInputCols(names).setOutputCol("features").transform(read).select("features", "label").coalesce(partitions).cache();
      long count = rows.count();
      double[] start = new double[features * hidden + hidden + hidden * 2 + 2];
      if (args[6].equals("random")) {
        Random random = new Random(1);
        for (int i = 0; i < start.length; i++) {
          start[i] = 0.1 * random.nextGaussian();
        }
      }
      MultilayerPerceptronClassifier trainer =
          new MultilayerPerceptronClassifier().setLayers(new int[] {features, hidden, 2}).setMaxIter(iterations).setTol(1e-12).setInitialWeights(Vectors.dense(start)).setBlockSize(128);
      long begin = System.nanoTime();
      MultilayerPerceptronClassificationModel model = trainer.fit(rows);
      double seconds = (System.nanoTime() - begin) / 1e9;
      double[] history = model.summary().objectiveHistory();
      double[] weights = model.weights().toArray();
      long different =
          java.util.stream.IntStream.range(0, hidden).mapToObj(unit -> java.util.stream.IntStream.range(0, features).mapToObj(input -> weights[input * hidden + unit]).toList()).distinct().count();
      System.out.printf(
          "%d rows, %d partitions, from %s: %.3f s an iteration (%d), loss %.6f, weights %08x, %d of %d units differ%n",
          count, partitions, args[6], seconds / Math.max(1, history.length - 1), history.length - 1, history[history.length - 1], Arrays.hashCode(weights), different, hidden);
    }
  }
}

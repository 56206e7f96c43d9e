package org.symbreak.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;
import org.nd4j.linalg.factory.Nd4j;
import org.symbreak.data.CsvFormat;
import org.symbreak.data.FittedPipeline;
import org.symbreak.data.LabelUse;
import org.symbreak.data.NumberRows;
import org.symbreak.data.RowStream;
import org.symbreak.model.OpenedModel;
import org.symbreak.problem.InputException;
import org.symbreak.random.Streams;

/**
 * Inputs of a network on which it is measured.
 *
 * @param source what they are, in words: {@code 569 rows of data.csv}
 * @param rows [row][input], at least one
 */
record NetworkProbe(String source, double[][] rows) {
  private static final long SEED = 20_170_801;
  private static final int RANDOM_ROWS = 4096;
  private static final int MOST_ROWS = 10_000;
  private static final int BATCH = 1024;

  /** Numbers of activations that are held at a time. */
  private static final int MOST_NUMBERS = 1 << 23;

  static NetworkProbe of(OpenedModel model, ProbeSource source) {
    int widest =
        DenseBlock.of(model.network()).stream()
            .mapToInt(block -> Math.max(block.units(), block.inputs()))
            .max()
            .orElseThrow();
    int most = Math.max(256, Math.min(MOST_ROWS, MOST_NUMBERS / widest));
    if (source.file() == null) {
      return random(model.inputs(), model.ranges(), Math.min(RANDOM_ROWS, most));
    }
    Reservoir reservoir = new Reservoir(most);
    if (model.pipeline().isPresent()) {
      read(model.pipeline().get(), source, reservoir);
    } else {
      readNumbers(model, source, reservoir);
    }
    if (reservoir.seen == 0) {
      throw InputException.of(source.file().toString(), "rows to measure the network on", "none");
    }
    double[][] rows = reservoir.rows.toArray(double[][]::new);
    if (model.pipeline().isEmpty()) {
      model.checked().normalizer().ifPresent(normalizer -> normalize(normalizer, rows));
    }
    return new NetworkProbe(
        (reservoir.seen > most ? most + " of " : "") + reservoir.seen + " rows of " + source.file(),
        rows);
  }

  /** Uniform within ranges, or standard normal; the same for every network of that many inputs. */
  static NetworkProbe random(int inputs, double[][] ranges, int count) {
    RandomGenerator random = Streams.of(SEED);
    double[][] rows = new double[count][inputs];
    for (double[] row : rows) {
      for (int i = 0; i < inputs; i++) {
        row[i] =
            ranges == null
                ? random.nextGaussian()
                : ranges[i][0] + random.nextDouble() * (ranges[i][1] - ranges[i][0]);
      }
    }
    return new NetworkProbe(
        count
            + (ranges == null
                ? " standard normal inputs"
                : " random inputs within the training ranges"),
        rows);
  }

  private static void read(FittedPipeline pipeline, ProbeSource source, Reservoir reservoir) {
    CsvFormat format = source.format().apply(pipeline.format());
    try (RowStream stream = pipeline.open(source.file(), format, LabelUse.OPTIONAL)) {
      while (stream.next()) {
        reservoir.add(stream.features());
      }
    }
  }

  private static void readNumbers(OpenedModel model, ProbeSource source, Reservoir reservoir) {
    CsvFormat format = source.format().apply(CsvFormat.DEFAULT);
    try (NumberRows stream =
        new NumberRows(source.file(), format, model.inputs(), source.label())) {
      while (stream.next()) {
        reservoir.add(stream.numbers());
      }
    }
  }

  private static void normalize(Normalizer<?> normalizer, double[][] rows) {
    INDArray features = Nd4j.createFromArray(rows);
    ((DataNormalization) normalizer).transform(features);
    double[] columns = DenseBlock.numbers(features);
    for (int row = 0; row < rows.length; row++) {
      for (int input = 0; input < rows[row].length; input++) {
        rows[row][input] = columns[input * rows.length + row];
      }
    }
  }

  /**
   * All outputs of a network on the rows; in the same order for every network of as many outputs.
   */
  double[] outputs(MultiLayerNetwork network) {
    double[][] batches = new double[(rows.length + BATCH - 1) / BATCH][];
    for (int batch = 0; batch < batches.length; batch++) {
      batches[batch] = DenseBlock.numbers(network.output(inputs(network, batch * BATCH)));
    }
    return Arrays.stream(batches).flatMapToDouble(Arrays::stream).toArray();
  }

  /** What the units of each block put out, [block][unit][row]. */
  double[][][] activations(MultiLayerNetwork network, List<DenseBlock> blocks) {
    double[][][] activations = new double[blocks.size()][][];
    Arrays.setAll(activations, block -> new double[blocks.get(block).units()][rows.length]);
    for (int from = 0; from < rows.length; from += BATCH) {
      List<INDArray> ofLayers = network.feedForward(inputs(network, from), false);
      for (int block = 0; block < activations.length; block++) {
        double[] flat = DenseBlock.numbers(ofLayers.get(blocks.get(block).last() + 1));
        int count = flat.length / activations[block].length;
        for (int unit = 0; unit < activations[block].length; unit++) {
          System.arraycopy(flat, unit * count, activations[block][unit], from, count);
        }
      }
    }
    return activations;
  }

  private INDArray inputs(MultiLayerNetwork network, int from) {
    double[][] batch = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + BATCH));
    return Nd4j.createFromArray(batch).castTo(network.params().dataType());
  }

  /** A uniform sample of rows of unknown number (algorithm R of Vitter, ACM TOMS 11, 1985). */
  private static final class Reservoir {
    private final RandomGenerator random = Streams.of(SEED);
    private final List<double[]> rows = new ArrayList<>();
    private final int most;
    private long seen;

    Reservoir(int most) {
      this.most = most;
    }

    void add(double[] row) {
      seen++;
      if (rows.size() < most) {
        rows.add(row.clone());
      } else {
        long slot = random.nextLong(seen);
        if (slot < most) {
          rows.set((int) slot, row.clone());
        }
      }
    }
  }
}

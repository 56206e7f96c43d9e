package org.symbreak.inspect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.symbreak.model.OpenedModel;
import org.symbreak.problem.InputException;

/**
 * Mends a network of dense layers in any zip that Deeplearning4j wrote, ours or not, and writes it
 * to another: {@link #merge} removes what is redundant, {@link #split} makes identical units
 * different so that training can go on. The optimizer begins anew, since its state belonged to the
 * old units; counters of iterations and epochs go on.
 */
public final class Mending {
  /** Units as far apart as this, relative to the layer's largest weight, are split. */
  private static final double SPLIT_TOLERANCE = 1e-5;

  /** Halvings of the amplitude until the change of outputs is small enough. */
  private static final int MOST_HALVINGS = 100;

  private final OpenedModel model;
  private final List<DenseBlock> blocks;
  private final NetworkProbe probe;

  private Mending(OpenedModel model, NetworkProbe probe) {
    this.model = model;
    this.blocks = DenseBlock.of(model.network());
    this.probe = probe;
  }

  /**
   * @param source rows on which the change of outputs is measured
   * @param trusted classes that the configuration may name besides the known ones
   * @throws InputException where the file, or the file of rows, is refused
   */
  public static Mending open(Path file, ProbeSource source, Set<String> trusted) {
    OpenedModel model = OpenedModel.open(file, trusted);
    return new Mending(model, NetworkProbe.of(model, source));
  }

  /**
   * Removes redundant units; the function stays the same but for rounding.
   *
   * @param withinRange whether units that are constant for all inputs within the training ranges
   *     go, too; the function then changes for inputs beyond them
   * @throws InputException where that is asked for and the ranges are not known, or nothing is
   *     redundant
   */
  public MendReport merge(Path mended, boolean withinRange) throws IOException {
    DataType type = model.network().params().dataType();
    if (withinRange && model.ranges() == null) {
      throw InputException.of(
          "--within-range",
          "a model that knows the ranges of its training data",
          model.file() + ", which Deeplearning4j alone wrote");
    }
    Interval[] inputs = withinRange ? Reach.within(model.ranges()) : Reach.anything(model.inputs());
    double rounding = 8 * Reach.ulp(type);
    List<DenseBlock> merged = new Merge(blocks, rounding).merged(Reach.of(blocks, inputs, type));
    if (hiddenUnits(merged).equals(hiddenUnits(blocks))) {
      throw nothing("redundant hidden units to merge");
    }
    MendedNetwork network = MendedNetwork.of(model, merged);
    return write(mended, "merge", merged, network);
  }

  /**
   * Makes identical units different.
   *
   * @param change by how much an output may change on the rows at the most, positive; the largest
   *     perturbation that keeps to it is taken
   * @throws InputException where there are no identical units
   */
  public MendReport split(Path mended, double change, long seed) throws IOException {
    UnitSplit split = new UnitSplit(blocks, SPLIT_TOLERANCE, seed);
    if (!split.isNeeded()) {
      throw nothing("identical hidden units to split");
    }
    double amplitude = 1;
    for (int halving = 0; halving < MOST_HALVINGS; halving++) {
      List<DenseBlock> apart = split.split(amplitude);
      MendedNetwork network = MendedNetwork.of(model, apart);
      if (largestChange(network.network()) <= change) {
        return write(mended, "split", apart, network);
      }
      amplitude /= 2;
    }
    throw InputException.of(
        "--change",
        "more than what sharing out the weights costs in rounding",
        String.valueOf(change));
  }

  private InputException nothing(String toMend) {
    return InputException.of(model.file().toString(), toMend, "none, so that nothing is written");
  }

  private MendReport write(Path file, String how, List<DenseBlock> after, MendedNetwork network)
      throws IOException {
    MendReport report =
        new MendReport(
            model.file().toString(),
            file.toString(),
            how,
            hiddenUnits(blocks),
            hiddenUnits(after),
            parameters(blocks),
            parameters(after),
            largestChange(network.network()),
            probe.source(),
            probe.rows().length);
    network.save(file, report);
    return report;
  }

  private double largestChange(MultiLayerNetwork mended) {
    double[] before = probe.outputs(model.network());
    double[] after = probe.outputs(mended);
    double largest = 0;
    for (int i = 0; i < before.length; i++) {
      largest = Math.max(largest, Math.abs(after[i] - before[i]));
    }
    return largest;
  }

  private static List<Integer> hiddenUnits(List<DenseBlock> blocks) {
    return blocks.subList(0, blocks.size() - 1).stream().map(DenseBlock::units).toList();
  }

  private static long parameters(List<DenseBlock> blocks) {
    return blocks.stream().mapToLong(DenseBlock::parameters).sum();
  }
}

package org.symbreak.inspect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.symbreak.formats.DenseFile.Change;
import org.symbreak.problem.InputException;
import org.symbreak.stack.DenseBlock;
import org.symbreak.stack.Interval;

/**
 * Mends the dense layers of a model, ours or not, and writes it to another file of the same format:
 * {@link #merge} removes what is redundant, {@link #split} makes identical units different so that
 * training can go on. The optimizer begins anew, since its state belonged to the old units;
 * counters of iterations and epochs go on.
 */
public final class Mending {
  /** Units as far apart as this, relative to the layer's largest weight, are split. */
  private static final double SPLIT_TOLERANCE = 1e-5;

  /** Halvings of the amplitude until the change of outputs is small enough. */
  private static final int MOST_HALVINGS = 100;

  private final ReadModel model;
  private final List<ReadChain> chains;
  private final List<NetworkProbe> probes;

  private Mending(ReadModel model, ProbeSource source) {
    this.model = model;
    this.chains = model.chains();
    this.probes = chains.stream().map(chain -> chain.probe(source)).toList();
  }

  /** The same for files that say what their hidden units compute. */
  public static Mending open(Path file, ProbeSource source, Set<String> trusted) {
    return open(file, source, trusted, Optional.empty());
  }

  /**
   * @param source rows on which the change of outputs is measured
   * @param trusted classes that a configuration of Deeplearning4j may name besides the known ones
   * @param activation of hidden layers, for files that do not say it
   * @throws InputException where the file, or the file of rows, is refused
   */
  public static Mending open(
      Path file, ProbeSource source, Set<String> trusted, Optional<String> activation) {
    return new Mending(ReadModel.open(file, trusted, activation), source);
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
    if (withinRange && chains.get(0).ranges() == null) {
      throw InputException.of(
          "--within-range",
          "a model that knows the ranges of its training data",
          model.file() + ", which symbreak did not train");
    }
    List<Change> changes = chains.stream().map(chain -> merged(chain, withinRange)).toList();
    if (hiddenUnits(changes).equals(hiddenUnits())) {
      throw nothing("redundant hidden units to merge");
    }
    return write(mended, "merge", changes, model.mended(changes));
  }

  private static Change merged(ReadChain chain, boolean withinRange) {
    List<DenseBlock> blocks = chain.blocks();
    Interval[] inputs =
        withinRange ? Reach.within(chain.ranges()) : Reach.anything(blocks.get(0).inputs());
    return new Merge(blocks, 8 * chain.ulp()).merged(Reach.of(blocks, inputs, chain.ulp()));
  }

  /**
   * Makes identical units different.
   *
   * @param change by how much an output may change on the rows at the most, positive; the largest
   *     perturbation that keeps to it is taken
   * @throws InputException where there are no identical units
   */
  public MendReport split(Path mended, double change, long seed) throws IOException {
    List<UnitSplit> splits =
        chains.stream().map(chain -> new UnitSplit(chain.blocks(), SPLIT_TOLERANCE, seed)).toList();
    if (splits.stream().noneMatch(UnitSplit::isNeeded)) {
      throw nothing("identical hidden units to split");
    }
    double amplitude = 1;
    for (int halving = 0; halving < MOST_HALVINGS; halving++) {
      List<Change> apart = new ArrayList<>();
      for (int chain = 0; chain < splits.size(); chain++) {
        apart.add(
            unitsStay(
                splits.get(chain).isNeeded()
                    ? splits.get(chain).split(amplitude)
                    : chains.get(chain).blocks()));
      }
      MendedModel network = model.mended(apart);
      if (largestChange(network) <= change) {
        return write(mended, "split", apart, network);
      }
      amplitude /= 2;
    }
    throw InputException.of(
        "--change",
        "more than what sharing out the weights costs in rounding",
        String.valueOf(change));
  }

  private static Change unitsStay(List<DenseBlock> blocks) {
    return new Change(
        blocks, blocks.stream().map(block -> IntStream.range(0, block.units()).toArray()).toList());
  }

  private InputException nothing(String toMend) {
    return InputException.of(model.file().toString(), toMend, "none, so that nothing is written");
  }

  private MendReport write(Path file, String how, List<Change> after, MendedModel network)
      throws IOException {
    MendReport report =
        new MendReport(
            model.file().toString(),
            file.toString(),
            how,
            hiddenUnits(),
            hiddenUnits(after),
            model.parameters(),
            network.parameters(),
            largestChange(network),
            probes.get(0).source(),
            probes.get(0).rows().length);
    network.save(file, report);
    return report;
  }

  private double largestChange(MendedModel mended) {
    double largest = 0;
    for (int chain = 0; chain < probes.size(); chain++) {
      double[] before = chains.get(chain).outputs(probes.get(chain));
      double[] after = mended.outputs(chain, probes.get(chain));
      for (int i = 0; i < before.length; i++) {
        largest = Math.max(largest, Math.abs(after[i] - before[i]));
      }
    }
    return largest;
  }

  private List<Integer> hiddenUnits() {
    return hiddenUnits(chains.stream().map(chain -> unitsStay(chain.blocks())).toList());
  }

  private static List<Integer> hiddenUnits(List<Change> changes) {
    return changes.stream()
        .map(Change::blocks)
        .flatMap(blocks -> blocks.subList(0, blocks.size() - 1).stream())
        .map(DenseBlock::units)
        .toList();
  }
}

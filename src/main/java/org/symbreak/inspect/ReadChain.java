package org.symbreak.inspect;

import java.util.List;
import org.symbreak.stack.DenseBlock;

/** Dense layers one behind the other in a model, and how they are computed. */
interface ReadChain {
  /** In the file's own words; empty where it is the whole network. */
  String name();

  List<DenseBlock> blocks();

  /** Distance from 1 to the next number in which it is computed. */
  double ulp();

  /** Smallest and largest training value of each input; null where they are not known. */
  double[][] ranges();

  /** Where a layer's weights began, in words; null where the file does not say it. */
  String initialization(int layer);

  /**
   * The rows to measure it on.
   *
   * @throws org.symbreak.problem.InputException where the file of rows is refused
   */
  NetworkProbe probe(ProbeSource source);

  /** All that the last layer puts out on some rows, row after row. */
  double[] outputs(NetworkProbe probe);

  /** What the units of each block put out, [block][unit][row]. */
  double[][][] activations(NetworkProbe probe);
}

package org.symbreak.engine;

import java.util.Objects;
import org.symbreak.data.EncodedRows;
import org.symbreak.network.NetworkSpec;
import org.symbreak.setting.OptimizerSpec;

/**
 * What an engine is asked to minimize: the mean over a batch of the weighted cross-entropy of the
 * output, plus ½ λ ‖W‖². A row's weight is that of its class times its own; the mean is divided by
 * the number of rows.
 *
 * @param network what is trained
 * @param optimizer how
 * @param rows the training rows; {@code rows.features()} are the network's inputs
 * @param weightOfZero weight of a row of class 0 in the sum; the sum is divided by the number of
 *     rows of the batch, not by the weights
 * @param weightOfOne weight of a row of class 1
 * @param batchSize rows a step; at least {@code rows.rows()} for the full batch, which is taken in
 *     the file's order
 * @param seed from which the order of rows of each epoch follows
 * @param threads how many threads may be used at most, from 1; the result is the same with any
 *     number
 */
public record TrainingProblem(
    NetworkSpec network,
    OptimizerSpec optimizer,
    EncodedRows rows,
    double weightOfZero,
    double weightOfOne,
    int batchSize,
    long seed,
    int threads) {
  public TrainingProblem {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(rows, "rows");
    if (network.l2() == NetworkSpec.AUTO_L2) {
      throw new IllegalArgumentException("l2 is to be decided first");
    }
    if (batchSize < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "batchSize and threads must be from 1, found " + batchSize + " and " + threads);
    }
  }

  /** Steps that take every training row once. */
  public int stepsPerEpoch() {
    int size = Math.min(batchSize, rows.rows());
    return (int) ((rows.rows() + (size - 1L)) / size);
  }
}

package org.symbreak.film;

import org.symbreak.network.DenseNetwork;

/**
 * Test rows in a film's plane, for pages that show them beside the training rows.
 *
 * @param points where they are
 */
public record TestRows(History.Points points, RowSample sample) {
  /**
   * What a network says of them.
   *
   * @param accuracy share that 0.5 divides rightly; null without rows
   * @param probabilities in steps of 1/255, a byte each
   */
  public record Seen(Double accuracy, byte[] probabilities) {}

  Seen by(DenseNetwork network) {
    double[] probabilities = sample.probabilities(network);
    return new Seen(sample.accuracy(probabilities), History.shares(probabilities));
  }
}

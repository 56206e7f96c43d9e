package org.symbreak.watch;

import org.symbreak.network.DenseShape;
import org.symbreak.symmetry.EffectiveRank;

/**
 * At which iterations the similarity of hidden units is measured: every k-th, 0 included; the last
 * iteration of a run is always looked at besides.
 *
 * @param every k, from 1
 */
public record LookSchedule(long every) {
  public static final LookSchedule EVERY_ITERATION = new LookSchedule(1);

  /** Looking may cost this share of training. */
  private static final double SHARE = 0.1;

  /** Units whose cosines are compared pair by pair. */
  private static final int COMPARED_UNITS = 256;

  public LookSchedule {
    if (every < 1) {
      throw new IllegalArgumentException("every must be from 1, found " + every);
    }
  }

  /**
   * The schedule at which looking costs at most a tenth of training, from the shapes alone and
   * never from clocks, so that runs repeat: both costs are estimated in nanoseconds of one ordinary
   * core, training at the rate of the fastest engine. k has one digit that is not 0.
   *
   * @param batchRows rows a step
   * @param probeRows rows on which activations are measured
   */
  public static LookSchedule affordable(DenseShape shape, int batchRows, int probeRows) {
    double every = lookCost(shape, probeRows) / (SHARE * stepCost(shape, batchRows));
    long ten = 1;
    while (10 * ten < every) {
      ten *= 10;
    }
    return new LookSchedule(ten * Math.max(1, (long) Math.ceil(every / ten)));
  }

  /**
   * Forward, backward and update of a vectorized loop: three products a weight and row, an
   * activation and its slope a unit and row.
   */
  private static double stepCost(DenseShape shape, int batchRows) {
    double units = 0;
    for (int layer = 0; layer < shape.layers(); layer++) {
      units += shape.units(layer);
    }
    return 200 + batchRows * (0.05 * shape.parameters() + 0.4 * units);
  }

  /**
   * A row in metrics.csv and the log; a scalar forward pass over the probe; groups, cosines and
   * effective rank a layer.
   */
  private static double lookCost(DenseShape shape, int probeRows) {
    double cost = 20_000 + 1.2 * probeRows * shape.parameters();
    for (int layer = 0; layer < shape.hiddenLayers(); layer++) {
      double units = shape.units(layer);
      double inputs = shape.inputs(layer);
      double compared = Math.min(units, COMPARED_UNITS);
      double ranked = Math.min(units, EffectiveRank.MOST_VECTORS);
      double rows = Math.min(probeRows, EffectiveRank.MOST_COMPONENTS);
      double smaller = Math.min(ranked, rows);
      cost += 40 * units * probeRows;
      cost += 20 * units * inputs + 20 * units * probeRows;
      cost += compared * compared / 2 * (inputs + probeRows);
      cost += smaller * smaller * (Math.max(ranked, rows) / 2 + smaller + 50);
    }
    return cost;
  }

  /** Whether to look after this many steps. */
  public boolean looksAt(long iteration) {
    return iteration % every == 0;
  }
}

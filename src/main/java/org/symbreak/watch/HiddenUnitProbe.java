package org.symbreak.watch;

import java.util.ArrayList;
import java.util.List;
import org.symbreak.data.EncodedRows;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseNetwork;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;
import org.symbreak.symmetry.EvenSample;
import org.symbreak.symmetry.FlatZone;
import org.symbreak.symmetry.LayerProbe;
import org.symbreak.symmetry.LayerSymmetry;
import org.symbreak.symmetry.LayerUnits;

/**
 * Measures the hidden layers of a run's network on fixed rows, in plain Java: needs no ND4J. Not
 * thread safe.
 */
public final class HiddenUnitProbe {
  /** Rows on which activations are measured at the most. */
  public static final int MOST_ROWS = 256;

  private final List<Activation> activations;
  private final double[][] rows;

  private HiddenUnitProbe(List<Activation> activations, double[][] rows) {
    this.activations = activations;
    this.rows = rows;
  }

  /**
   * The one measure of a run: whoever measures its hidden units, for metrics.csv, a film, a
   * diagnosis or its result, measures them on the same rows.
   *
   * @param network whose hidden layers are measured
   * @param rows to measure activations on; {@link #MOST_ROWS}, evenly spread, where there are more
   */
  public static HiddenUnitProbe of(NetworkSpec network, EncodedRows rows) {
    int[] picked = EvenSample.of(rows.rows(), MOST_ROWS);
    double[][] probe = new double[picked.length][rows.features()];
    for (int i = 0; i < probe.length; i++) {
      rows.features(picked[i], probe[i], 0);
    }
    return new HiddenUnitProbe(network.activations(), probe);
  }

  /** How many rows activations are measured on. */
  public int rows() {
    return rows.length;
  }

  /**
   * @param parameters flat vector in the shape's order
   * @return the hidden layers, first to last
   */
  public List<LayerSymmetry> measure(DenseShape shape, double[] parameters) {
    double[][][] active = activations(shape, parameters);
    List<LayerSymmetry> layers = new ArrayList<>();
    for (int layer = 0; layer < shape.hiddenLayers(); layer++) {
      LayerUnits units =
          LayerUnits.fromFlat(
              parameters, shape.weights(layer), shape.inputs(layer), shape.units(layer));
      FlatZone zone =
          FlatZone.named(activations.get(Math.min(layer, activations.size() - 1)).toString());
      layers.add(LayerProbe.measure(layer + 1, units, active[layer], zone, LayerProbe.TOLERANCE));
    }
    return layers;
  }

  /** [hidden layer][unit][row]. */
  private double[][][] activations(DenseShape shape, double[] parameters) {
    DenseNetwork network = new DenseNetwork(shape, activations, parameters);
    double[][][] active = new double[shape.hiddenLayers()][][];
    for (int layer = 0; layer < active.length; layer++) {
      active[layer] = new double[shape.units(layer)][rows.length];
    }
    for (int row = 0; row < rows.length; row++) {
      double[][] ofRow = network.hiddenActivations(rows[row]);
      for (int layer = 0; layer < active.length; layer++) {
        for (int unit = 0; unit < ofRow[layer].length; unit++) {
          active[layer][unit][row] = ofRow[layer][unit];
        }
      }
    }
    return active;
  }
}

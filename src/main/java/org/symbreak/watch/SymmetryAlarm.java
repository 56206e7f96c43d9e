package org.symbreak.watch;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbreak.symmetry.LayerSymmetry;

/**
 * Says when a hidden layer is one unit repeated, which training alone cannot mend: after the first
 * iteration or any later one that its listener looks at. Before the first step equal units may be
 * no fault, where the next layer's weights differ.
 *
 * <pre>{@code
 * network.setListeners(new HiddenUnitSimilarityListener().subscribe(SymmetryAlarm.throwing()));
 * }</pre>
 */
public final class SymmetryAlarm implements Consumer<SimilarityRecord> {
  private static final Logger LOG = LoggerFactory.getLogger(SymmetryAlarm.class);

  private final Consumer<String> raise;
  private boolean raised;

  private SymmetryAlarm(Consumer<String> raise) {
    this.raise = raise;
  }

  /** Logs one warning, at the first record that has a layer of identical units. */
  public static SymmetryAlarm warning() {
    return new SymmetryAlarm(LOG::warn);
  }

  /**
   * Throws an {@link IllegalStateException} at the first record that has a layer of identical
   * units; training ends there.
   */
  public static SymmetryAlarm throwing() {
    return new SymmetryAlarm(
        message -> {
          throw new IllegalStateException(message);
        });
  }

  @Override
  public void accept(SimilarityRecord similarity) {
    if (raised || similarity.iteration() == 0) {
      return;
    }
    for (LayerSymmetry layer : similarity.layers()) {
      if (layer.unitsAreAlike()) {
        raised = true;
        raise.accept(message(layer, similarity.iteration()));
        return;
      }
    }
  }

  private static String message(LayerSymmetry layer, long iteration) {
    return ("All %d units of hidden layer %d are identical%s after iteration %d: they "
            + "compute one feature, and gradients keep them equal. Start from random "
            + "weights, for example Gaussian × 0.01.")
        .formatted(
            layer.hiddenUnits(),
            layer.layer(),
            layer.distinctUnits() == 1 ? "" : " but for rounding",
            iteration);
  }
}

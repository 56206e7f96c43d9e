package org.symbreak.watch;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.symbreak.symmetry.LayerSymmetry;

/**
 * How alike the units of every hidden layer are; in JSON the worst layer's fields, and {@code
 * layers}.
 *
 * @param worst the layer with the smallest share of distinct units
 * @param layers every hidden layer, at least one
 */
public record NetworkSymmetry(@JsonUnwrapped LayerSymmetry worst, List<LayerSymmetry> layers) {
  public NetworkSymmetry {
    layers = List.copyOf(layers);
  }

  /**
   * @param layers every hidden layer, at least one
   */
  public static NetworkSymmetry of(List<LayerSymmetry> layers) {
    return new NetworkSymmetry(LayerSymmetry.worst(layers).orElseThrow(), layers);
  }
}

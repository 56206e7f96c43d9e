package org.symbreak.report;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.symbreak.model.SavedModel;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseShape;
import org.symbreak.random.Streams;
import org.symbreak.run.RunDirectory;
import org.symbreak.symmetry.LayerUnits;
import org.symbreak.symmetry.UnitMatching;

/**
 * Which hidden unit of one run is which of another, a layer after the other: breaking the symmetry
 * means landing in one of n! · 2ⁿ networks that compute the same.
 *
 * @param layer from 1
 * @param matching of the layer's units
 * @param chance mean cosine to which units come that have nothing to do with each other
 */
record MatchedUnits(int layer, UnitMatching matching, double chance) {
  /** Beyond so many units a table says nothing. */
  private static final int WIDEST = 256;

  /** A hidden layer each; empty where the two networks are not of one shape, or have no model. */
  static List<MatchedUnits> of(RunDirectory one, RunDirectory other) {
    if (!Files.exists(one.model()) || !Files.exists(other.model())) {
      return List.of();
    }
    SavedModel a = SavedModel.load(one.model());
    SavedModel b = SavedModel.load(other.model());
    DenseShape shape = a.shape();
    if (!shape.equals(b.shape())
        || !a.network().activations().equals(b.network().activations())
        || a.network().hidden().stream().anyMatch(units -> units > WIDEST)) {
      return List.of();
    }
    List<MatchedUnits> layers = new ArrayList<>();
    UnitMatching before = null;
    for (int layer = 0; layer < shape.hiddenLayers(); layer++) {
      Activation activation = a.network().activation(layer);
      boolean odd = activation == Activation.TANH || activation == Activation.IDENTITY;
      LayerUnits others = units(b, shape, layer);
      before =
          UnitMatching.of(
              units(a, shape, layer), before == null ? others : before.reorderInputs(others), odd);
      double chance =
          UnitMatching.byChance(shape.inputs(layer), shape.units(layer), odd, Streams.of(layer));
      layers.add(new MatchedUnits(layer + 1, before, chance));
    }
    return layers;
  }

  private static LayerUnits units(SavedModel model, DenseShape shape, int layer) {
    return LayerUnits.fromFlat(
        model.parameters(), shape.weights(layer), shape.inputs(layer), shape.units(layer));
  }

  /**
   * The second run's units in the order of the first's, from 1, a minus where the sign is turned.
   */
  private String partners() {
    return IntStream.range(0, matching.partner().length)
        .mapToObj(i -> (matching.flipped()[i] ? "−" : "") + (matching.partner()[i] + 1))
        .collect(Collectors.joining(" "));
  }

  static void write(Html html, List<MatchedUnits> layers) {
    if (layers.isEmpty()) {
      return;
    }
    html.raw("<section><h2>Which unit is which</h2>")
        .element(
            "p",
            "Hidden units may change places, and with an odd activation their signs, without a"
                + " change of what a network computes. Here the second run's units are matched to"
                + " the first's so that the cosines of their incoming weights and biases are"
                + " largest. “By chance” is what 20 draws of random units come to when they are"
                + " matched so.")
        .table(
            List.of(
                "Hidden layer",
                "Mean cosine as numbered",
                "Matched",
                "By chance",
                "Partners of units 1, 2, ..."),
            layers.stream()
                .map(
                    layer ->
                        List.of(
                            String.valueOf(layer.layer),
                            Figures.of(layer.matching.before()),
                            Figures.of(layer.matching.after()),
                            Figures.of(layer.chance),
                            layer.partners()))
                .toList());
    if (layers.stream().anyMatch(layer -> layer.matching.after() < layer.chance)) {
      html.element(
          "p",
          "Matched below chance, units have less to do with each other than random ones: as where"
              + " all units of a run are equal, or zero.");
    }
    html.raw("</section>");
  }
}

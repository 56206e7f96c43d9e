package org.symbreak.symmetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which layer of a network its symmetry is told by. */
class LayerSymmetryTest {
  private static LayerSymmetry layer(
      int number, int units, int withinTolerance, int distinct, Double effectiveRank) {
    return new LayerSymmetry(
        number,
        units,
        distinct,
        withinTolerance,
        1e-5,
        null,
        null,
        null,
        null,
        null,
        effectiveRank,
        null,
        null);
  }

  /** Whatever comes first in the list. */
  private static void assertWorst(LayerSymmetry worst, LayerSymmetry... better) {
    List<LayerSymmetry> layers = new ArrayList<>(List.of(better));
    layers.add(worst);
    for (int i = 0; i < layers.size(); i++) {
      assertThat(LayerSymmetry.worst(layers)).contains(worst);
      Collections.rotate(layers, 1);
    }
  }

  @Test
  void theSmallestShareOfDistinctUnitsIsTheWorst() {
    // 3 of 8 is a smaller share than 2 of 4, though more units
    assertWorst(layer(2, 8, 3, 8, 8.0), layer(1, 4, 2, 2, 1.0), layer(3, 4, 4, 4, 1.0));
  }

  @Test
  void thenTheSmallestShareOfUnitsThatDifferByAnyBit() {
    assertWorst(layer(2, 8, 4, 5, 8.0), layer(1, 4, 2, 3, 1.0), layer(3, 4, 2, 4, 1.0));
  }

  @Test
  void thenTheSmallestShareOfTheEffectiveRank() {
    // 2.5 of 8 is a smaller share than 2 of 4
    assertWorst(layer(2, 8, 8, 8, 2.5), layer(1, 4, 4, 4, 2.0), layer(3, 4, 4, 4, 4.0));
  }

  @Test
  void anUnknownRankIsNotHeldAgainstALayer() {
    assertWorst(layer(2, 4, 4, 4, 3.9), layer(1, 4, 4, 4, null));
    assertWorst(layer(1, 4, 4, 4, null), layer(2, 4, 4, 4, 4.5));
  }

  @Test
  void theFirstOfLayersThatAreEquallyBad() {
    assertWorst(layer(1, 4, 2, 3, 2.0), layer(2, 8, 4, 6, 4.0), layer(3, 4, 2, 3, 2.0));
  }

  @Test
  void unitsAreAlikeWhereTheyAreOneUnitRepeated() {
    assertThat(layer(1, 4, 1, 4, 1.0).unitsAreAlike()).isTrue();
    assertThat(layer(1, 2, 1, 1, 1.0).unitsAreAlike()).isTrue();
    assertThat(layer(1, 4, 2, 4, 1.0).unitsAreAlike()).isFalse();
    assertThat(layer(1, 1, 1, 1, 1.0).unitsAreAlike()).isFalse();
  }
}

package org.symbreak.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.symbreak.stack.DenseBlock;

/**
 * Networks side by side in one, as {@code train --members} makes it of several: what the file's
 * history says, and its weights bear out.
 *
 * @param members how many
 * @param units of each of them, a hidden layer each
 */
public record MemberBlocks(int members, List<Integer> units) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public MemberBlocks {
    units = List.copyOf(units);
  }

  /**
   * @param provenance the model's history, a JSON object
   * @param blocks its dense layers, the output last
   * @return empty where it is one network, where it has no hidden layer, and where weights lead
   *     from one member to another or sizes are others, as after mending
   */
  static Optional<MemberBlocks> of(String provenance, List<DenseBlock> blocks) {
    JsonNode spec;
    try {
      spec = JSON.readTree(provenance).path("spec");
    } catch (JsonProcessingException e) {
      return Optional.empty(); // a model is of use without its history
    }
    int members = spec.path("budget").path("members").asInt(1);
    List<Integer> units = new ArrayList<>();
    spec.path("network").path("hidden").forEach(layer -> units.add(layer.asInt()));
    boolean isSo =
        members > 1
            && !units.isEmpty()
            && units.size() == blocks.size() - 1
            && IntStream.range(0, units.size())
                .allMatch(layer -> blocks.get(layer).units() == members * units.get(layer))
            && IntStream.range(1, units.size())
                .allMatch(layer -> areApart(blocks.get(layer), members));
    return isSo ? Optional.of(new MemberBlocks(members, units)) : Optional.empty();
  }

  private static boolean areApart(DenseBlock block, int members) {
    int own = block.units() / members;
    int from = block.inputs() / members;
    for (int unit = 0; unit < block.units(); unit++) {
      for (int input = 0; input < block.inputs(); input++) {
        if (unit / own != input / from && block.weights()[unit][input] != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** For instance "5 networks side by side: units 1-16, 17-32, ... of hidden layer 1". */
  public String words() {
    return members
        + " networks side by side, whose log odds are averaged: "
        + IntStream.range(0, units.size())
            .mapToObj(
                layer -> "units " + ranges(units.get(layer)) + " of hidden layer " + (layer + 1))
            .collect(Collectors.joining("; "));
  }

  private String ranges(int each) {
    return IntStream.range(0, members)
        .mapToObj(
            member -> each == 1 ? "" + (member + 1) : member * each + 1 + "-" + (member + 1) * each)
        .collect(Collectors.joining(", "));
  }
}

package org.symbreak.inspect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.symbreak.stack.DenseBlock;
import org.symbreak.symmetry.LayerSymmetry;

/**
 * What the dense layers of a model are made of, and what is wrong with their hidden units: for any
 * zip that Deeplearning4j wrote, ours or not, and for files of ONNX, Keras, safetensors and NumPy.
 *
 * @param model the file
 * @param format {@code deeplearning4j zip}, {@code onnx, opset 13}
 * @param writtenBy {@code symbreak}, {@code deeplearning4j}, {@code pytorch 2.1.0}; empty where the
 *     file does not say it
 * @param precision data type of the parameters
 * @param parameters how many, those of other layers included
 * @param updater the optimizer, as Deeplearning4j prints it; null where the file does not say it
 * @param iteration steps taken, likewise
 * @param epoch epochs done, likewise
 * @param layers the dense layers, chain after chain, the output of a chain last
 * @param chains what belongs together
 * @param probe the rows that the first chain's units were measured on, in words
 * @param rows how many
 * @param hidden the hidden layers' units
 * @param findings what a user should know, alarms first
 * @param members the networks that it is made of; null where it is one
 * @param unread what of the file was not looked into, in words
 */
public record ModelInspection(
    String model,
    String format,
    String writtenBy,
    String precision,
    long parameters,
    String updater,
    Long iteration,
    Long epoch,
    List<LayerDescription> layers,
    List<ChainDescription> chains,
    String probe,
    int rows,
    List<LayerInspection> hidden,
    List<Finding> findings,
    @JsonInclude(JsonInclude.Include.NON_NULL) MemberBlocks members,
    List<String> unread) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public ModelInspection {
    layers = List.copyOf(layers);
    chains = List.copyOf(chains);
    unread = List.copyOf(unread);
    hidden = List.copyOf(hidden);
    findings = List.copyOf(findings);
  }

  /** The same for files that say what their hidden units compute. */
  public static ModelInspection of(
      Path file, ProbeSource source, double tolerance, Set<String> trusted) {
    return of(file, source, tolerance, trusted, Optional.empty());
  }

  /**
   * Reads a file through the guarded door of its format and inspects the dense layers in it.
   *
   * @param source the rows to measure units on
   * @param tolerance difference relative to a layer's largest weight up to which units count as the
   *     same
   * @param trusted classes that a configuration of Deeplearning4j may name besides the known ones
   * @param activation of hidden layers, for files that do not say it
   * @throws org.symbreak.problem.InputException where the file, or the file of rows, is refused
   */
  public static ModelInspection of(
      Path file,
      ProbeSource source,
      double tolerance,
      Set<String> trusted,
      Optional<String> activation) {
    ReadModel model = ReadModel.open(file, trusted, activation);
    List<LayerDescription> layers = new ArrayList<>();
    List<ChainDescription> chains = new ArrayList<>();
    List<LayerInspection> hidden = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (ReadChain chain : model.chains()) {
      NetworkProbe probe = chain.probe(source);
      int first = layers.size() + 1;
      for (int layer = 0; layer < chain.blocks().size(); layer++) {
        layers.add(describe(chain, layer, first + layer, chains.size() + 1));
      }
      chains.add(
          new ChainDescription(
              chains.size() + 1,
              chain.name(),
              first,
              layers.size(),
              probe.source(),
              probe.rows().length));
      List<LayerInspection> units = UnitInspection.of(chain, probe, first, tolerance);
      hidden.addAll(units);
      findings.addAll(Findings.of(chain.blocks(), units, probe.source(), model.isMendable()));
    }
    findings.sort(Comparator.comparing(finding -> !finding.alarm()));
    return new ModelInspection(
        file.toString(),
        model.format(),
        model.writtenBy(),
        model.precision(),
        model.parameters(),
        model.updater(),
        model.iteration(),
        model.epoch(),
        layers,
        chains,
        chains.get(0).probe(),
        chains.get(0).rows(),
        hidden,
        findings,
        model.members().orElse(null),
        model.unread());
  }

  /**
   * Whether a build should stop: identical units, a dead unit, or a layer that puts out nothing but
   * constants.
   */
  public boolean alarm() {
    return findings.stream().anyMatch(Finding::alarm);
  }

  /** What is to be said in the end, and what to do. */
  public String verdict() {
    if (hidden.isEmpty()) {
      return unread.isEmpty()
          ? "No hidden layer: nothing that could be symmetric."
          : "Nothing was looked at: no dense layer leads to another through what is read.";
    }
    if (!alarm()) {
      return "No alarm: "
          + hidden.stream()
              .map(LayerInspection::symmetry)
              .map(ModelInspection::distinct)
              .collect(Collectors.joining("; "))
          + ".";
    }
    return findings.stream()
        .filter(Finding::alarm)
        .map(Finding::text)
        .collect(Collectors.joining(" "));
  }

  private static String distinct(LayerSymmetry layer) {
    return String.format(
        Locale.ROOT,
        "%d of %d units of hidden layer %d distinct, effective rank %.1f",
        layer.distinctUnitsWithinTolerance(),
        layer.hiddenUnits(),
        layer.layer(),
        layer.effectiveRank());
  }

  /**
   * One JSON object: the fields, {@code symmetry} with the worst layer's fields and {@code layers},
   * {@code alarm} and {@code verdict}.
   */
  public String toJson() {
    ObjectNode json = JSON.valueToTree(this);
    List<LayerSymmetry> symmetries = hidden.stream().map(LayerInspection::symmetry).toList();
    LayerSymmetry.worst(symmetries)
        .ifPresentOrElse(
            worst ->
                json.set(
                    "symmetry",
                    ((ObjectNode) JSON.valueToTree(worst))
                        .set("layers", JSON.valueToTree(symmetries))),
            () -> json.putNull("symmetry"));
    return json.put("alarm", alarm()).put("verdict", verdict()).toPrettyString();
  }

  private static LayerDescription describe(ReadChain chain, int layer, int number, int ofChain) {
    DenseBlock block = chain.blocks().get(layer);
    return new LayerDescription(
        number,
        block.name(),
        ofChain,
        block.inputs(),
        block.units(),
        block.function().name(),
        chain.initialization(layer),
        block.parameters());
  }
}

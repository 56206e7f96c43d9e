package org.symbreak.formats;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.symbreak.guard.EntryPlace;
import org.symbreak.guard.PlainZip;
import org.symbreak.problem.InputException;
import org.symbreak.stack.Chain;
import org.symbreak.stack.NumberType;

/** Dense layers in a zip of arrays, as NumPy's savez writes it. */
final class NpzFile implements DenseFile {
  private final EntryPlace place;
  private final Optional<String> activation;
  private final Map<String, NpyArray> arrays = new LinkedHashMap<>();
  private final TensorLayers layers;

  /**
   * @param entries of the zip
   * @param activation of the hidden layers, where the user says it
   * @throws InputException where it is refused
   */
  NpzFile(EntryPlace place, Map<String, byte[]> entries, Optional<String> activation) {
    this.place = place;
    this.activation = activation;
    Budget budget = new Budget();
    List<NamedTensor> tensors = new ArrayList<>();
    Map<String, String> texts = new LinkedHashMap<>();
    entries.forEach(
        (entry, bytes) -> {
          String name = entry.replaceFirst("\\.npy$", "");
          NpyArray array = NpyArray.read(place.property(entry), name, bytes, budget);
          arrays.put(entry, array);
          array.tensor().ifPresent(tensors::add);
          array.text().ifPresent(text -> texts.put(name, text));
        });
    Optional<String> said = Optional.ofNullable(texts.get("activation"));
    layers =
        TensorLayers.of(
            place,
            tensors,
            said.isPresent() ? said : activation,
            texts.getOrDefault("out_activation", texts.getOrDefault("out_activation_", "")));
  }

  @Override
  public String format() {
    return "npz";
  }

  @Override
  public String writtenBy() {
    return "numpy";
  }

  @Override
  public NumberType numbers() {
    return layers.numbers();
  }

  @Override
  public long parameters() {
    return arrays.values().stream()
        .mapToLong(array -> array.tensor().map(tensor -> tensor.values().length).orElse(0))
        .sum();
  }

  @Override
  public List<Chain> chains() {
    return layers.chains();
  }

  @Override
  public Written with(List<Change> changes) {
    Map<String, NamedTensor> changed = layers.with(changes.get(0));
    Map<String, byte[]> entries = new LinkedHashMap<>();
    arrays.forEach(
        (entry, array) ->
            entries.put(
                entry,
                array
                    .tensor()
                    .map(tensor -> NpyArray.write(changed.getOrDefault(tensor.name(), tensor)))
                    .orElse(array.bytes())));
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      PlainZip.write(out, entries);
      return new Written(out.toByteArray(), new NpzFile(place, entries, activation));
    } catch (IOException e) {
      throw new UncheckedIOException("nothing can fail in memory", e);
    }
  }
}

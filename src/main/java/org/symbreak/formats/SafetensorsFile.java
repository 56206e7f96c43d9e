package org.symbreak.formats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.symbreak.guard.EntryPlace;
import org.symbreak.guard.StrictJson;
import org.symbreak.problem.InputException;
import org.symbreak.stack.Chain;
import org.symbreak.stack.NumberType;

/**
 * A safetensors file of dense layers: eight bytes of length, little-endian, that much JSON, then
 * the numbers, back to back. Format: huggingface.co/docs/safetensors. Tensors that overlap, holes
 * between them and a name twice are refused.
 */
final class SafetensorsFile implements DenseFile {
  private static final int LENGTH = 8;
  private static final String METADATA = "__metadata__";

  /** What a header may have at the most: 100 MB, as the library that writes them has it. */
  private static final int LONGEST_HEADER = 100_000_000;

  private final EntryPlace place;
  private final Optional<String> activation;
  private final JsonNode metadata;
  private final List<NamedTensor> tensors = new ArrayList<>();
  private final TensorLayers layers;

  /** Where a tensor's bytes lie, from the end of the header on. */
  private record Span(
      EntryPlace place, String name, NumberType numbers, int[] sizes, long from, long to) {}

  /**
   * @param activation of the hidden layers, where the user says it
   * @throws InputException where it is refused
   */
  SafetensorsFile(EntryPlace place, byte[] bytes, Optional<String> activation) {
    this.place = place;
    this.activation = activation;
    ByteBuffer content = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long length = bytes.length < LENGTH ? -1 : content.getLong();
    if (length < 2 || length > Math.min(LONGEST_HEADER, bytes.length - LENGTH)) {
      throw place.refusal("the length of a header in this file", String.valueOf(length));
    }
    JsonNode header =
        StrictJson.parse(
            place.property("header"), text(place, content.slice(LENGTH, (int) length)));
    if (!header.isObject()) {
      throw place.refusal("a JSON object as header", "something else");
    }
    metadata = header.path(METADATA);
    int begin = LENGTH + (int) length;
    Budget budget = new Budget();
    for (Span span : spans(place, header, bytes.length - begin)) {
      ByteBuffer numbers =
          content
              .slice(begin + (int) span.from(), (int) (span.to() - span.from()))
              .order(ByteOrder.LITTLE_ENDIAN);
      tensors.add(
          NamedTensor.read(
              span.place(), span.name(), span.numbers(), span.sizes(), numbers, budget));
    }
    Optional<String> said =
        metadata.path("activation").isTextual()
            ? Optional.of(metadata.path("activation").asText())
            : activation;
    layers = TensorLayers.of(place, tensors, said, metadata.path("output_activation").asText(""));
  }

  private static String text(EntryPlace place, ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw place.refusal("a header in UTF-8", "other bytes");
    }
  }

  /** In the order in which they lie in the file. */
  private static List<Span> spans(EntryPlace place, JsonNode header, long bytes) {
    List<Span> spans = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (!entry.getKey().equals(METADATA)) {
        spans.add(span(place.property(entry.getKey()), entry.getKey(), entry.getValue()));
      }
    }
    spans.sort(Comparator.comparingLong(Span::from).thenComparingLong(Span::to));
    long at = 0;
    for (Span span : spans) {
      if (span.from() != at) {
        throw span.place()
            .refusal("numbers from byte " + at + " on, back to back", "from " + span.from());
      }
      at = span.to();
      if (at > bytes) {
        throw span.place().refusal("numbers within the file's " + bytes + " bytes", "to " + at);
      }
      NamedTensor.requireBytes(
          span.place(), span.sizes(), span.numbers().bytes(), span.to() - span.from());
    }
    if (at != bytes) {
      throw place.refusal("no bytes behind the last tensor's", (bytes - at) + " bytes");
    }
    return spans;
  }

  private static Span span(EntryPlace place, String name, JsonNode tensor) {
    NumberType numbers =
        switch (tensor.path("dtype").asText()) {
          case "F64" -> NumberType.DOUBLE;
          case "F32" -> NumberType.FLOAT;
          case "F16" -> NumberType.HALF;
          case "BF16" -> NumberType.BFLOAT16;
          default ->
              throw place.refusal(
                  "F64, F32, F16 or BF16, as dense layers have; an ONNX file may hold other layers,"
                      + " too",
                  EntryPlace.printable(tensor.path("dtype").toString()));
        };
    JsonNode shape = tensor.path("shape");
    JsonNode offsets = tensor.path("data_offsets");
    if (!shape.isArray() || shape.size() > 8 || !offsets.isArray() || offsets.size() != 2) {
      throw place.refusal("a shape and two data_offsets", "others");
    }
    int[] sizes = new int[shape.size()];
    for (int i = 0; i < sizes.length; i++) {
      if (!shape.get(i).isInt() || shape.get(i).intValue() < 0) {
        throw place.refusal("sizes from 0", EntryPlace.printable(shape.get(i).toString()));
      }
      sizes[i] = shape.get(i).intValue();
    }
    long from = offset(place, offsets.get(0));
    long to = offset(place, offsets.get(1));
    if (to < from) {
      throw place.refusal("an end behind the beginning", from + " to " + to);
    }
    return new Span(place, name, numbers, sizes, from, to);
  }

  private static long offset(EntryPlace place, JsonNode offset) {
    if (!offset.isIntegralNumber() || !offset.canConvertToLong() || offset.longValue() < 0) {
      throw place.refusal("an offset from 0", EntryPlace.printable(offset.toString()));
    }
    return offset.longValue();
  }

  @Override
  public String format() {
    return "safetensors";
  }

  @Override
  public String writtenBy() {
    return "";
  }

  @Override
  public NumberType numbers() {
    return layers.numbers();
  }

  @Override
  public long parameters() {
    return tensors.stream().mapToLong(tensor -> tensor.values().length).sum();
  }

  @Override
  public List<Chain> chains() {
    return layers.chains();
  }

  @Override
  public Written with(List<Change> changes) {
    Map<String, NamedTensor> changed = layers.with(changes.get(0));
    List<NamedTensor> all =
        tensors.stream().map(tensor -> changed.getOrDefault(tensor.name(), tensor)).toList();
    ObjectNode header = new ObjectMapper().createObjectNode();
    if (!metadata.isMissingNode()) {
      header.set(METADATA, metadata);
    }
    int at = 0;
    for (NamedTensor tensor : all) {
      int to = at + tensor.values().length * tensor.numbers().bytes();
      ObjectNode entry = header.putObject(tensor.name());
      entry.put("dtype", dtype(tensor.numbers()));
      ArrayNode shape = entry.putArray("shape");
      for (int size : tensor.sizes()) {
        shape.add(size);
      }
      entry.putArray("data_offsets").add(at).add(to);
      at = to;
    }
    String text = header.toString();
    byte[] utf8 = (text + " ".repeat(padding(text))).getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(LENGTH + utf8.length + at).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(utf8.length).put(utf8);
    all.forEach(tensor -> tensor.put(bytes));
    return new Written(bytes.array(), new SafetensorsFile(place, bytes.array(), activation));
  }

  /** Blanks behind the header, so that numbers begin at a multiple of eight. */
  private static int padding(String header) {
    return Math.floorMod(-header.getBytes(StandardCharsets.UTF_8).length, 8);
  }

  private static String dtype(NumberType numbers) {
    return switch (numbers) {
      case DOUBLE -> "F64";
      case FLOAT -> "F32";
      case HALF -> "F16";
      case BFLOAT16 -> "BF16";
    };
  }
}

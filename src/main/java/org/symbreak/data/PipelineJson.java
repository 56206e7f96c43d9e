package org.symbreak.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.symbreak.problem.InputException;
import org.symbreak.problem.JsonFault;
import org.symbreak.problem.Problem;

/**
 * A fitted pipeline as plain JSON, and back with every field checked: the text may have been
 * written by anybody.
 */
final class PipelineJson {
  private static final String FORMAT = "symbreak-pipeline";

  /** Of pipelines that need nothing that version 2 brought, so that older readers have them too. */
  private static final int FIRST_VERSION = 1;

  /** With notations, cycles, complete columns and categories in any case. */
  private static final int VERSION = 2;

  private static final int FEATURE_LIMIT = 1 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(8)
                          .maxNumberLength(64)
                          .maxStringLength(Utf8Text.LINE_LIMIT)
                          .maxNameLength(64)
                          .maxDocumentLength(1L << 28)
                          .build())
                  .build())
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private PipelineJson() {}

  static String write(FittedPipeline pipeline) {
    ObjectNode root = MAPPER.createObjectNode().put("format", FORMAT);
    boolean first = pipeline.columns().stream().allMatch(PipelineJson::isOfFirstVersion);
    root.put("version", first ? FIRST_VERSION : VERSION);
    CsvFormat format = pipeline.format();
    ObjectNode csv = root.putObject("csv");
    csv.put("separator", String.valueOf(format.separator()))
        .put("quote", String.valueOf(format.quote()))
        .put("header", format.header());
    format.missing().forEach(csv.putArray("missing")::add);
    if (format.decimal() != CsvFormat.DEFAULT.decimal()) {
      csv.put("decimal", String.valueOf(format.decimal()));
    }
    if (format.comment() != CsvFormat.NO_COMMENT) {
      csv.put("comment", String.valueOf(format.comment()));
    }
    if (!format.encoding().equals(CsvFormat.DEFAULT.encoding())) {
      csv.put("encoding", format.encoding());
    }
    root.putObject("label")
        .put("column", pipeline.label())
        .put("negative", pipeline.negative())
        .put("positive", pipeline.positive());
    pipeline.fileColumns().forEach(root.putArray("fileColumns")::add);
    ArrayNode columns = root.putArray("columns");
    for (FittedColumn column : pipeline.columns()) {
      if (column instanceof FittedNumber number) {
        write(number, columns.addObject());
      } else if (column instanceof FittedCategory category) {
        write(category, columns.addObject());
      }
    }
    try {
      return MAPPER.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "a tree of texts and finite numbers can always be written", e);
    }
  }

  private static void write(FittedNumber number, ObjectNode node) {
    node.put("name", number.name()).put("kind", "number");
    node.put("median", number.median()).put("mean", number.mean()).put("scale", number.scale());
    node.put("min", number.min()).put("max", number.max()).put("indicator", number.indicator());
    if (number.complete()) {
      node.put("complete", true);
    }
    if (number.notation() instanceof Clothes clothes) {
      ObjectNode worn = node.putObject("clothes");
      worn.put("before", clothes.before()).put("behind", clothes.behind());
      worn.put("decimal", String.valueOf(clothes.decimal()));
      worn.put("group", clothes.group() == Clothes.NO_GROUP ? "" : String.valueOf(clothes.group()));
    } else if (number.notation() instanceof DateForm form) {
      node.put("date", lower(form));
      ArrayNode cycles = node.putArray("cycles");
      number.cycles().forEach(cycle -> cycles.add(lower(cycle)));
    }
  }

  private static void write(FittedCategory category, ObjectNode node) {
    node.put("name", category.name()).put("kind", "category");
    category.values().forEach(node.putArray("values")::add);
    if (!category.counts().isEmpty()) {
      category.counts().forEach(node.putArray("counts")::add);
    }
    node.put("missing", category.missing()).put("othersSeen", category.othersSeen());
    if (category.caseless()) {
      node.put("caseless", true);
    }
  }

  private static boolean isOfFirstVersion(FittedColumn column) {
    return column instanceof FittedNumber number
        ? number.notation() == null && !number.complete()
        : column instanceof FittedCategory category && !category.caseless();
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static FittedPipeline read(String json) {
    Field root = new Field("the fitted pipeline", parse(json));
    root.get("format").require(FORMAT.equals(root.get("format").text()), "'" + FORMAT + "'");
    root.get("version")
        .require(
            root.get("version").isWhole(FIRST_VERSION) || root.get("version").isWhole(VERSION),
            "version " + FIRST_VERSION + " or " + VERSION);
    CsvFormat format = format(root.get("csv"));
    List<String> fileColumns = root.get("fileColumns").texts(CsvRows.CELL_LIMIT);
    Field label = root.get("label");
    String labelColumn = label.get("column").text();
    label.get("column").require(fileColumns.contains(labelColumn), "one of fileColumns");
    String negative = label.get("negative").text();
    String positive = label.get("positive").text();
    label
        .get("positive")
        .require(!positive.equals(negative), "another value than the negative one");
    List<FittedColumn> columns = new ArrayList<>();
    Set<String> unused = new HashSet<>(fileColumns);
    unused.remove(labelColumn);
    int features = 0;
    for (Field field : root.get("columns").elements(CsvRows.CELL_LIMIT)) {
      FittedColumn column = column(field);
      field
          .get("name")
          .require(unused.remove(column.name()), "one of fileColumns, each once and not the label");
      features += column.size();
      field.require(features <= FEATURE_LIMIT, "at most " + FEATURE_LIMIT + " features in all");
      columns.add(column);
    }
    root.get("columns").require(!columns.isEmpty(), "at least one column");
    return new FittedPipeline(format, fileColumns, labelColumn, negative, positive, columns);
  }

  private static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new InputException(
          List.of(new Problem("the fitted pipeline", "JSON", JsonFault.words(e))), e);
    }
  }

  private static CsvFormat format(Field csv) {
    String separator = csv.get("separator").text();
    String quote = csv.get("quote").text();
    boolean header = csv.get("header").truth();
    List<String> missing = csv.get("missing").texts(1000);
    Field decimal = csv.get("decimal");
    decimal.require(
        decimal.node == null || decimal.text().length() == 1, "one character, or no such field");
    Field comment = csv.get("comment");
    comment.require(
        comment.node == null || comment.text().length() == 1, "one character, or no such field");
    Field encoding = csv.get("encoding");
    csv.require(
        separator.length() == 1 && quote.length() == 1,
        "one character as separator and one as quote");
    try {
      return new CsvFormat(
          separator.charAt(0),
          quote.charAt(0),
          header,
          missing,
          decimal.node == null ? CsvFormat.DEFAULT.decimal() : decimal.text().charAt(0),
          comment.node == null ? CsvFormat.NO_COMMENT : comment.text().charAt(0),
          encoding.node == null ? CsvFormat.DEFAULT.encoding() : encoding.text());
    } catch (IllegalArgumentException e) {
      throw csv.fault(e.getMessage());
    }
  }

  private static FittedColumn column(Field field) {
    String name = field.get("name").text();
    String kind = field.get("kind").text();
    try {
      switch (kind) {
        case "number":
          return new FittedNumber(
              name,
              notation(field),
              field.get("median").number(),
              field.get("mean").number(),
              field.get("scale").number(),
              field.get("min").number(),
              field.get("max").number(),
              field.get("indicator").truth(),
              field.get("complete").isThere() && field.get("complete").truth(),
              cycles(field));
        case "category":
          return new FittedCategory(
              name,
              field.get("values").texts(FittedCategory.VALUE_LIMIT),
              counts(field),
              field.get("missing").truth(),
              field.get("othersSeen").truth(),
              field.get("caseless").isThere() && field.get("caseless").truth());
        default:
          throw field.get("kind").fault("number or category");
      }
    } catch (IllegalArgumentException e) {
      throw field.fault(e.getMessage());
    }
  }

  /** Null for plain numbers. */
  private static Notation notation(Field column) {
    Field clothes = column.get("clothes");
    Field date = column.get("date");
    date.require(!clothes.isThere() || !date.isThere(), "no date beside clothes");
    if (clothes.isThere()) {
      String decimal = clothes.get("decimal").text();
      String group = clothes.get("group").text();
      clothes.require(
          decimal.length() == 1 && group.length() <= 1, "one character as mark, or none as group");
      return new Clothes(
          clothes.get("before").text(),
          clothes.get("behind").text(),
          decimal.charAt(0),
          group.isEmpty() ? Clothes.NO_GROUP : group.charAt(0));
    }
    return date.isThere() ? date.choice(DateForm.values()) : null;
  }

  /** None where an earlier version wrote it. */
  private static List<Integer> counts(Field column) {
    Field counts = column.get("counts");
    return counts.isThere()
        ? counts.elements(FittedCategory.VALUE_LIMIT).stream().map(Field::count).toList()
        : List.of();
  }

  private static List<Cycle> cycles(Field column) {
    Field cycles = column.get("cycles");
    return cycles.isThere()
        ? cycles.elements(Cycle.values().length).stream()
            .map(element -> element.choice(Cycle.values()))
            .toList()
        : List.of();
  }

  /**
   * A value somewhere in the text.
   *
   * @param place where, such as {@code the fitted pipeline, columns[3].mean}
   * @param node null where it is absent
   */
  private record Field(String place, JsonNode node) {
    Field get(String name) {
      require(node != null && node.isObject(), "an object");
      return new Field(place + (place.contains(",") ? "." : ", ") + name, node.get(name));
    }

    List<Field> elements(int limit) {
      require(
          node != null && node.isArray() && node.size() <= limit,
          "an array of at most " + limit + " elements");
      List<Field> elements = new ArrayList<>();
      for (int i = 0; i < node.size(); i++) {
        elements.add(new Field(place + "[" + i + "]", node.get(i)));
      }
      return elements;
    }

    List<String> texts(int limit) {
      List<String> texts = new ArrayList<>();
      Set<String> different = new HashSet<>();
      for (Field element : elements(limit)) {
        texts.add(element.text());
        element.require(different.add(element.text()), "a text that the array holds once");
      }
      return texts;
    }

    String text() {
      require(node != null && node.isTextual(), "a text");
      return node.textValue();
    }

    boolean truth() {
      require(node != null && node.isBoolean(), "true or false");
      return node.booleanValue();
    }

    double number() {
      require(
          node != null && node.isNumber() && Double.isFinite(node.doubleValue()),
          "a finite number");
      return node.doubleValue();
    }

    int count() {
      require(
          node != null && node.isInt() && node.intValue() > 0,
          "a whole number from 1 to " + Integer.MAX_VALUE);
      return node.intValue();
    }

    boolean isThere() {
      return node != null;
    }

    boolean isWhole(int value) {
      return MAPPER.getNodeFactory().numberNode(value).equals(node);
    }

    <E extends Enum<E>> E choice(E[] choices) {
      for (E choice : choices) {
        if (lower(choice).equals(text())) {
          return choice;
        }
      }
      List<String> names = Stream.of(choices).map(PipelineJson::lower).toList();
      throw fault("one of " + String.join(", ", names));
    }

    void require(boolean holds, String expected) {
      if (!holds) {
        throw fault(expected);
      }
    }

    InputException fault(String expected) {
      return InputException.of(
          place, expected, node == null ? "nothing" : Place.quoted(node.toString()));
    }
  }
}

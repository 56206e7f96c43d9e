package org.symbreak.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.symbreak.film.History;
import org.symbreak.model.Evaluation;
import org.symbreak.model.Importance;
import org.symbreak.statistics.ShareInterval;
import org.symbreak.symmetry.LayerProbe;
import org.symbreak.watch.HiddenUnitProbe;

/**
 * Reads every number that a page shows, opened details included, and finds it in what the page is
 * drawn from: to as many digits as it is written with, as it is or in per cent. Scales of drawings
 * are left out, which are no figures of anything.
 */
public final class PageNumbers {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SOURCES = Path.of("src/main/java/org/symbreak/report");
  private static final Path SCRIPTS = Path.of("src/main/resources/org/symbreak/report");
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}_.,:/-])[−-]?[0-9][0-9,]*(?:\\.[0-9]+)?(?: ×"
              + " 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|[eE][-+]?[0-9]+)?(?![\\p{L}_]|\\.[0-9])");
  private static final Pattern LITERAL =
      Pattern.compile(
          "\"([^\"\\\\\n"
              + "]*+(?:\\\\.[^\"\\\\\n"
              + "]*+)*+)\"|'([^'\\\\\n"
              + "]*+(?:\\\\.[^'\\\\\n"
              + "]*+)*+)'|`([^`\\\\]*+(?:\\\\.[^`\\\\]*+)*+)`");

  private final TreeSet<Double> values = new TreeSet<>();
  private final Set<String> words = new HashSet<>();

  public PageNumbers() throws IOException {
    for (double known :
        List.of(
            LayerProbe.TOLERANCE,
            Evaluation.CLIP,
            Importance.TOGETHER,
            (double) Importance.PERMUTATIONS,
            (double) HiddenUnitProbe.MOST_ROWS)) {
      values.add(known);
    }
    for (Path folder : List.of(SOURCES, SCRIPTS)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(PageNumbers::isCode).toList()) {
          prose(Files.readString(file));
        }
      }
    }
  }

  private static boolean isCode(Path file) {
    return file.toString().endsWith(".java") || file.toString().endsWith(".js");
  }

  /** Numbers that stand in sentences of the program. */
  private void prose(String code) {
    Matcher literal = LITERAL.matcher(code);
    while (literal.find()) {
      String text = Stream.of(1, 2, 3).map(literal::group).filter(g -> g != null).findFirst().get();
      if (text.contains(" ") && text.matches("(?s).*\\p{L}{3}.*")) {
        Matcher number = NUMBER.matcher(text.replaceAll("\\$\\{[^}]*}|%[.0-9]*[a-z]", "…"));
        while (number.find()) {
          words.add(number.group());
        }
      }
    }
  }

  /** All that a run left. */
  public PageNumbers run(Path directory) throws IOException {
    json(directory.resolve("run.json"));
    csv(directory.resolve("metrics.csv"));
    History history = History.read(directory.resolve("history"));
    add(JSON.valueToTree(history));
    for (History.Predictions held :
        Stream.of(history.validation(), history.test()).filter(p -> p != null).toList()) {
      ByteBuffer floats = ByteBuffer.wrap(held.probabilities()).order(ByteOrder.LITTLE_ENDIAN);
      while (floats.hasRemaining()) {
        values.add((double) floats.getFloat());
      }
      values.add((double) held.labels().length);
    }
    values.add((double) history.points().labels().length);
    history.layers().forEach(layer -> values.add((double) layer.shown().size()));
    values.add((double) history.inputs().size());
    long kept =
        JSON.readTree(directory.resolve("run.json").toFile()).at("/result/bestIteration").asLong();
    largestWeights(history, kept);
    return this;
  }

  /**
   * At which a map's colours are full: of the weights that are kept; of the film where all are 0.
   */
  private void largestWeights(History history, long kept) {
    for (int layer = 0; layer < history.layers().size(); layer++) {
      int of = layer;
      List<History.Frame> frames = history.frames();
      double largest =
          frames.stream()
              .filter(frame -> frame.iteration() <= kept)
              .reduce((one, later) -> later)
              .map(frame -> largestWeight(history, frame, of))
              .orElse(0.0);
      values.add(
          largest > 0
              ? largest
              : frames.stream()
                  .mapToDouble(frame -> largestWeight(history, frame, of))
                  .max()
                  .orElse(0));
    }
  }

  private static double largestWeight(History history, History.Frame frame, int layer) {
    int length = history.sizes().get(layer) + 1;
    ByteBuffer weights =
        ByteBuffer.wrap(frame.layers().get(layer).weights()).order(ByteOrder.LITTLE_ENDIAN);
    double largest = 0;
    for (int i = 0; weights.hasRemaining(); i++) {
      float weight = weights.getFloat();
      largest = i % length < length - 1 ? Math.max(largest, Math.abs(weight)) : largest;
    }
    return largest;
  }

  /** All numbers of a JSON file, and those in its texts. */
  public PageNumbers json(Path file) throws IOException {
    add(JSON.readTree(file.toFile()));
    return this;
  }

  /** All numbers of a JSON document, and those in its texts. */
  public PageNumbers json(String document) throws IOException {
    add(JSON.readTree(document));
    return this;
  }

  /** All cells. */
  public PageNumbers csv(Path file) throws IOException {
    for (String line : Files.readAllLines(file)) {
      for (String cell : line.split(",")) {
        text(cell);
      }
    }
    return this;
  }

  /** A number that follows from the files in a way that the test computes by itself. */
  public PageNumbers also(double value) {
    values.add(value);
    return this;
  }

  private void add(JsonNode node) {
    if (node.isNumber()) {
      values.add(node.asDouble());
    } else if (node.isTextual()) {
      text(node.asText());
    }
    if (node.has("confusion") && node.has("accuracy")) {
      intervals(node);
    }
    node.forEach(this::add);
  }

  /** Of the share of rows called right, and of a bin's rows that are positive. */
  private void intervals(JsonNode evaluation) {
    int rows = evaluation.get("rows").asInt();
    interval((int) Math.round(evaluation.get("accuracy").asDouble() * rows), rows);
    for (JsonNode bin : evaluation.get("calibration")) {
      int of = bin.get("rows").asInt();
      interval((int) Math.round(bin.get("positiveShare").asDouble() * of), of);
    }
  }

  private void interval(int happened, int trials) {
    ShareInterval interval = ShareInterval.of(happened, trials, 0.95);
    values.add(interval.low());
    values.add(interval.high());
  }

  private void text(String text) {
    Matcher number = NUMBER.matcher(text);
    while (number.find()) {
      words.add(number.group());
      values.add(value(number.group()));
    }
    for (String part : text.split("[^0-9.]+")) {
      words.add(part);
      if (part.matches("[0-9]+(\\.[0-9]+)?")) {
        values.add(Double.valueOf(part));
      }
    }
  }

  /** Those numbers of a page that are nowhere to be found, each with what stands around it. */
  @SuppressWarnings("unchecked")
  public List<String> strangers(Page page) {
    List<String> texts =
        (List<String>)
            page.evaluate(
                """
                () => {
                  document.querySelectorAll('details').forEach((d) => { d.open = true; });
                  const out = [];
                  const walk = (node) => {
                    if (node.nodeType === 3) { if (node.textContent.trim()) out.push(node.textContent); return; }
                    if (node.nodeType !== 1 || ['SCRIPT', 'STYLE'].includes(node.tagName)) return;
                    if (node.getAttribute('aria-hidden') === 'true' || node.hidden) return;
                    ['aria-label', 'aria-valuetext', 'title'].forEach((name) => { if (node.hasAttribute(name)) out.push(node.getAttribute(name)); });
                    node.childNodes.forEach(walk);
                  };
                  walk(document.querySelector('main'));
                  return out;
                }\
                """);
    List<String> strangers = new ArrayList<>();
    for (String text : texts) {
      Matcher number = NUMBER.matcher(text);
      while (number.find()) {
        if (!isKnown(number.group())) {
          strangers.add(number.group() + " in: " + text.strip());
        }
      }
    }
    return strangers;
  }

  private boolean isKnown(String number) {
    if (words.contains(number) || words.contains(number.replace(",", ""))) {
      return true;
    }
    double value = value(number);
    double half = 0.5000001 * lastPlace(number);
    return isThere(value, half) || isThere(value / 100, half / 100);
  }

  private boolean isThere(double value, double within) {
    Double next = values.ceiling(value - within);
    return next != null && next <= value + within;
  }

  private static double value(String number) {
    return Double.parseDouble(plain(number));
  }

  private static String plain(String number) {
    String plain = number.replace(",", "").replace("−", "-");
    int power = plain.indexOf(" × 10");
    if (power < 0) {
      return plain;
    }
    StringBuilder exponent = new StringBuilder();
    plain
        .substring(power + 5)
        .chars()
        .forEach(c -> exponent.append(c == '⁻' ? "-" : "" + SUPERSCRIPTS.indexOf(c)));
    return plain.substring(0, power) + "e" + exponent;
  }

  /** What a one in the last digit is worth. */
  private static double lastPlace(String number) {
    String[] parts = plain(number).toLowerCase().split("e");
    int point = parts[0].indexOf('.');
    int decimals = point < 0 ? 0 : parts[0].length() - point - 1;
    int exponent = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
    return Math.pow(10, exponent - decimals);
  }
}

package org.symbreak.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;

/** What a search advises, and what that is worth, from the advice.json beside its ledger. */
final class AdviceSection {
  private static final String FILE = "advice.json";

  private final JsonNode advice;

  private AdviceSection(JsonNode advice) {
    this.advice = advice;
  }

  /** Null where there is none. */
  static AdviceSection read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    return Files.exists(file)
        ? new AdviceSection(new ObjectMapper().readTree(file.toFile()))
        : null;
  }

  /** The answer in a line. */
  String title() {
    String recommended = advice.path("recommended").asText();
    int members = advice.path("members").asInt(1);
    return advice.path("usual").asBoolean()
        ? "keep the usual network"
            + (members > 1 ? ", " + members + " of them made one, " + worth() : alone())
        : "train with " + recommended + ", " + worth();
  }

  private String alone() {
    return isWorse() ? " alone: what the searches chose did worse beyond chance" : "";
  }

  private boolean isWorse() {
    Double high = number("/gain/high");
    return high != null && high < 0;
  }

  private String worth() {
    Double low = number("/gain/low");
    if (low == null) {
      return "what is gained cannot be told";
    }
    return low > 0
        ? "better than " + usual() + " beyond chance"
        : isWorse()
            ? "though that did worse than " + usual() + " beyond chance"
            : "though its gain may be chance";
  }

  /** What a gain is told over. */
  private String usual() {
    return advice.path("usual").asBoolean() ? "one alone" : "the usual network";
  }

  void write(Html html) {
    html.raw("<section>").command(advice.path("command").asText());
    List<List<String>> tiles = new ArrayList<>();
    tiles.add(
        List.of(
            (isWorse() ? "Gain of what was chosen over " : "Gain over ") + usual(),
            Figures.of(number("/gain/mean")),
            "log loss, 95 %: " + range("/gain")));
    tiles.add(
        List.of("Expected log loss", Figures.of(number("/loss/mean")), "95 %: " + range("/loss")));
    tiles.add(
        List.of(
            advice.path("usual").asBoolean() ? "Of one alone" : "The usual network’s",
            Figures.of(number("/usualLoss/mean")),
            "on the same rows, 95 %: " + range("/usualLoss")));
    if (number("/newRows/low") != null) {
      tiles.add(
          List.of(
              "A file of " + advice.at("/newRows/newRows").asText() + " new rows",
              Figures.of(Math.max(0, number("/newRows/low")))
                  + " to "
                  + Figures.of(number("/newRows/high")),
              "log loss, 95 of 100 such files"));
    }
    html.tiles(tiles)
        .raw("</section><section><h2>How it was found</h2><div class=\"grid2\">")
        .raw(search())
        .raw(folds())
        .raw("</div><ul>");
    advice
        .path("sentences")
        .forEach(each -> html.raw("<li>" + Html.sentence(each.asText()) + "</li>"));
    html.raw("</ul></section>");
  }

  /** The settings that saw all folds, on one scale. */
  private String search() {
    String recommended = advice.path("recommended").asText();
    List<Plot.Line> lines =
        stream(advice.path("candidates"))
            .map(
                candidate -> {
                  String name = candidate.path("name").asText();
                  return new Plot.Line(
                      name,
                      name.equals(recommended) ? "recommended" : "",
                      values(candidate.path("losses")),
                      value(candidate.path("loss")),
                      null,
                      null,
                      Figures.of(value(candidate.path("loss"))),
                      name.equals(recommended));
                })
            .toList();
    return new Plot(
            "The search on all rows: log loss of each setting",
            "Large dot: the mean over the folds, small dots: each fold. "
                + lines.size()
                + " of "
                + advice.path("settings").asText()
                + " settings, those that were among the better half after half of the folds, or are"
                + " plain. The lowest of many means is somewhat too low: what following the advice"
                + " is worth is told by the rows that no choice saw.",
            true,
            "none",
            List.of(),
            lines)
        .html();
  }

  /** What was chosen without a fold beside the usual network. */
  private String folds() {
    List<Plot.Line> lines = new ArrayList<>();
    int fold = 0;
    for (JsonNode judged : advice.path("folds")) {
      Double loss = value(judged.path("loss"));
      Double usual = value(judged.path("usualLoss"));
      lines.add(
          new Plot.Line(
              "without part " + ++fold,
              judged.path("name").asText(),
              new double[] {usual == null ? Double.POSITIVE_INFINITY : usual},
              loss == null ? Double.POSITIVE_INFINITY : loss,
              null,
              null,
              Figures.of(loss) + " against " + Figures.of(usual),
              false));
    }
    if (lines.isEmpty()) {
      return "";
    }
    return new Plot(
            "What the search chose without a part, judged on that part",
            "Large dot: the log loss of what was chosen; small dot: of the usual network.",
            false,
            "none",
            List.of(),
            lines)
        .html();
  }

  private String range(String path) {
    Double low = number(path + "/low");
    Double high = number(path + "/high");
    return low == null || high == null
        ? "cannot be told"
        : Figures.of(low) + " to " + Figures.of(high);
  }

  private Double number(String path) {
    return value(advice.at(path));
  }

  private static Double value(JsonNode node) {
    return node.isNumber() ? (Double) node.asDouble() : null;
  }

  private static double[] values(JsonNode list) {
    return stream(list)
        .flatMapToDouble(
            node -> DoubleStream.of(node.isNumber() ? node.asDouble() : Double.POSITIVE_INFINITY))
        .toArray();
  }

  private static java.util.stream.Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}

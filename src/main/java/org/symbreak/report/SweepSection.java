package org.symbreak.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.symbreak.experiment.Column;
import org.symbreak.experiment.Comparison;
import org.symbreak.experiment.LedgerRow;
import org.symbreak.experiment.SweepTable;
import org.symbreak.statistics.MedianInterval;

/**
 * Which settings of many came out best, and all of them in a table.
 *
 * @param axes settings that tell runs apart; empty where all are of one
 * @param judge what decides, a loss; null where no run has one
 * @param settings the best first: those with the most runs, since few may be lucky, by the median
 *     of what decides; without it in the order of the ledger
 */
record SweepSection(List<Column> axes, Column judge, List<Setting> settings) {
  private static final int SHOWN = 30;

  /**
   * A combination of settings.
   *
   * @param values one an axis
   * @param runs of all seeds
   */
  record Setting(List<String> values, List<LedgerRow> runs) {
    /** Of a result; a run without a number counts as later and higher than all others. */
    MedianInterval median(Column result) {
      return MedianInterval.of(
          runs.stream().mapToDouble(run -> run.numberOrInfinite(result)).toArray(),
          Comparison.CONFIDENCE);
    }

    private double lowest(Column result) {
      return runs.stream().mapToDouble(run -> run.numberOrInfinite(result)).min().getAsDouble();
    }

    private double highest(Column result) {
      return runs.stream().mapToDouble(run -> run.numberOrInfinite(result)).max().getAsDouble();
    }

    private boolean isInLuck(int most) {
      return runs.size() < most;
    }
  }

  static SweepSection of(List<LedgerRow> rows) {
    List<Column> axes = SweepTable.varying(rows);
    Column judge =
        Stream.of(Column.VALIDATION_LOG_LOSS, Column.TRAIN_LOG_LOSS)
            .filter(column -> rows.stream().anyMatch(row -> !row.text(column).isEmpty()))
            .findFirst()
            .orElse(null);
    Map<List<String>, List<LedgerRow>> groups =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> axes.stream().map(row::text).toList(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<Setting> settings =
        new ArrayList<>(
            groups.entrySet().stream()
                .map(group -> new Setting(group.getKey(), group.getValue()))
                .toList());
    int most = settings.stream().mapToInt(setting -> setting.runs.size()).max().getAsInt();
    if (judge != null) {
      settings.sort(
          Comparator.comparing((Setting setting) -> setting.isInLuck(most))
              .thenComparingDouble(setting -> setting.median(judge).median()));
    }
    return new SweepSection(axes, judge, settings);
  }

  private int seeds() {
    return settings.get(0).runs.size();
  }

  private List<Setting> judged() {
    return settings.stream().filter(setting -> !setting.isInLuck(seeds())).toList();
  }

  /** The answer in a line; null where nothing decides. */
  String title() {
    if (judge == null || axes.isEmpty()) {
      return null;
    }
    return String.format(
        Locale.ROOT,
        "%s has the lowest %s of %d settings",
        named(settings.get(0)),
        words(judge),
        judged().size());
  }

  private String named(Setting setting) {
    List<String> named = new ArrayList<>();
    for (int axis = 0; axis < axes.size(); axis++) {
      String value = setting.values.get(axis);
      named.add(
          axes.get(axis) == Column.INITIALIZATION
              ? value
              : axes.get(axis).header() + " " + shown(value));
    }
    return String.join(", ", named);
  }

  /** What the best came to, in words; empty where nothing decides. */
  String best() {
    return judge == null ? "" : told(settings.get(0), judge);
  }

  /** What the best came to, and how far that can be trusted. */
  void lead(Html html) {
    if (judge == null) {
      return;
    }
    Setting best = settings.get(0);
    List<String> sentences = new ArrayList<>();
    String onTest = told(best, Column.TEST_LOG_LOSS);
    sentences.add(
        "Its "
            + words(judge)
            + " is "
            + told(best, judge)
            + (onTest.isEmpty()
                ? "."
                : "; of the test rows, which no choice saw, "
                    + onTest
                    + ", with an AUC of "
                    + Figures.of(median(best, Column.TEST_AUC))
                    + "."));
    List<Setting> others = judged().stream().skip(1).toList();
    if (!others.isEmpty()) {
      long close =
          others.stream()
              .filter(other -> other.lowest(judge) <= best.highest(judge))
              .filter(other -> Double.isFinite(other.lowest(judge)))
              .count();
      sentences.add(
          (close == 0
                  ? "No other setting has a run as low as its highest."
                  : others.size() == 1
                      ? "The other setting has a run as low as its highest: chance may have put it"
                          + " first."
                      : String.format(
                          Locale.ROOT,
                          "%d of the %d others have a run as low as its highest: chance may have"
                              + " put it first.",
                          close,
                          others.size()))
              + " The lowest of many medians is somewhat too low.");
    }
    html.element("p class=\"lead\"", String.join(" ", sentences));
  }

  /** A median as a sentence has it, with what it is of; empty where no run has the result. */
  private String told(Setting setting, Column result) {
    Ends ends = Ends.of(setting, result);
    return ends == null
        ? ""
        : setting.runs.size() == 1
            ? number(ends.median) + " (one run)"
            : String.format(
                Locale.ROOT,
                "%s (median of %d runs, %s%s to %s)",
                number(ends.median),
                setting.runs.size(),
                ends.isInterval ? "95 % interval " : "",
                number(ends.low),
                number(ends.high));
  }

  /** The fewest values whose median has an interval of 95 %. */
  private static final int FEWEST = 6;

  void table(Html html) {
    List<String> head = new ArrayList<>();
    axes.forEach(axis -> head.add(axis.header()));
    head.addAll(List.of("Runs", "Failed"));
    Stream.of(judge, Column.TEST_LOG_LOSS, Column.TEST_AUC)
        .filter(column -> column != null)
        .forEach(column -> head.add(column.header()));
    html.raw("<section id=\"settings\"><h2>Every setting</h2>")
        .element(
            "p class=\"muted\"",
            (judge == null
                    ? "In the order of the ledger."
                    : "The lowest "
                        + words(judge)
                        + " first"
                        + (judged().size() < settings.size()
                            ? ", those with fewer runs last."
                            : "."))
                + (seeds() == 1
                    ? ""
                    : " Medians over the runs, and in brackets "
                        + (seeds() < FEWEST
                            ? "what they lie between."
                            : "their 95 % intervals, or what fewer than "
                                + FEWEST
                                + " runs lie between.")));
    List<List<String>> lines = settings.stream().map(this::line).toList();
    html.table(head, lines.subList(0, Math.min(SHOWN, lines.size())));
    if (lines.size() > SHOWN) {
      html.raw("<details><summary>The " + (lines.size() - SHOWN) + " others</summary>")
          .table(head, lines.subList(SHOWN, lines.size()))
          .raw("</details>");
    }
    html.raw("</section>");
  }

  private List<String> line(Setting setting) {
    List<String> line = new ArrayList<>();
    setting.values.forEach(value -> line.add(shown(value)));
    long failed = setting.runs.stream().filter(LedgerRow::failed).count();
    line.add(String.valueOf(setting.runs.size()));
    line.add(failed == 0 ? "0" : failed + how(setting));
    if (judge != null) {
      line.add(text(setting, judge));
    }
    line.add(text(setting, Column.TEST_LOG_LOSS));
    line.add(Figures.of(median(setting, Column.TEST_AUC)));
    return line;
  }

  /** Stuck or diverged, where all that failed did the same. */
  private static String how(Setting setting) {
    List<String> ways =
        setting.runs.stream()
            .filter(LedgerRow::failed)
            .map(run -> run.text(Column.STOPPED))
            .distinct()
            .toList();
    return ways.size() == 1 && !ways.get(0).isEmpty() ? " " + ways.get(0) : "";
  }

  private static String text(Setting setting, Column result) {
    Ends ends = Ends.of(setting, result);
    return ends == null
        ? "–"
        : number(ends.median)
            + (setting.runs.size() == 1
                ? ""
                : " [" + number(ends.low) + ", " + number(ends.high) + "]");
  }

  /** A median, and its interval or, of few runs, what they lie between. */
  private record Ends(double median, double low, double high, boolean isInterval) {
    /** Null where no run has the result. */
    static Ends of(Setting setting, Column result) {
      if (setting.runs.stream().allMatch(run -> run.text(result).isEmpty())) {
        return null;
      }
      MedianInterval median = setting.median(result);
      boolean isInterval = median.low() != null;
      return new Ends(
          median.median(),
          isInterval ? median.low() : setting.lowest(result),
          isInterval ? median.high() : setting.highest(result),
          isInterval);
    }
  }

  /** Of the runs that have the result; null where none has. */
  private static Double median(Setting setting, Column result) {
    double[] values =
        setting.runs.stream()
            .mapToDouble(run -> run.number(result))
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    return values.length == 0
        ? null
        : (Double) ((values[(values.length - 1) / 2] + values[values.length / 2]) / 2);
  }

  private static String number(double value) {
    return Double.isInfinite(value) ? "none" : Figures.of(value);
  }

  private static String shown(String value) {
    return value.isEmpty()
        ? "–"
        : value.matches("-?[0-9.]+([eE][-+]?[0-9]+)?") && value.length() > 5
            ? Figures.of(Double.valueOf(value))
            : value;
  }

  private static String words(Column column) {
    return column == Column.VALIDATION_LOG_LOSS ? "validation log loss" : "training log loss";
  }
}

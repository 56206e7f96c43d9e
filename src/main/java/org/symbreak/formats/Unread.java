package org.symbreak.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.symbreak.stack.Step;

/** What of a graph is not looked into, in words. */
public final class Unread {
  private static final int LISTED = 4;

  private Unread() {}

  /** A line a kind, with the names of the first of them. */
  public static List<String> of(List<Step> steps) {
    Map<String, List<String>> names = new TreeMap<>();
    for (Step step : steps) {
      if (step.what() instanceof Step.Unknown) {
        names.computeIfAbsent(step.kind(), kind -> new ArrayList<>()).add(step.name());
      }
    }
    List<String> lines = new ArrayList<>();
    names.forEach(
        (kind, all) ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "%s%s, %d: %s%s",
                    kind,
                    reason(kind),
                    all.size(),
                    String.join(", ", all.subList(0, Math.min(LISTED, all.size()))),
                    all.size() > LISTED ? ", ..." : "")));
    return lines;
  }

  private static String reason(String kind) {
    if (isOfIntegers(kind)) {
      return " (whole numbers in place of reals are not supported)";
    }
    return kind.equals("Gemm")
        ? " (its weights are not in the file, do not fit, or stand on the left)"
        : "";
  }

  /** Of quantized networks. */
  private static boolean isOfIntegers(String kind) {
    return kind.startsWith("QLinear")
        || kind.endsWith("Integer")
        || kind.equals("QuantizeLinear")
        || kind.equals("DequantizeLinear")
        || kind.equals("DynamicQuantizeLinear");
  }
}

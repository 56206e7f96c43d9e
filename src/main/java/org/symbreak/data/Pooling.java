package org.symbreak.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/**
 * A pipeline that has forgotten the rare values of its categories, and takes them as it takes any
 * value that it does not know.
 *
 * @param pipeline without them
 * @param features which features of the pipeline before are left, in their order, from 0; not to be
 *     changed
 * @param columns what was forgotten, by column; none of a column that keeps all
 */
public record Pooling(FittedPipeline pipeline, int[] features, Map<String, Values> columns) {
  /**
   * Forgotten values of a column.
   *
   * @param values at least one
   * @param rows training rows that hold one of them
   */
  public record Values(List<String> values, long rows) {}

  /**
   * @param place names the pipeline in messages
   * @param fewest training rows that a value must be in, to be kept; 1 keeps all
   * @throws InputException where the pipeline does not know how many rows hold its values, as those
   *     of earlier versions do not
   */
  public static Pooling of(String place, FittedPipeline pipeline, int fewest) {
    if (fewest > 1) {
      requireCounts(place, pipeline);
    }
    List<FittedColumn> columns = new ArrayList<>();
    Map<String, Values> forgotten = new LinkedHashMap<>();
    IntStream.Builder features = IntStream.builder();
    int at = 0;
    for (FittedColumn column : pipeline.columns()) {
      BitSet kept = new BitSet();
      kept.set(0, column.size());
      if (fewest > 1 && column instanceof FittedCategory category) {
        BitSet rare = rare(category, fewest);
        kept.andNot(rare);
        BitSet values = kept.get(0, category.values().size());
        columns.add(category.keeping(values));
        if (!rare.isEmpty()) {
          forgotten.put(category.name(), forgotten(category, rare));
        }
      } else {
        columns.add(column);
      }
      int from = at;
      kept.stream().forEach(feature -> features.add(from + feature));
      at += column.size();
    }
    FittedPipeline left =
        new FittedPipeline(
            pipeline.format(),
            pipeline.fileColumns(),
            pipeline.label(),
            pipeline.negative(),
            pipeline.positive(),
            columns);
    return new Pooling(left, features.build().toArray(), forgotten);
  }

  private static void requireCounts(String place, FittedPipeline pipeline) {
    List<String> uncounted =
        pipeline.columns().stream()
            .filter(column -> column instanceof FittedCategory category && !category.isCounted())
            .map(FittedColumn::name)
            .toList();
    if (!uncounted.isEmpty()) {
      throw new InputException(
          List.of(
              new Problem(
                  place,
                  "how many training rows hold each value of " + Place.columns(uncounted),
                  "a model of a version that did not keep that",
                  List.of("train it again", "export without --min-category"))));
    }
  }

  /** Which values are in fewer rows. */
  private static BitSet rare(FittedCategory category, int fewest) {
    BitSet rare = new BitSet();
    IntStream.range(0, category.values().size())
        .filter(value -> category.counts().get(value) < fewest)
        .forEach(rare::set);
    return rare;
  }

  private static Values forgotten(FittedCategory category, BitSet rare) {
    return new Values(
        rare.stream().mapToObj(category.values()::get).toList(),
        rare.stream().mapToLong(category.counts()::get).sum());
  }
}

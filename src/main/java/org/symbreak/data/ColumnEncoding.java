package org.symbreak.data;

import java.util.List;

/**
 * How a column becomes features, for programs in other languages: a number as (x − mean) / scale
 * with the median in place of a missing one and a further feature that is 1 for those, if there is
 * one; a category as a feature a value, then one for missing cells if there is one, then one for
 * others.
 *
 * @param name of the column
 * @param notation what its numbers wear in files, in words; empty where they are plain
 * @param values of a category, each with a feature; empty for a number
 * @param missing whether missing cells have a feature
 * @param caseless whether upper and lower case make no difference to a category
 * @param date whether it is a column of dates
 * @param median of a number
 * @param mean of a number
 * @param scale of a number
 */
public record ColumnEncoding(
    String name,
    boolean number,
    String notation,
    List<String> values,
    boolean missing,
    boolean caseless,
    boolean date,
    double median,
    double mean,
    double scale) {
  static ColumnEncoding of(FittedColumn column) {
    if (column instanceof FittedNumber number) {
      return new ColumnEncoding(
          number.name(),
          true,
          number.notation() == null ? "" : number.notation().expected(),
          List.of(),
          number.indicator(),
          false,
          number.notation() instanceof DateForm,
          number.median(),
          number.mean(),
          number.scale());
    }
    FittedCategory category = (FittedCategory) column;
    return new ColumnEncoding(
        category.name(),
        false,
        "",
        category.values(),
        category.missing(),
        category.caseless(),
        false,
        0,
        0,
        1);
  }
}

package org.symbreak.data;

import java.util.List;

/** Encodes the rows of the table that a pipeline was fitted on. */
final class TableEncoder {
  private final RawTable table;
  private final List<FittedColumn> columns;
  private final int[] source;
  private final int[][] slots;
  private final double[] features;

  TableEncoder(RawTable table, FittedPipeline pipeline) {
    this.table = table;
    this.columns = pipeline.columns();
    this.features = new double[pipeline.featureNames().size()];
    this.source =
        columns.stream().mapToInt(column -> table.columns().indexOf(column.name())).toArray();
    this.slots = new int[columns.size()][];
    for (int j = 0; j < slots.length; j++) {
      if (columns.get(j) instanceof FittedCategory category) {
        slots[j] = slots(category, table.dictionary(source[j]));
      }
    }
  }

  /** Where each text of the dictionary goes, so that a row needs no looking up of texts. */
  private static int[] slots(FittedCategory category, Dictionary dictionary) {
    int[] slots = new int[dictionary.size()];
    for (int code = 0; code < slots.length; code++) {
      slots[code] = category.slot(dictionary.text(code));
    }
    return slots;
  }

  /** The row's features, in an array that the next call overwrites. */
  double[] encode(int row, Faults faults) {
    int at = 0;
    for (int j = 0; j < source.length; j++) {
      long cell = table.cell(row, source[j]);
      if (columns.get(j) instanceof FittedNumber number) {
        double value = cell == Cell.MISSING ? Double.NaN : Double.longBitsToDouble(cell);
        if (!number.encode(value, features, at)) {
          faults.add(number.outOfRange(table.place(), table.line(row), String.valueOf(value)));
        }
      } else if (columns.get(j) instanceof FittedCategory category) {
        category.encode(slot(category, slots[j], cell), features, at);
      }
      at += columns.get(j).size();
    }
    return features;
  }

  private static int slot(FittedCategory category, int[] slots, long cell) {
    if (cell == Cell.MISSING) {
      return category.slotOfMissing();
    }
    int code = Cell.code(cell);
    return code < slots.length ? slots[code] : category.size() - 1;
  }
}

package org.symbreak.data;

import java.util.List;
import java.util.Map;

/** Encodes the rows of the table that a pipeline was fitted on. */
final class TableEncoder {
  private final RawTable table;
  private final List<FittedColumn> columns;
  private final int[] source;
  private final int[][] slots;
  private final OneHot oneHot;
  private final double[] numbers;
  private final int[] ones;

  TableEncoder(RawTable table, FittedPipeline pipeline) {
    this.table = table;
    this.columns = pipeline.columns();
    this.oneHot = pipeline.oneHot();
    this.numbers = new double[oneHot.numbers()];
    this.ones = new int[oneHot.groups()];
    Map<String, Integer> positions = table.positions();
    this.source = columns.stream().mapToInt(column -> positions.get(column.name())).toArray();
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

  /** Encodes a row in short: {@link #numbers} and {@link #ones}. */
  void encode(int row, Faults faults) {
    int at = 0;
    int group = 0;
    for (int j = 0; j < source.length; j++) {
      long cell = table.cell(row, source[j]);
      if (columns.get(j) instanceof FittedNumber number) {
        double value = cell == Cell.MISSING ? Double.NaN : Double.longBitsToDouble(cell);
        if (!number.encode(value, numbers, at)) {
          faults.add(number.outOfRange(table.place(), table.line(row), String.valueOf(value)));
        }
        at += number.size();
      } else if (columns.get(j) instanceof FittedCategory category) {
        ones[group] = oneHot.from(group) + slot(category, slots[j], cell);
        group++;
      }
    }
  }

  /** The row's numbers, in an array that the next row overwrites. */
  double[] numbers() {
    return numbers;
  }

  /** Of each categorical column the feature that is 1, likewise. */
  int[] ones() {
    return ones;
  }

  private static int slot(FittedCategory category, int[] slots, long cell) {
    if (cell == Cell.MISSING) {
      return category.slotOfMissing();
    }
    int code = Cell.code(cell);
    return code < slots.length ? slots[code] : category.size() - 1;
  }
}

package org.symbreak.engine.fused;

/**
 * Where a matrix stands in an array, {@link Kernels#LANES} columns side by side: of each such panel
 * the rows, one after the other, and then what sums over its rows start from.
 *
 * @param at where it begins
 */
record Panels(int at, int rows, int columns) {
  /** Where rows end and the start of sums stands, from a panel's beginning. */
  private int startRow() {
    return (rows + Kernels.TILE_ROWS - 1) / Kernels.TILE_ROWS * Kernels.TILE_ROWS;
  }

  /** Elements from one panel to the next. */
  int distance() {
    return (startRow() + 1) * Kernels.LANES;
  }

  /** Elements, padding included. */
  int length() {
    return Kernels.padded(columns) / Kernels.LANES * distance();
  }

  /** Where the panels end. */
  int end() {
    return at + length();
  }

  /** Columns that there is room for. */
  int paddedColumns() {
    return Kernels.padded(columns);
  }

  /** Where an element stands. */
  int element(int row, int column) {
    return at + column / Kernels.LANES * distance() + row * Kernels.LANES + column % Kernels.LANES;
  }

  /** Where what a column's sum starts from stands. */
  int start(int column) {
    return element(startRow(), column);
  }

  /** Where the rows of a column's panel end and their padding begins. */
  int rowsEnd(int column) {
    return element(rows, column);
  }
}

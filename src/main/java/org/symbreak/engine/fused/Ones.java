package org.symbreak.engine.fused;

/**
 * Which inputs of a block of rows are 1, of those in groups that have one each.
 *
 * @param inputs a row after the other, an input a group; likewise beyond the last row up to the
 *     next multiple of {@link Kernels#TILE_ROWS}
 * @param groups of each row
 * @param at where the block's first row begins
 */
record Ones(int[] inputs, int groups, int at) {
  static final Ones NONE = new Ones(new int[0], 0, 0);

  /** Where the row's input of this group stands. */
  int index(int row, int group) {
    return at + row * groups + group;
  }
}

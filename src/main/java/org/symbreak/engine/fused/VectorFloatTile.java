package org.symbreak.engine.fused;

import static org.symbreak.engine.fused.Kernels.DISTANCE;
import static org.symbreak.engine.fused.Kernels.LANES;
import static org.symbreak.engine.fused.Kernels.TILE_ROWS;
import static org.symbreak.engine.fused.VectorFloatKernels.WIDTH;
import static org.symbreak.engine.fused.VectorFloatKernels.load;
import static org.symbreak.engine.fused.VectorFloatKernels.of;

import jdk.incubator.vector.FloatVector;

/**
 * The products' innermost loops: two vectors of columns of the result, four rows at a time. Their
 * eight sums stay in registers, as many as hide what a multiply-add takes and as leave some of the
 * sixteen registers of AVX2 free.
 *
 * <p>Both are written for the JVM's compiler. Indices grow by constants, of the loop's own variable
 * where it can be, so that their checks are done before the loop; larger tiles, more than one step
 * in the loop, or loops in other places make it forget vectors in memory, or not inline them at
 * all.
 */
final class VectorFloatTile {
  private VectorFloatTile() {}

  /** Distance of the second vector from the first. */
  private static int second(int ofNextPanel) {
    return WIDTH < LANES ? WIDTH : ofNextPanel;
  }

  /**
   * Two vectors of {@link Kernels#multiply}.
   *
   * @param bNext distance of the second vector where a vector is a panel; likewise startNext, cNext
   * @param startRow distance between rows of what sums start from, 0 where one serves all
   */
  static void multiply(
      int rows,
      int inner,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int bNext,
      float[] start,
      int startAt,
      int startNext,
      int startRow,
      float[] c,
      int cAt,
      int cNext) {
    int b1 = second(bNext);
    int start1 = second(startNext);
    int c1 = second(cNext);
    for (int m = 0; m < rows; m += TILE_ROWS) {
      int from = startAt + m * startRow;
      FloatVector sum00 = load(start, from);
      FloatVector sum01 = load(start, from + start1);
      from += startRow;
      FloatVector sum10 = load(start, from);
      FloatVector sum11 = load(start, from + start1);
      from += startRow;
      FloatVector sum20 = load(start, from);
      FloatVector sum21 = load(start, from + start1);
      from += startRow;
      FloatVector sum30 = load(start, from);
      FloatVector sum31 = load(start, from + start1);
      int first = aAt + m * DISTANCE;
      int end = first + inner;
      int y = bAt - LANES;
      for (int x = first; x < end; x++) {
        y += LANES;
        FloatVector left = load(b, y);
        FloatVector right = load(b, y + b1);
        FloatVector factor = of(a[x]);
        sum00 = factor.fma(left, sum00);
        sum01 = factor.fma(right, sum01);
        factor = of(a[x + DISTANCE]);
        sum10 = factor.fma(left, sum10);
        sum11 = factor.fma(right, sum11);
        factor = of(a[x + 2 * DISTANCE]);
        sum20 = factor.fma(left, sum20);
        sum21 = factor.fma(right, sum21);
        factor = of(a[x + 3 * DISTANCE]);
        sum30 = factor.fma(left, sum30);
        sum31 = factor.fma(right, sum31);
      }
      int to = cAt + m * DISTANCE;
      sum00.intoArray(c, to);
      sum01.intoArray(c, to + c1);
      sum10.intoArray(c, to + DISTANCE);
      sum11.intoArray(c, to + DISTANCE + c1);
      sum20.intoArray(c, to + 2 * DISTANCE);
      sum21.intoArray(c, to + 2 * DISTANCE + c1);
      sum30.intoArray(c, to + 3 * DISTANCE);
      sum31.intoArray(c, to + 3 * DISTANCE + c1);
    }
  }

  /** Two vectors of {@link Kernels#addProduct}, of rows of a whole span or less. */
  static void addProduct(
      int rows,
      int inner,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int bNext,
      float[] c,
      int cAt,
      int cNext) {
    int b1 = second(bNext);
    int c1 = second(cNext);
    int end = bAt + inner * DISTANCE;
    for (int m = 0; m < rows; m += TILE_ROWS) {
      int to = cAt + m * LANES;
      FloatVector sum00 = load(c, to);
      FloatVector sum01 = load(c, to + c1);
      FloatVector sum10 = load(c, to + LANES);
      FloatVector sum11 = load(c, to + LANES + c1);
      FloatVector sum20 = load(c, to + 2 * LANES);
      FloatVector sum21 = load(c, to + 2 * LANES + c1);
      FloatVector sum30 = load(c, to + 3 * LANES);
      FloatVector sum31 = load(c, to + 3 * LANES + c1);
      int apart = aAt + m - bAt;
      for (int y = bAt; y < end; y += DISTANCE) {
        int x = y + apart;
        FloatVector left = load(b, y);
        FloatVector right = load(b, y + b1);
        FloatVector factor = of(a[x]);
        sum00 = factor.fma(left, sum00);
        sum01 = factor.fma(right, sum01);
        factor = of(a[x + 1]);
        sum10 = factor.fma(left, sum10);
        sum11 = factor.fma(right, sum11);
        factor = of(a[x + 2]);
        sum20 = factor.fma(left, sum20);
        sum21 = factor.fma(right, sum21);
        factor = of(a[x + 3]);
        sum30 = factor.fma(left, sum30);
        sum31 = factor.fma(right, sum31);
      }
      sum00.intoArray(c, to);
      sum01.intoArray(c, to + c1);
      sum10.intoArray(c, to + LANES);
      sum11.intoArray(c, to + LANES + c1);
      sum20.intoArray(c, to + 2 * LANES);
      sum21.intoArray(c, to + 2 * LANES + c1);
      sum30.intoArray(c, to + 3 * LANES);
      sum31.intoArray(c, to + 3 * LANES + c1);
    }
  }
}

package org.symbreak.engine.fused;

import static org.symbreak.engine.fused.Kernels.DISTANCE;
import static org.symbreak.engine.fused.Kernels.LANES;
import static org.symbreak.engine.fused.Kernels.TILE_ROWS;
import static org.symbreak.engine.fused.VectorFloatKernels.WIDTH;
import static org.symbreak.engine.fused.VectorFloatKernels.load;
import static org.symbreak.engine.fused.VectorFloatKernels.of;

import jdk.incubator.vector.FloatVector;

/**
 * The products' innermost loops: two vectors of columns of the result, five rows at a time and four
 * of what then remains. Ten sums and two vectors leave four of AVX2's sixteen registers for
 * factors. With twelve sums only one factor has room: JDK 17's compiler loads them one after the
 * other, JDK 25's three at a time, and then keeps a sum in memory, at half of the speed.
 *
 * <p>Both are written for the JVM's compiler, and its code was looked at. The loop's own variable
 * is the one by which factors are found, so that their checks are done before the loop. The other
 * index grows at the loop's end, so that the checks of the two vectors remain in it: they cost
 * little. Where both indices are reckoned from the loop's variable, sums are kept in memory, too.
 * Two steps in the loop gain nothing.
 */
final class VectorFloatTile {
  private VectorFloatTile() {}

  /** Distance of the second vector from the first. */
  private static int second(int ofNextPanel) {
    return WIDTH < LANES ? WIDTH : ofNextPanel;
  }

  /** How many of some rows go five at a time; the rest is fewer than five times four. */
  private static int fives(int rows) {
    return (rows + TILE_ROWS - 1) / (5 * TILE_ROWS) * (5 * TILE_ROWS);
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
    int fives = fives(rows);
    multiplyFives(
        0, fives, inner, a, aAt, b, bAt, b1, start, startAt, start1, startRow, c, cAt, c1);
    multiplyFours(
        fives, rows, inner, a, aAt, b, bAt, b1, start, startAt, start1, startRow, c, cAt, c1);
  }

  /** Five rows at a time. */
  private static void multiplyFives(
      int fromRow,
      int toRow,
      int inner,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int b1,
      float[] start,
      int startAt,
      int start1,
      int startRow,
      float[] c,
      int cAt,
      int c1) {
    for (int m = fromRow; m < toRow; m += 5) {
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
      from += startRow;
      FloatVector sum40 = load(start, from);
      FloatVector sum41 = load(start, from + start1);
      int first = aAt + m * DISTANCE;
      int end = first + inner;
      int y = bAt;
      for (int x = first; x < end; x++) {
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
        factor = of(a[x + 4 * DISTANCE]);
        sum40 = factor.fma(left, sum40);
        sum41 = factor.fma(right, sum41);
        y += LANES;
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
      sum40.intoArray(c, to + 4 * DISTANCE);
      sum41.intoArray(c, to + 4 * DISTANCE + c1);
    }
  }

  /** Four rows at a time. */
  private static void multiplyFours(
      int fromRow,
      int toRow,
      int inner,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int b1,
      float[] start,
      int startAt,
      int start1,
      int startRow,
      float[] c,
      int cAt,
      int c1) {
    for (int m = fromRow; m < toRow; m += 4) {
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
      int y = bAt;
      for (int x = first; x < end; x++) {
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
        y += LANES;
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
    int fives = fives(rows);
    addProductFives(0, fives, inner, a, aAt, b, bAt, b1, c, cAt, c1);
    addProductFours(fives, rows, inner, a, aAt, b, bAt, b1, c, cAt, c1);
  }

  /** Five rows of the sum at a time. */
  private static void addProductFives(
      int fromRow,
      int toRow,
      int inner,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int b1,
      float[] c,
      int cAt,
      int c1) {
    for (int m = fromRow; m < toRow; m += 5) {
      int to = cAt + m * LANES;
      FloatVector sum00 = load(c, to);
      FloatVector sum01 = load(c, to + c1);
      FloatVector sum10 = load(c, to + LANES);
      FloatVector sum11 = load(c, to + LANES + c1);
      FloatVector sum20 = load(c, to + 2 * LANES);
      FloatVector sum21 = load(c, to + 2 * LANES + c1);
      FloatVector sum30 = load(c, to + 3 * LANES);
      FloatVector sum31 = load(c, to + 3 * LANES + c1);
      FloatVector sum40 = load(c, to + 4 * LANES);
      FloatVector sum41 = load(c, to + 4 * LANES + c1);
      int first = aAt + m;
      int end = first + inner * DISTANCE;
      int y = bAt;
      for (int x = first; x < end; x += DISTANCE) {
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
        factor = of(a[x + 4]);
        sum40 = factor.fma(left, sum40);
        sum41 = factor.fma(right, sum41);
        y += DISTANCE;
      }
      sum00.intoArray(c, to);
      sum01.intoArray(c, to + c1);
      sum10.intoArray(c, to + LANES);
      sum11.intoArray(c, to + LANES + c1);
      sum20.intoArray(c, to + 2 * LANES);
      sum21.intoArray(c, to + 2 * LANES + c1);
      sum30.intoArray(c, to + 3 * LANES);
      sum31.intoArray(c, to + 3 * LANES + c1);
      sum40.intoArray(c, to + 4 * LANES);
      sum41.intoArray(c, to + 4 * LANES + c1);
    }
  }

  /** Four rows of the sum at a time. */
  private static void addProductFours(
      int fromRow,
      int toRow,
      int inner,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int b1,
      float[] c,
      int cAt,
      int c1) {
    for (int m = fromRow; m < toRow; m += 4) {
      int to = cAt + m * LANES;
      FloatVector sum00 = load(c, to);
      FloatVector sum01 = load(c, to + c1);
      FloatVector sum10 = load(c, to + LANES);
      FloatVector sum11 = load(c, to + LANES + c1);
      FloatVector sum20 = load(c, to + 2 * LANES);
      FloatVector sum21 = load(c, to + 2 * LANES + c1);
      FloatVector sum30 = load(c, to + 3 * LANES);
      FloatVector sum31 = load(c, to + 3 * LANES + c1);
      int first = aAt + m;
      int end = first + inner * DISTANCE;
      int y = bAt;
      for (int x = first; x < end; x += DISTANCE) {
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
        y += DISTANCE;
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

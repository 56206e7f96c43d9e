package org.symbreak.engine.fused;

import static org.symbreak.engine.fused.VectorFloatKernels.WIDTH;
import static org.symbreak.engine.fused.VectorFloatKernels.load;
import static org.symbreak.engine.fused.VectorFloatKernels.of;

import jdk.incubator.vector.FloatVector;

/**
 * A tile of a product of matrices, as {@link Kernels#multiply} describes it, that is held in
 * registers from the first term to the last. Its shape is enough sums at the same time to hide what
 * a multiply-add takes.
 */
enum VectorFloatTile {
  /** Four rows by four vectors. */
  FOUR(4, 4) {
    @Override
    void multiply(
        int last,
        int inner,
        float[] a,
        int aAt,
        int aRow,
        int aInner,
        float[] b,
        int bAt,
        int bRow,
        float[] start,
        int startAt,
        int startRow,
        float[] c,
        int cAt,
        int cRow) {
      int row1 = Math.min(1, last);
      int row2 = Math.min(2, last);
      int row3 = Math.min(3, last);
      int a1 = row1 * aRow;
      int a2 = row2 * aRow;
      int a3 = row3 * aRow;
      int start1 = startAt + row1 * startRow;
      int start2 = startAt + row2 * startRow;
      int start3 = startAt + row3 * startRow;
      FloatVector c00 = load(start, startAt);
      FloatVector c01 = load(start, startAt + WIDTH);
      FloatVector c02 = load(start, startAt + 2 * WIDTH);
      FloatVector c03 = load(start, startAt + 3 * WIDTH);
      FloatVector c10 = load(start, start1);
      FloatVector c11 = load(start, start1 + WIDTH);
      FloatVector c12 = load(start, start1 + 2 * WIDTH);
      FloatVector c13 = load(start, start1 + 3 * WIDTH);
      FloatVector c20 = load(start, start2);
      FloatVector c21 = load(start, start2 + WIDTH);
      FloatVector c22 = load(start, start2 + 2 * WIDTH);
      FloatVector c23 = load(start, start2 + 3 * WIDTH);
      FloatVector c30 = load(start, start3);
      FloatVector c31 = load(start, start3 + WIDTH);
      FloatVector c32 = load(start, start3 + 2 * WIDTH);
      FloatVector c33 = load(start, start3 + 3 * WIDTH);
      for (int k = 0; k < inner; k++) {
        FloatVector b0 = load(b, bAt);
        FloatVector b1 = load(b, bAt + WIDTH);
        FloatVector b2 = load(b, bAt + 2 * WIDTH);
        FloatVector b3 = load(b, bAt + 3 * WIDTH);
        FloatVector factor = of(a[aAt]);
        c00 = factor.fma(b0, c00);
        c01 = factor.fma(b1, c01);
        c02 = factor.fma(b2, c02);
        c03 = factor.fma(b3, c03);
        factor = of(a[aAt + a1]);
        c10 = factor.fma(b0, c10);
        c11 = factor.fma(b1, c11);
        c12 = factor.fma(b2, c12);
        c13 = factor.fma(b3, c13);
        factor = of(a[aAt + a2]);
        c20 = factor.fma(b0, c20);
        c21 = factor.fma(b1, c21);
        c22 = factor.fma(b2, c22);
        c23 = factor.fma(b3, c23);
        factor = of(a[aAt + a3]);
        c30 = factor.fma(b0, c30);
        c31 = factor.fma(b1, c31);
        c32 = factor.fma(b2, c32);
        c33 = factor.fma(b3, c33);
        aAt += aInner;
        bAt += bRow;
      }
      int to1 = cAt + row1 * cRow;
      int to2 = cAt + row2 * cRow;
      int to3 = cAt + row3 * cRow;
      c00.intoArray(c, cAt);
      c01.intoArray(c, cAt + WIDTH);
      c02.intoArray(c, cAt + 2 * WIDTH);
      c03.intoArray(c, cAt + 3 * WIDTH);
      c10.intoArray(c, to1);
      c11.intoArray(c, to1 + WIDTH);
      c12.intoArray(c, to1 + 2 * WIDTH);
      c13.intoArray(c, to1 + 3 * WIDTH);
      c20.intoArray(c, to2);
      c21.intoArray(c, to2 + WIDTH);
      c22.intoArray(c, to2 + 2 * WIDTH);
      c23.intoArray(c, to2 + 3 * WIDTH);
      c30.intoArray(c, to3);
      c31.intoArray(c, to3 + WIDTH);
      c32.intoArray(c, to3 + 2 * WIDTH);
      c33.intoArray(c, to3 + 3 * WIDTH);
    }
  },
  /** Four rows by two vectors. */
  TWO(4, 2) {
    @Override
    void multiply(
        int last,
        int inner,
        float[] a,
        int aAt,
        int aRow,
        int aInner,
        float[] b,
        int bAt,
        int bRow,
        float[] start,
        int startAt,
        int startRow,
        float[] c,
        int cAt,
        int cRow) {
      int row1 = Math.min(1, last);
      int row2 = Math.min(2, last);
      int row3 = Math.min(3, last);
      int a1 = row1 * aRow;
      int a2 = row2 * aRow;
      int a3 = row3 * aRow;
      FloatVector c00 = load(start, startAt);
      FloatVector c01 = load(start, startAt + WIDTH);
      FloatVector c10 = load(start, startAt + row1 * startRow);
      FloatVector c11 = load(start, startAt + row1 * startRow + WIDTH);
      FloatVector c20 = load(start, startAt + row2 * startRow);
      FloatVector c21 = load(start, startAt + row2 * startRow + WIDTH);
      FloatVector c30 = load(start, startAt + row3 * startRow);
      FloatVector c31 = load(start, startAt + row3 * startRow + WIDTH);
      for (int k = 0; k < inner; k++) {
        FloatVector b0 = load(b, bAt);
        FloatVector b1 = load(b, bAt + WIDTH);
        FloatVector factor = of(a[aAt]);
        c00 = factor.fma(b0, c00);
        c01 = factor.fma(b1, c01);
        factor = of(a[aAt + a1]);
        c10 = factor.fma(b0, c10);
        c11 = factor.fma(b1, c11);
        factor = of(a[aAt + a2]);
        c20 = factor.fma(b0, c20);
        c21 = factor.fma(b1, c21);
        factor = of(a[aAt + a3]);
        c30 = factor.fma(b0, c30);
        c31 = factor.fma(b1, c31);
        aAt += aInner;
        bAt += bRow;
      }
      c00.intoArray(c, cAt);
      c01.intoArray(c, cAt + WIDTH);
      c10.intoArray(c, cAt + row1 * cRow);
      c11.intoArray(c, cAt + row1 * cRow + WIDTH);
      c20.intoArray(c, cAt + row2 * cRow);
      c21.intoArray(c, cAt + row2 * cRow + WIDTH);
      c30.intoArray(c, cAt + row3 * cRow);
      c31.intoArray(c, cAt + row3 * cRow + WIDTH);
    }
  },
  /** Eight rows by one vector. */
  ONE(8, 1) {
    @Override
    void multiply(
        int last,
        int inner,
        float[] a,
        int aAt,
        int aRow,
        int aInner,
        float[] b,
        int bAt,
        int bRow,
        float[] start,
        int startAt,
        int startRow,
        float[] c,
        int cAt,
        int cRow) {
      int row1 = Math.min(1, last);
      int row2 = Math.min(2, last);
      int row3 = Math.min(3, last);
      int row4 = Math.min(4, last);
      int row5 = Math.min(5, last);
      int row6 = Math.min(6, last);
      int row7 = Math.min(7, last);
      int a1 = row1 * aRow;
      int a2 = row2 * aRow;
      int a3 = row3 * aRow;
      int a4 = row4 * aRow;
      int a5 = row5 * aRow;
      int a6 = row6 * aRow;
      int a7 = row7 * aRow;
      FloatVector c0 = load(start, startAt);
      FloatVector c1 = load(start, startAt + row1 * startRow);
      FloatVector c2 = load(start, startAt + row2 * startRow);
      FloatVector c3 = load(start, startAt + row3 * startRow);
      FloatVector c4 = load(start, startAt + row4 * startRow);
      FloatVector c5 = load(start, startAt + row5 * startRow);
      FloatVector c6 = load(start, startAt + row6 * startRow);
      FloatVector c7 = load(start, startAt + row7 * startRow);
      for (int k = 0; k < inner; k++) {
        FloatVector b0 = load(b, bAt);
        c0 = of(a[aAt]).fma(b0, c0);
        c1 = of(a[aAt + a1]).fma(b0, c1);
        c2 = of(a[aAt + a2]).fma(b0, c2);
        c3 = of(a[aAt + a3]).fma(b0, c3);
        c4 = of(a[aAt + a4]).fma(b0, c4);
        c5 = of(a[aAt + a5]).fma(b0, c5);
        c6 = of(a[aAt + a6]).fma(b0, c6);
        c7 = of(a[aAt + a7]).fma(b0, c7);
        aAt += aInner;
        bAt += bRow;
      }
      c0.intoArray(c, cAt);
      c1.intoArray(c, cAt + row1 * cRow);
      c2.intoArray(c, cAt + row2 * cRow);
      c3.intoArray(c, cAt + row3 * cRow);
      c4.intoArray(c, cAt + row4 * cRow);
      c5.intoArray(c, cAt + row5 * cRow);
      c6.intoArray(c, cAt + row6 * cRow);
      c7.intoArray(c, cAt + row7 * cRow);
    }
  };

  final int rows;
  final int vectors;

  VectorFloatTile(int rows, int vectors) {
    this.rows = rows;
    this.vectors = vectors;
  }

  /** The next tile where so many vectors are left. */
  static VectorFloatTile fitting(int left) {
    return left >= 4 ? FOUR : left >= 2 ? TWO : ONE;
  }

  /**
   * Computes the tile.
   *
   * @param last the last row that there is, from 0; a tile that reaches beyond it computes it
   *     repeatedly
   */
  abstract void multiply(
      int last,
      int inner,
      float[] a,
      int aAt,
      int aRow,
      int aInner,
      float[] b,
      int bAt,
      int bRow,
      float[] start,
      int startAt,
      int startRow,
      float[] c,
      int cAt,
      int cRow);
}

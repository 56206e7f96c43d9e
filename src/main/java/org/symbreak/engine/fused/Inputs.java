package org.symbreak.engine.fused;

import java.util.ArrayList;
import java.util.List;
import org.symbreak.data.OneHot;

/**
 * How the inputs of a block of rows stand, and the first layer's products with them. Numbers stand
 * in a block; of a group of one-hot inputs it is only said which one is 1, so that work and memory
 * grow with the groups and not with their inputs.
 *
 * <p>The result has the same bits as if all inputs stood in a block. There, too, a sum runs from
 * the first input to the last; an input of 1 adds its weight, as fma(1, w, s) = s + w, and one of 0
 * adds nothing, as fma(0, w, s) = s for every finite w. Two things differ. A sum that starts from
 * −0 may stay −0 where a zero times a weight would make it +0; a zero's sign is lost in the next
 * sum. And a weight that is infinite or no number, in a network that has diverged, spoils the rows
 * that have its input rather than all.
 */
final class Inputs {
  /**
   * Inputs that a group must have on average for it to be worth its while: adding a row of weights
   * takes several times as long as one term of a product.
   */
  private static final int WORTHWHILE = 8;

  /**
   * Inputs that follow one another.
   *
   * @param areOnes whether each group has one input that is 1; else they are numbers
   * @param input the first
   * @param count of numbers, or of groups
   * @param number how many numbers stand before, of a row in short
   * @param at the first group, or the block's column of the first number
   */
  private record Part(boolean areOnes, int input, int count, int number, int at) {}

  private final OneHot oneHot;
  private final List<Part> parts = new ArrayList<>();
  private final int numbers;
  private final int groups;
  private final int columns;

  private Inputs(OneHot oneHot) {
    this.oneHot = oneHot;
    this.numbers = oneHot.numbers();
    this.groups = oneHot.groups();
    int column = 0;
    int input = 0;
    int number = 0;
    for (int group = 0; group <= groups; group++) {
      int end = group == groups ? oneHot.features() : oneHot.from(group);
      while (input < end) {
        int count = Math.min(end - input, Kernels.SPAN - column % Kernels.SPAN);
        parts.add(new Part(false, input, count, number, column));
        column = (column + count + Kernels.TILE_ROWS - 1) / Kernels.TILE_ROWS * Kernels.TILE_ROWS;
        number += count;
        input += count;
      }
      if (group < groups) {
        addGroup(group);
        input += oneHot.size(group);
      }
    }
    this.columns = column;
  }

  private void addGroup(int group) {
    Part last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
    if (last != null && last.areOnes()) {
      parts.set(parts.size() - 1, new Part(true, last.input(), last.count() + 1, 0, last.at()));
    } else {
      parts.add(new Part(true, oneHot.from(group), 1, 0, group));
    }
  }

  /** The form that is faster. */
  static Inputs of(OneHot oneHot) {
    int ones = oneHot.features() - oneHot.numbers();
    return ones < WORTHWHILE * oneHot.groups()
        ? new Inputs(OneHot.none(oneHot.features()))
        : new Inputs(oneHot);
  }

  /** Whether all inputs are numbers. */
  boolean areNumbers() {
    return groups == 0;
  }

  /** Numbers of a row in short. */
  int numbers() {
    return numbers;
  }

  /** Groups of one-hot inputs. */
  int groups() {
    return groups;
  }

  /** Columns of a block of the numbers. */
  int columns() {
    return columns;
  }

  /**
   * Copies a row's numbers into a block, whose further columns stay zero.
   *
   * @param column where its columns begin; only in a block of one span other than 0
   */
  <A> void copy(Kernels<A> kernels, double[] from, A block, int column, int row) {
    for (Part part : parts) {
      if (!part.areOnes()) {
        int to = Kernels.column(column + part.at()) + row * Kernels.DISTANCE;
        for (int i = 0; i < part.count(); i++) {
          kernels.set(block, to + i, from[part.number() + i]);
        }
      }
    }
  }

  /**
   * {@link Kernels#multiply} with inputs on the left.
   *
   * @param column of the numbers; only in a block of one span other than 0
   * @param ones inputs that are 1, a row after the other
   */
  <A> void multiply(
      Kernels<A> kernels,
      int rows,
      A numbersOf,
      int column,
      Ones ones,
      A weights,
      Panels panels,
      A sums) {
    if (areNumbers()) {
      kernels.multiply(rows, numbersOf, column, weights, panels, sums);
      return;
    }
    kernels.begin(rows, weights, panels, sums);
    for (Part part : parts) {
      if (part.areOnes()) {
        kernels.addRows(rows, ones, part.at(), part.count(), weights, panels, sums);
      } else {
        kernels.multiplyOn(
            rows, part.count(), numbersOf, column + part.at(), weights, panels, part.input(), sums);
      }
    }
  }

  /** {@link Kernels#addProduct} with inputs on the left. */
  <A> void addProduct(
      Kernels<A> kernels,
      int rows,
      A numbersOf,
      int column,
      Ones ones,
      A slopes,
      A gradient,
      Panels panels) {
    if (areNumbers()) {
      kernels.addProduct(rows, numbersOf, column, slopes, gradient, panels);
      return;
    }
    for (Part part : parts) {
      if (part.areOnes()) {
        kernels.addToRows(rows, ones, part.at(), part.count(), slopes, gradient, panels);
      } else {
        kernels.addProductOn(
            rows,
            part.count(),
            numbersOf,
            column + part.at(),
            slopes,
            gradient,
            panels,
            part.input());
      }
    }
  }

  /**
   * {@link Kernels#outputs} of inputs.
   *
   * @param partial room for rows × {@link Kernels#LANES} sums
   */
  <A> void outputs(
      Kernels<A> kernels,
      int rows,
      A numbersOf,
      int column,
      Ones ones,
      A w,
      int wAt,
      double bias,
      A partial,
      A z) {
    if (areNumbers()) {
      kernels.outputs(rows, numbers, numbersOf, column, w, wAt, bias, z);
      return;
    }
    kernels.fill(partial, 0, rows * Kernels.LANES, 0);
    for (Part part : parts) {
      if (part.areOnes()) {
        kernels.addPartialOnes(rows, ones, part.at(), part.count(), w, wAt, partial);
      } else {
        kernels.addPartial(
            rows, part.count(), numbersOf, column + part.at(), w, wAt, part.input(), partial);
      }
    }
    kernels.outputs(rows, partial, bias, z);
  }

  /** {@link Kernels#addOutputGradient} of inputs. */
  <A> void addOutputGradient(
      Kernels<A> kernels,
      int rows,
      A deltas,
      A numbersOf,
      int column,
      Ones ones,
      A gradient,
      int weightsAt,
      int biasAt) {
    if (areNumbers()) {
      kernels.addOutputGradient(
          rows, numbers, deltas, numbersOf, column, gradient, weightsAt, biasAt);
      return;
    }
    for (Part part : parts) {
      if (part.areOnes()) {
        kernels.addOutputOnes(rows, deltas, ones, part.at(), part.count(), gradient, weightsAt);
      } else {
        kernels.addOutputOn(
            rows,
            part.count(),
            deltas,
            numbersOf,
            column + part.at(),
            gradient,
            weightsAt + part.input());
      }
    }
    kernels.addOutputGradient(rows, 0, deltas, numbersOf, column, gradient, weightsAt, biasAt);
  }

  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof Inputs that && oneHot.equals(that.oneHot);
  }

  @Override
  public int hashCode() {
    return oneHot.hashCode();
  }
}

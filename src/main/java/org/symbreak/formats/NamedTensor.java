package org.symbreak.formats;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import org.symbreak.guard.EntryPlace;
import org.symbreak.stack.NumberType;

/**
 * Numbers with a name, as safetensors, NumPy and Keras keep them.
 *
 * @param sizes of each dimension, each from 0
 * @param values the last dimension the fastest; finite
 */
record NamedTensor(String name, NumberType numbers, int[] sizes, double[] values) {
  /**
   * Reads numbers that have all been seen to be there.
   *
   * @param content as many numbers as the sizes say, in its byte order
   * @throws org.symbreak.problem.InputException where one is not finite, or there are too many
   */
  static NamedTensor read(
      EntryPlace place,
      String name,
      NumberType numbers,
      int[] sizes,
      ByteBuffer content,
      Budget budget) {
    int count = content.remaining() / numbers.bytes();
    budget.numbers(place, count);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = numbers.get(content);
      if (!Double.isFinite(values[i])) {
        throw place.refusal("finite numbers", String.valueOf(values[i]));
      }
    }
    return new NamedTensor(name, numbers, sizes, values);
  }

  /**
   * Bytes that a tensor takes.
   *
   * @throws org.symbreak.problem.InputException where they are not as many as there are
   */
  static void requireBytes(EntryPlace place, int[] sizes, int each, long found) {
    long bytes = each;
    for (int size : sizes) {
      bytes = size != 0 && bytes > Long.MAX_VALUE / size ? Long.MAX_VALUE : bytes * size;
    }
    if (bytes != found) {
      throw place.refusal(
          String.format(Locale.ROOT, "%d bytes for the shape %s", bytes, Arrays.toString(sizes)),
          String.valueOf(found));
    }
  }

  /** The numbers as bytes. */
  void put(ByteBuffer into) {
    for (double value : values) {
      numbers.put(into, value);
    }
  }

  /** The same name and kind, with other numbers. */
  NamedTensor with(double[] other, int... otherSizes) {
    return new NamedTensor(name, numbers, otherSizes, other);
  }

  /** A matrix, by its rows or by its columns. */
  double[][] matrix(boolean byColumns) {
    int rows = sizes[0];
    int columns = sizes[1];
    double[][] matrix = new double[byColumns ? columns : rows][byColumns ? rows : columns];
    for (int i = 0; i < values.length; i++) {
      if (byColumns) {
        matrix[i % columns][i / columns] = values[i];
      } else {
        matrix[i / columns][i % columns] = values[i];
      }
    }
    return matrix;
  }

  /** The same name and kind, with a matrix that is given by rows or by columns. */
  NamedTensor with(double[][] matrix, boolean byColumns) {
    int rows = byColumns ? matrix[0].length : matrix.length;
    int columns = byColumns ? matrix.length : matrix[0].length;
    double[] flat = new double[rows * columns];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = byColumns ? matrix[i % columns][i / columns] : matrix[i / columns][i % columns];
    }
    return with(flat, rows, columns);
  }
}

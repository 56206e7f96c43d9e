package org.symbreak.engine.fused;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.symbreak.data.EncodedRows;
import org.symbreak.data.OneHot;
import org.symbreak.network.Precision;

/**
 * Rows on their way to holders, chunk after chunk: of each row its numbers in the network's
 * precision, of each group which input is 1, the label, and its weight where rows have weights.
 *
 * @param rows all of them
 * @param precision in which the numbers are computed with
 * @param chunkRows rows of every chunk but the last, a multiple of {@link Kernels#ROWS}
 */
public record SentRows(EncodedRows rows, Precision precision, int chunkRows) {
  /** How many chunks there are. */
  public int chunks() {
    return all().count();
  }

  /** Rows of a chunk, from 0. */
  public int rows(int chunk) {
    return all().to(chunk) - all().from(chunk);
  }

  private Chunks all() {
    return new Chunks(rows.rows(), chunkRows);
  }

  /** Bytes that one row takes, there and on its way. */
  public long bytesOfRow() {
    OneHot oneHot = rows.oneHot();
    long number = precision == Precision.FLOAT ? Float.BYTES : Double.BYTES;
    long weight = rows.isWeighted() ? Double.BYTES : 0;
    return oneHot.numbers() * number + (long) oneHot.groups() * Integer.BYTES + 1 + weight;
  }

  /** Writes a chunk's rows. */
  public void write(int chunk, DataOutput out) throws IOException {
    OneHot oneHot = rows.oneHot();
    double[] numbers = new double[oneHot.numbers()];
    int[] ones = new int[oneHot.groups()];
    int to = all().to(chunk);
    out.writeBoolean(rows.isWeighted());
    for (int row = all().from(chunk); row < to; row++) {
      rows.inShort(row, numbers, ones);
      for (double number : numbers) {
        if (precision == Precision.FLOAT) {
          out.writeFloat((float) number);
        } else {
          out.writeDouble(number);
        }
      }
      for (int one : ones) {
        out.writeInt(one);
      }
      out.writeByte(rows.label(row));
      if (rows.isWeighted()) {
        out.writeDouble(rows.weight(row));
      }
    }
  }

  /**
   * Rows as they come in: each can be read once, in their order, its label after it, and then its
   * weight.
   */
  record Incoming(DataInput in, int rows, OneHot oneHot, Precision precision, boolean isWeighted)
      implements EncodedRows {
    @Override
    public int features() {
      return oneHot.features();
    }

    @Override
    public void features(int row, double[] into, int offset) {
      double[] numbers = new double[oneHot.numbers()];
      int[] ones = new int[oneHot.groups()];
      inShort(row, numbers, ones);
      oneHot.expand(numbers, ones, into, offset);
    }

    @Override
    public void inShort(int row, double[] numbers, int[] ones) {
      try {
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = precision == Precision.FLOAT ? in.readFloat() : in.readDouble();
        }
        for (int i = 0; i < ones.length; i++) {
          ones[i] = in.readInt();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public int label(int row) {
      try {
        return in.readByte();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public double weight(int row) {
      try {
        return isWeighted ? in.readDouble() : 1;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public long line(int row) {
      return row + 1L;
    }
  }
}

package org.symbreak.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.symbreak.data.EncodedRows;
import org.symbreak.random.Streams;

/**
 * Rows of a benchmark, in a file that every peer reads: features as 32-bit floats, row after row, then the labels as bytes; little-endian, no header.
 *
 * @param values row after row
 * @param labels 0 or 1
 */
public record BenchmarkRows(int features, float[] values, byte[] labels) implements EncodedRows {
  /** Normal features; the label follows a hidden direction, with noise. */
  public static BenchmarkRows draw(int rows, int features) {
    RandomGenerator random = Streams.of(1, rows, features);
    float[] values = new float[rows * features];
    byte[] labels = new byte[rows];
    for (int row = 0; row < rows; row++) {
      double sum = 2 * random.nextGaussian();
      for (int i = 0; i < features; i++) {
        float value = (float) random.nextGaussian();
        values[row * features + i] = value;
        sum += i % 2 == 0 ? value : -value;
      }
      labels[row] = (byte) (sum > 0 ? 1 : 0);
    }
    return new BenchmarkRows(features, values, labels);
  }

  void write(Path file) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length + labels.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    buffer.position(4 * values.length).put(labels);
    Files.write(file, buffer.array());
  }

  public static BenchmarkRows read(Path file, int rows, int features) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[rows * features];
    buffer.asFloatBuffer().get(values);
    byte[] labels = new byte[rows];
    buffer.position(4 * values.length).get(labels);
    return new BenchmarkRows(features, values, labels);
  }

  @Override
  public int rows() {
    return labels.length;
  }

  @Override
  public void features(int row, double[] into, int offset) {
    for (int i = 0; i < features; i++) {
      into[offset + i] = values[row * features + i];
    }
  }

  @Override
  public int label(int row) {
    return labels[row];
  }

  @Override
  public long line(int row) {
    return row + 1L;
  }
}

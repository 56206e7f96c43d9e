package org.symbreak.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * What a peer trains on, and how.
 *
 * @param values row after row
 * @param labels 0 or 1
 * @param start of each layer the weights, unit after unit, and the biases
 * @param batch rows a step
 * @param optimizer {@code sgd} or {@code adam}
 * @param threads of the library
 */
record Task(
    int rows,
    int features,
    float[] values,
    float[] labels,
    float[] start,
    int[] hidden,
    int batch,
    String optimizer,
    float rate,
    int threads) {
  /** From an order's words: ROWSFILE STARTFILE ROWS FEATURES HIDDEN BATCH OPTIMIZER RATE THREADS. */
  static Task parse(String[] words) throws IOException {
    int rows = Integer.parseInt(words[3]);
    int features = Integer.parseInt(words[4]);
    ByteBuffer read = little(words[1]);
    float[] values = new float[rows * features];
    read.asFloatBuffer().get(values);
    float[] labels = new float[rows];
    for (int row = 0; row < rows; row++) {
      labels[row] = read.get(4 * values.length + row);
    }
    ByteBuffer parameters = little(words[2]);
    float[] start = new float[parameters.capacity() / 4];
    parameters.asFloatBuffer().get(start);
    int[] hidden = Arrays.stream(words[5].split("/")).mapToInt(Integer::parseInt).toArray();
    return new Task(
        rows,
        features,
        values,
        labels,
        start,
        hidden,
        Math.min(rows, Integer.parseInt(words[6])),
        words[7],
        Float.parseFloat(words[8]),
        Integer.parseInt(words[9]));
  }

  private static ByteBuffer little(String file) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(Path.of(file))).order(ByteOrder.LITTLE_ENDIAN);
  }

  int layers() {
    return hidden.length + 1;
  }

  int inputs(int layer) {
    return layer == 0 ? features : hidden[layer - 1];
  }

  int units(int layer) {
    return layer == hidden.length ? 1 : hidden[layer];
  }

  /** The initial weights of a layer, unit after unit. */
  float[] weights(int layer) {
    return part(layer, 0, inputs(layer) * units(layer));
  }

  float[] biases(int layer) {
    return part(layer, inputs(layer) * units(layer), units(layer));
  }

  private float[] part(int layer, int from, int length) {
    int at = from;
    for (int before = 0; before < layer; before++) {
      at += (inputs(before) + 1) * units(before);
    }
    return Arrays.copyOfRange(start, at, at + length);
  }

  boolean inBatches() {
    return batch < rows;
  }

  /** Which rows each step takes: all of them once in a new order, and then again. */
  Batches batches() {
    return new Batches(rows, batch);
  }

  /** Parts of the rows in random order. */
  static final class Batches {
    private final int[] order;
    private final int batch;
    private final Random random = new Random(1);
    private int next;

    private Batches(int rows, int batch) {
      this.batch = batch;
      order = new int[rows];
      Arrays.setAll(order, row -> row);
      next = rows;
    }

    int[] next() {
      if (next == order.length) {
        for (int i = order.length - 1; i > 0; i--) {
          int j = random.nextInt(i + 1);
          int row = order[i];
          order[i] = order[j];
          order[j] = row;
        }
        next = 0;
      }
      int from = next;
      next = Math.min(order.length, from + batch);
      return Arrays.copyOfRange(order, from, next);
    }
  }
}

package org.symbreak.film;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.symbreak.guard.AtomicFile;
import org.symbreak.model.Importance;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;
import org.symbreak.symmetry.Measure;

/**
 * What pictures of a run need beyond metrics.csv, so that a report is drawn again without training:
 * frames of a film, and the probability of every row that was held out. Compressed JSON; arrays in
 * it are little-endian bytes in base64.
 *
 * @param version of this format, {@link #VERSION}
 * @param sizes inputs, units of each hidden layer, 1
 * @param activations of the hidden layers, a name each
 * @param inputs names of the features
 * @param points rows that pictures show
 * @param layers which units pictures show, a hidden layer each
 * @param frames in the order of their iterations
 * @param validation every validation row at the end; null while the run is not done, and without
 *     such rows
 * @param test every test row at the end; null likewise
 * @param contributions what each column contributes to the test rows' predictions; null without
 *     enough of them, where it would take long, and in what version 0.1.0 wrote
 */
public record History(
    int version,
    List<Integer> sizes,
    List<String> activations,
    List<String> inputs,
    Points points,
    List<Layer> layers,
    List<Frame> frames,
    Predictions validation,
    Predictions test,
    Contributions contributions) {
  public static final int VERSION = 1;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LARGEST = 64L << 20;

  public History {
    sizes = List.copyOf(sizes);
    activations = List.copyOf(activations);
    inputs = List.copyOf(inputs);
    Objects.requireNonNull(points, "points");
    layers = List.copyOf(layers);
    frames = List.copyOf(frames);
  }

  /**
   * Training rows in a plane: the two features themselves, or the two principal directions of more.
   *
   * @param coordinates float32, 2 a row
   * @param labels 0 or 1, a byte a row
   * @param lines of the data file
   * @param explained share of the features' variance that the plane shows, in [0, 1]
   * @param bounds smallest and largest first coordinate, then second, with a margin
   * @param side cells of a {@link Frame#field} along an edge; 0 where there are no fields
   */
  public record Points(
      byte[] coordinates,
      byte[] labels,
      List<Long> lines,
      double explained,
      List<Double> bounds,
      int side) {}

  /**
   * A hidden layer.
   *
   * @param units how many there are
   * @param shown which of them pictures show, from 0
   * @param histogram edges of the bins of {@link LayerFrame#histogram}, in sums of inputs z
   * @param flat values of z below and above which the function is flat; infinite ends as null
   */
  public record Layer(int units, List<Integer> shown, List<Double> histogram, List<Double> flat) {}

  /**
   * The run at one moment.
   *
   * @param iteration steps taken
   * @param epoch passes that are complete
   * @param loss of the last step's batch, penalty included; null where it is not finite
   * @param validationLoss null without validation rows
   * @param trainAccuracy share of the shown training rows that 0.5 divides rightly
   * @param validationAccuracy the same on validation rows; null without any
   * @param field probability of class 1 over the plane in steps of 1/255, a byte a cell, row after
   *     row from the smallest second coordinate on; empty with more than two features
   * @param probabilities of the shown rows, in steps of 1/255, a byte each
   * @param gradientNorms of the last step, a layer each, output last; empty before the first step
   * @param layers hidden layers
   */
  public record Frame(
      long iteration,
      long epoch,
      Double loss,
      Double validationLoss,
      double trainAccuracy,
      Double validationAccuracy,
      byte[] field,
      byte[] probabilities,
      List<Double> gradientNorms,
      List<LayerFrame> layers) {
    public Frame {
      gradientNorms = List.copyOf(gradientNorms);
      layers = List.copyOf(layers);
    }
  }

  /**
   * A hidden layer at one moment.
   *
   * @param distinct groups of units that are equal bit for bit
   * @param near groups of units that are equal to within the tolerance
   * @param groups uint16, the group of each shown unit: units of one number are the same bits
   * @param nearGroups the same to within the tolerance
   * @param sizes how many units the group of each shown unit has, uint16
   * @param weights float32, of each shown unit its incoming weights, then its bias
   * @param histogram sums of inputs z a bin, as a byte in steps of 1/255 of the fullest
   * @param unitSaturated share of rows in the flat zones, in steps of 1/255, a byte a shown unit
   * @param unitDead 1 where a shown unit is never active, a byte each
   * @param spread largest difference within the groups that were equal at the beginning; null
   *     without any
   * @param ulps the same in units of the last place
   * @param figures {@link Measure#figures} by their keys, as metrics.csv has them; in JSON fields
   *     like the others
   */
  public record LayerFrame(
      int distinct,
      int near,
      byte[] groups,
      byte[] nearGroups,
      byte[] sizes,
      byte[] weights,
      byte[] histogram,
      byte[] unitSaturated,
      byte[] unitDead,
      Double spread,
      Long ulps,
      @JsonAnyGetter @JsonAnySetter Map<String, Double> figures) {}

  /**
   * Held-out rows and what the kept model says of them.
   *
   * @param probabilities float32
   * @param labels 0 or 1, a byte a row
   * @param lines of the data file
   * @param of how many rows there are; more than are kept here where an even sample is
   */
  public record Predictions(byte[] probabilities, byte[] labels, List<Long> lines, int of) {}

  /**
   * What columns contribute.
   *
   * @param rows how many test rows it was measured on
   * @param columns the most important first
   */
  public record Contributions(int rows, List<Importance> columns) {
    public Contributions {
      columns = List.copyOf(columns);
    }
  }

  /** Writes it whole or not at all. */
  public void write(Path file) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          GZIPOutputStream zip = new GZIPOutputStream(out);
          zip.write(JSON.writeValueAsBytes(this));
          zip.finish();
        });
  }

  /**
   * @throws InputException where it is not such a file
   */
  public static History read(Path file) {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      byte[] json = in.readNBytes((int) LARGEST + 1);
      if (json.length > LARGEST) {
        throw InputException.of(file.toString(), "at most 64 MiB of history", "more");
      }
      History history = JSON.readValue(json, History.class);
      if (history.version != VERSION) {
        throw InputException.of(
            file.toString(), "history of version " + VERSION, "version " + history.version);
      }
      return history;
    } catch (IOException e) {
      throw new InputException(
          List.of(new Problem(file.toString(), "the history of a run", "a file that is damaged")),
          e);
    }
  }

  static byte[] floats(double[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      buffer.putFloat((float) value);
    }
    return buffer.array();
  }

  static byte[] shorts(int[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      buffer.putShort((short) Math.min(value, 0xFFFF));
    }
    return buffer.array();
  }

  /** What {@link #shorts} wrote. */
  static int[] numbers(byte[] shorts) {
    int[] numbers = new int[shorts.length / Short.BYTES];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (shorts[2 * i] & 0xFF) | (shorts[2 * i + 1] & 0xFF) << 8;
    }
    return numbers;
  }

  /** The value, or null for what JSON has no word for. */
  static Double finite(Double value) {
    return value != null && Double.isFinite(value) ? value : null;
  }

  /** Shares of [0, 1] in steps of 1/255. */
  static byte[] shares(double[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(255 * Math.min(Math.max(values[i], 0), 1));
    }
    return bytes;
  }
}

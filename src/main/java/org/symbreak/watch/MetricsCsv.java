package org.symbreak.watch;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.symbreak.guard.AtomicFile;
import org.symbreak.problem.FileFault;
import org.symbreak.symmetry.LayerSymmetry;
import org.symbreak.symmetry.Measure;

/**
 * Writes each record as a row of metrics.csv as it comes: iteration, epoch, loss, validationLoss,
 * then of each hidden layer every {@link Measure}, as {@code layer1.effectiveRank}, and its
 * gradient's norm; last the output's. Numbers round-trip exactly; what is undefined is an empty
 * cell. Rows stand in the order of their iterations once it is closed.
 */
public final class MetricsCsv implements Consumer<SimilarityRecord>, Closeable {
  private static final String GRADIENT_NORM = "gradientNorm";

  private final Path file;
  private final FileChannel channel;
  private final BufferedWriter writer;
  private boolean headed;
  private long latest = -1;
  private final List<String> late = new ArrayList<>();

  private MetricsCsv(Path file, FileChannel channel, boolean headed) {
    this.file = file;
    this.channel = channel;
    this.writer = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
    this.headed = headed;
  }

  /** Begins the file, or goes on behind its last row where it is there; see {@link #cutBack}. */
  public static MetricsCsv append(Path file) throws IOException {
    boolean headed = Files.exists(file) && Files.size(file) > 0;
    return new MetricsCsv(
        file,
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
        headed);
  }

  /**
   * Drops the rows of iterations after this one, and a last row that was not written to its end, so
   * that a resumed run goes on from there. Does nothing without the file.
   */
  public static void cutBack(Path file, long iteration) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    String text = Files.readString(file);
    List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    String kept =
        lines.stream()
            .filter(line -> line.equals(lines.get(0)) || iteration(line) <= iteration)
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    AtomicFile.write(file, out -> out.write(kept.getBytes(StandardCharsets.UTF_8)));
  }

  private static long iteration(String line) {
    return Long.parseLong(line.substring(0, line.indexOf(',')));
  }

  /**
   * Writes a row; one of an earlier iteration than the last gets its place once this is closed.
   *
   * @throws UncheckedIOException where the file cannot be written
   */
  @Override
  public void accept(SimilarityRecord similarity) {
    try {
      if (!headed) {
        writer.write(line(header(similarity)));
        headed = true;
      }
      if (similarity.iteration() < latest) {
        late.add(line(row(similarity)));
        return;
      }
      latest = similarity.iteration();
      writer.write(line(row(similarity)));
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(FileFault.at(file, e));
    }
  }

  /** By the return, every row that was accepted is on the disk. */
  public void force() throws IOException {
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    writer.close();
    if (!late.isEmpty()) {
      List<String> lines = new ArrayList<>(Files.readString(file).lines().toList());
      String header = lines.remove(0);
      late.forEach(line -> lines.add(line.strip()));
      lines.sort(Comparator.comparingLong(MetricsCsv::iteration));
      String whole = header + "\n" + String.join("\n", lines) + "\n";
      AtomicFile.write(file, out -> out.write(whole.getBytes(StandardCharsets.UTF_8)));
      late.clear();
    }
  }

  private static String line(List<?> cells) {
    return cells.stream()
            .map(cell -> cell == null ? "" : cell.toString())
            .collect(Collectors.joining(","))
        + "\n";
  }

  private static List<String> header(SimilarityRecord similarity) {
    List<String> header = new ArrayList<>(List.of("iteration", "epoch", "loss", "validationLoss"));
    for (LayerSymmetry layer : similarity.layers()) {
      String prefix = "layer" + layer.layer() + ".";
      for (Measure measure : Measure.values()) {
        header.add(prefix + measure.key());
      }
      header.add(prefix + GRADIENT_NORM);
    }
    header.add("output." + GRADIENT_NORM);
    return header;
  }

  private static List<Object> row(SimilarityRecord similarity) {
    List<Object> row = new ArrayList<>();
    row.add(similarity.iteration());
    row.add(similarity.epoch());
    row.add(similarity.loss());
    row.add(similarity.validationLoss());
    for (LayerSymmetry layer : similarity.layers()) {
      for (Measure measure : Measure.values()) {
        row.add(measure.of(layer));
      }
      row.add(similarity.gradientNorm(layer.layer()));
    }
    row.add(similarity.gradientNorm(similarity.gradientNorms().size()));
    return row;
  }
}

package org.symbreak.experiment;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.symbreak.data.StrictCsvRecordReader;
import org.symbreak.guard.AtomicFile;
import org.symbreak.guard.Destination;
import org.symbreak.guard.SoleWriter;
import org.symbreak.problem.FileFault;
import org.symbreak.problem.InputException;

/**
 * The runs that are done, a line each, in a CSV file that only ever grows. A line is on the disk
 * before anybody is told so; whatever kills the process, at worst the line that was being written
 * is torn, and opening the ledger again cuts it off. One process at a time writes to it, whoever
 * reads it meanwhile. Not thread safe.
 */
public final class Ledger implements AutoCloseable {
  private final Path path;
  private final SoleWriter lock;
  private final FileChannel file;

  private Ledger(Path path, SoleWriter lock, FileChannel file) {
    this.path = path;
    this.lock = lock;
    this.file = file;
  }

  /**
   * Opens a ledger to append to, and makes it if it is not there.
   *
   * @throws InputException where it is no ledger, or somebody else writes to it
   */
  public static Ledger open(Path path) throws IOException {
    SoleWriter lock = lock(path);
    try {
      return open(path, lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static Ledger open(Path path, SoleWriter lock) throws IOException {
    if (Files.exists(path)) {
      renew(path);
    }
    FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      byte[] whole = wholeLines(Files.readAllBytes(path));
      parse(path, whole);
      file.truncate(whole.length);
      file.position(whole.length);
      Ledger ledger = new Ledger(path, lock, file);
      if (whole.length == 0) {
        ledger.write(List.of(Column.headers()));
      }
      return ledger;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Gives a ledger of 0.1.0 the columns that have come since. */
  private static void renew(Path path) throws IOException {
    byte[] whole = wholeLines(Files.readAllBytes(path));
    String[] lines = new String(whole, StandardCharsets.UTF_8).split("\n", 2);
    if (lines[0].equals(String.join(",", Column.headers().subList(0, Column.IN_FIRST_VERSION)))) {
      List<List<String>> renewed = new ArrayList<>(List.of(Column.headers()));
      parse(path, whole).forEach(row -> renewed.add(row.cells()));
      byte[] text = text(renewed).getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(Destination.file(path), out -> out.write(text));
    }
  }

  /**
   * Deletes a ledger if it is there.
   *
   * @throws InputException where somebody else writes to it
   */
  static void delete(Path path) throws IOException {
    if (Files.exists(path)) {
      SoleWriter lock = lock(path);
      try (lock) {
        Files.deleteIfExists(path);
      }
    }
  }

  /**
   * The rows of a ledger that may be growing; a line that is not complete is left out.
   *
   * @throws InputException where it is no ledger
   */
  public static List<LedgerRow> read(Path path) throws IOException {
    return Files.exists(path) ? parse(path, wholeLines(Files.readAllBytes(path))) : List.of();
  }

  /** Appends rows; on return they are on the disk. */
  public void append(List<LedgerRow> rows) {
    try {
      write(rows.stream().map(LedgerRow::cells).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(FileFault.at(path, e));
    }
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      file.close();
    }
  }

  private void write(List<List<String>> lines) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text(lines).getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
    file.force(false);
  }

  private static String text(List<List<String>> lines) {
    StringBuilder text = new StringBuilder();
    for (List<String> cells : lines) {
      text.append(cells.stream().map(Ledger::quoted).collect(Collectors.joining(","))).append('\n');
    }
    return text.toString();
  }

  private static String quoted(String cell) {
    return cell.matches("[^,\"\r\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  private static SoleWriter lock(Path path) throws IOException {
    Path file = lockOf(path);
    Optional<SoleWriter> lock = SoleWriter.take(file);
    if (lock.isEmpty()) {
      throw InputException.of(
          path.toString(),
          "a ledger that nobody else writes to",
          "one that another has open: " + SoleWriter.holder(file));
    }
    return lock.get();
  }

  /** Whether somebody is writing to a ledger. */
  static boolean isBeingWritten(Path path) throws IOException {
    return Files.exists(path) && SoleWriter.isTaken(lockOf(path));
  }

  private static Path lockOf(Path path) {
    return path.resolveSibling(path.getFileName().toString().replaceFirst("\\.csv$", "") + ".lock");
  }

  private static byte[] wholeLines(byte[] bytes) {
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] != '\n') {
      length--;
    }
    return java.util.Arrays.copyOf(bytes, length);
  }

  private static boolean isOfFirstVersion(List<String> header) {
    return header.equals(Column.headers().subList(0, Column.IN_FIRST_VERSION));
  }

  private static List<LedgerRow> parse(Path path, byte[] whole) {
    if (whole.length == 0) {
      return List.of();
    }
    List<List<String>> lines =
        StrictCsvRecordReader.readAll(path.toString(), new ByteArrayInputStream(whole));
    int missing = Column.headers().size() - lines.get(0).size();
    if (isOfFirstVersion(lines.get(0))) {
      return lines.stream().skip(1).map(cells -> LedgerRow.padded(cells, missing)).toList();
    }
    if (!lines.get(0).equals(Column.headers())) {
      throw InputException.of(
          path + " line 1",
          "the columns of a ledger, run,data,initialization,...",
          "'" + String.join(",", lines.get(0)) + "'");
    }
    return lines.stream().skip(1).map(LedgerRow::new).toList();
  }
}

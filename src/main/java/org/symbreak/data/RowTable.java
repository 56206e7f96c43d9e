package org.symbreak.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of 64-bit slots that grows at its end, row after row: on the heap up to a size, beyond it
 * in a temporary file that goes away with the table. The file is read some rows at a time rather
 * than mapped, so that the memory a process takes does not grow with it. Each slot can be read as a
 * long or as a double of the same bits. Once it is filled, any number of threads may read, each by
 * a {@link Cursor} of its own.
 */
final class RowTable implements AutoCloseable {
  private static final int PAGE_BYTES = 1 << 20;

  /** Bytes that a cursor reads at once where rows are read one after the other. */
  private static final int AHEAD_BYTES = 1 << 16;

  private final int width;
  private final int rowBytes;
  private final int rowsOfPage;
  private final int heapPages;
  private final List<ByteBuffer> pages = new ArrayList<>();
  private int rows;

  /** What is appended to, a page of the heap or what goes to the file next. */
  private LongBuffer last = LongBuffer.allocate(0);

  private ByteBuffer unwritten;
  private FileChannel file;

  /** Rows in pages of the heap or in the file. */
  private int written;

  /**
   * @param width slots of a row, from 1
   * @param heapBytes how much may lie on the heap; the values do not depend on it
   */
  RowTable(int width, long heapBytes) {
    this.width = width;
    this.rowBytes = width * Long.BYTES;
    this.rowsOfPage = Math.max(1, PAGE_BYTES / rowBytes);
    this.heapPages =
        (int) Math.min(Integer.MAX_VALUE / rowsOfPage, heapBytes / ((long) rowsOfPage * rowBytes));
  }

  int rows() {
    return rows;
  }

  /** Appends a row of this table's width. */
  void append(long[] row) {
    if (rows == Integer.MAX_VALUE) {
      throw new IllegalStateException("a table holds at most " + Integer.MAX_VALUE + " rows");
    }
    if (!last.hasRemaining()) {
      turnPage();
    }
    last.put(row, 0, width);
    rows++;
  }

  private void turnPage() {
    if (pages.size() < heapPages) {
      ByteBuffer page = page(rowsOfPage);
      pages.add(page);
      last = page.asLongBuffer();
      written = pages.size() * rowsOfPage;
    } else {
      write();
    }
  }

  private ByteBuffer page(int rowsOf) {
    return ByteBuffer.allocate(rowsOf * rowBytes).order(ByteOrder.nativeOrder());
  }

  /** Moves the rows that are in neither yet to the file. */
  private synchronized void write() {
    if (unwritten == null) {
      unwritten = page(rowsOfPage);
      last = unwritten.asLongBuffer();
      return;
    }
    try {
      if (file == null) {
        file = open();
      }
      unwritten.clear().limit(last.position() * Long.BYTES);
      for (long at = offset(written); unwritten.hasRemaining(); ) {
        at += file.write(unwritten, at);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "no room for the encoded rows in "
              + System.getProperty("java.io.tmpdir")
              + " (choose another directory with -Djava.io.tmpdir=DIR): "
              + e.getMessage(),
          e);
    }
    written += last.position() / width;
    last.clear();
  }

  private static FileChannel open() throws IOException {
    Path path =
        Files.createTempFile("symbreak-rows-" + ProcessHandle.current().pid() + "-", ".tmp");
    return FileChannel.open(
        path,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** Where a row stands in the file. */
  private long offset(int row) {
    return (row - (long) pages.size() * rowsOfPage) * rowBytes;
  }

  /** A new way to read the table. */
  Cursor cursor() {
    return new Cursor();
  }

  /** Reads rows in any order, fastest one after the other. Not thread safe. */
  final class Cursor {
    private final int ahead = Math.max(1, Math.min(rowsOfPage, AHEAD_BYTES / rowBytes));
    private int first;
    private int end;
    private LongBuffer longs;
    private DoubleBuffer doubles;

    /** What is read from the file; null until then. */
    private ByteBuffer window;

    private LongBuffer windowLongs;
    private DoubleBuffer windowDoubles;

    private Cursor() {}

    long bits(int row, int column) {
      seek(row);
      return longs.get((row - first) * width + column);
    }

    /** Copies the first {@code count} slots of a row as doubles. */
    void copy(int row, double[] into, int offset, int count) {
      seek(row);
      doubles.get((row - first) * width, into, offset, count);
    }

    private void seek(int row) {
      if (row >= first && row < end) {
        return;
      }
      if (row < 0 || row >= rows) {
        throw new IndexOutOfBoundsException(row + " of " + rows + " rows");
      }
      int page = row / rowsOfPage;
      if (page < pages.size()) {
        longs = pages.get(page).asLongBuffer();
        doubles = pages.get(page).asDoubleBuffer();
        first = page * rowsOfPage;
        end = Math.min(rows - first, rowsOfPage) + first;
      } else {
        read(row, Math.min(rows - row, row == end ? ahead : 1));
      }
    }

    private void read(int row, int count) {
      if (row + count > written) {
        write();
      }
      if (window == null) {
        window = page(ahead);
        windowLongs = window.asLongBuffer();
        windowDoubles = window.asDoubleBuffer();
      }
      window.clear().limit(count * rowBytes);
      try {
        long from = offset(row);
        while (window.hasRemaining()) {
          if (file.read(window, from + window.position()) < 0) {
            throw new IOException("its end came too early");
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(
            "the encoded rows could not be read back: " + e.getMessage(), e);
      }
      longs = windowLongs;
      doubles = windowDoubles;
      first = row;
      end = row + count;
    }
  }

  @Override
  public void close() {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

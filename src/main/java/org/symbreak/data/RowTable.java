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
import java.util.Arrays;

/**
 * A table of 64-bit slots that grows at its end, row after row: on the heap up to a size, beyond it
 * in a temporary file that is mapped into memory and goes away with the table. Each slot can be
 * read as a long or as a double of the same bits. Safe for concurrent reading.
 */
final class RowTable implements AutoCloseable {
  private static final int PAGE_BYTES = 1 << 20;
  private static final int LARGEST_SEGMENT = 64;

  private final int width;
  private final int shift;
  private final int mask;
  private final int pageBytes;
  private final long heapBytes;
  private LongBuffer[] longs = new LongBuffer[4];
  private DoubleBuffer[] doubles = new DoubleBuffer[4];
  private int pages;
  private int rows;
  private FileChannel file;
  private ByteBuffer segment = ByteBuffer.allocate(0);
  private int segmentPages = 1;

  /**
   * @param width slots of a row, from 1
   * @param heapBytes how much may lie on the heap; the values do not depend on it
   */
  RowTable(int width, long heapBytes) {
    this.width = width;
    this.shift =
        Math.max(0, 31 - Integer.numberOfLeadingZeros(PAGE_BYTES / (Long.BYTES * width) | 1));
    this.mask = (1 << shift) - 1;
    this.pageBytes = width * Long.BYTES << shift;
    this.heapBytes = heapBytes;
  }

  int rows() {
    return rows;
  }

  /** Appends a row of this table's width. */
  void append(long[] row) {
    if (rows == Integer.MAX_VALUE) {
      throw new IllegalStateException("a table holds at most " + Integer.MAX_VALUE + " rows");
    }
    int page = rows >>> shift;
    if (page == pages) {
      addPage();
    }
    longs[page].put((rows & mask) * width, row, 0, width);
    rows++;
  }

  long bits(int row, int column) {
    return longs[row >>> shift].get((row & mask) * width + column);
  }

  /** Copies the first {@code count} slots of a row as doubles. */
  void copy(int row, double[] into, int offset, int count) {
    doubles[row >>> shift].get((row & mask) * width, into, offset, count);
  }

  private void addPage() {
    if (pages == longs.length) {
      longs = Arrays.copyOf(longs, 2 * pages);
      doubles = Arrays.copyOf(doubles, 2 * pages);
    }
    ByteBuffer page =
        (long) (pages + 1) * pageBytes <= heapBytes ? ByteBuffer.allocate(pageBytes) : mappedPage();
    page.order(ByteOrder.nativeOrder());
    longs[pages] = page.asLongBuffer();
    doubles[pages] = page.asDoubleBuffer();
    pages++;
  }

  /** Segments double in size, so that small tables make small files and large ones few mappings. */
  private ByteBuffer mappedPage() {
    if (!segment.hasRemaining()) {
      segment = map(segmentPages);
      segmentPages = Math.min(LARGEST_SEGMENT, 2 * segmentPages);
    }
    ByteBuffer page = segment.slice(segment.position(), pageBytes);
    segment.position(segment.position() + pageBytes);
    return page;
  }

  /**
   * The space is written before it is mapped: a full disk is then an exception here rather than a
   * fault of the machine later.
   */
  private ByteBuffer map(int count) {
    Path path = null;
    try {
      if (file == null) {
        path = Files.createTempFile("symbreak-rows-" + ProcessHandle.current().pid() + "-", ".tmp");
        file =
            FileChannel.open(
                path,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
      }
      long start = file.size();
      ByteBuffer zeros = ByteBuffer.allocate(pageBytes);
      for (int i = 0; i < count; i++) {
        zeros.rewind();
        for (long at = start + (long) i * pageBytes; zeros.hasRemaining(); ) {
          at += file.write(zeros, at);
        }
      }
      return file.map(FileChannel.MapMode.READ_WRITE, start, (long) count * pageBytes);
    } catch (IOException e) {
      String place =
          path == null ? System.getProperty("java.io.tmpdir") : path.getParent().toString();
      throw new UncheckedIOException(
          "no room for the encoded rows in "
              + place
              + " (choose another directory with -Djava.io.tmpdir=DIR): "
              + e.getMessage(),
          e);
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

package org.symbreak.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/**
 * The text in a compressed file, refused where it is far larger than texts are. Reads the file to
 * its very end before the text ends.
 */
final class Expanded extends InputStream {
  /** Bytes that a text may have. */
  static final long BYTES = 1L << 36;

  /** Bytes up to which it does not matter how far a file expands. */
  static final long SMALL = 1L << 26;

  /** Bytes of text that a byte of a larger file may become. */
  static final long RATIO = 250;

  private final String name;
  private final Compression compression;
  private final Counted compressed;
  private final InputStream text;
  private long bytes;

  /**
   * @param in closed with this
   * @throws InputException where the file is damaged at its very beginning
   */
  Expanded(String name, Compression compression, InputStream in) throws IOException {
    this.name = name;
    this.compression = compression;
    this.compressed = new Counted(in);
    try {
      this.text = compression.decode(compressed);
    } catch (IOException | RuntimeException e) {
      throw fault(e);
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count;
    try {
      count = text.read(into, offset, length);
      if (count < 0) {
        compressed.skipToEnd();
      }
    } catch (IOException | RuntimeException e) {
      throw fault(e);
    }
    bytes += Math.max(0, count);
    if (bytes > BYTES || bytes > SMALL && bytes > RATIO * compressed.bytes) {
      throw InputException.of(
          name,
          bytes > BYTES
              ? "a text of at most " + BYTES + " bytes"
              : "a text at most " + RATIO + " times as large as the compressed file",
          "more",
          compression.command(name));
    }
    return count;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** Decoders answer damaged files with exceptions of many kinds. */
  private RuntimeException fault(Exception e) throws IOException {
    if (e instanceof UncheckedIOException reading) {
      throw reading.getCause();
    }
    String said = e.getMessage();
    String found =
        said != null && said.startsWith("an ") ? said : "one that is damaged or was cut off";
    return new InputException(
        List.of(new Problem(name, compression.title() + " of one table", found)), e);
  }

  @Override
  public void close() throws IOException {
    text.close();
    compressed.close();
  }

  /** The file's own bytes. What goes wrong in reading them is no damage of what they say. */
  private static final class Counted extends FilterInputStream {
    private long bytes;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      try {
        int count = in.read(into, offset, length);
        bytes += Math.max(0, count);
        return count;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public long skip(long count) {
      return Math.max(0, read(new byte[(int) Math.min(count, 1 << 13)]));
    }

    @Override
    public int read(byte[] into) {
      return read(into, 0, into.length);
    }

    void skipToEnd() {
      byte[] passed = new byte[1 << 13];
      while (read(passed) >= 0) {
        // what stands behind the text, such as a zip's directory
      }
    }
  }
}

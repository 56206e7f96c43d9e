package org.symbreak.cli;

import java.io.FilterOutputStream;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Standard output. Any {@link PrintWriter} is silent where it cannot write, as on a full disk; this
 * one keeps the reason, for whoever asks.
 */
final class StandardOutput extends PrintWriter {
  private final Bytes bytes;

  StandardOutput(OutputStream out) {
    this(new Bytes(out));
  }

  private StandardOutput(Bytes bytes) {
    super(new OutputStreamWriter(bytes, StandardCharsets.UTF_8), true);
    this.bytes = bytes;
  }

  /**
   * Writes out what is left.
   *
   * @throws ClosedPipeException where nobody reads any more
   * @throws IOException where something could not be written for another reason
   */
  void requireWritten() throws IOException {
    if (checkError()) {
      throw ClosedPipeException.isMeantBy(bytes.failure)
          ? new ClosedPipeException(bytes.failure)
          : new IOException("standard output: " + bytes.failure.getMessage(), bytes.failure);
    }
  }

  /** The same output for long streams, which end at the first failure instead of going on. */
  Writer rows() {
    return new FilterWriter(this) {
      @Override
      public void write(int c) throws IOException {
        super.write(c);
        requireWritten();
      }

      @Override
      public void write(char[] text, int from, int length) throws IOException {
        super.write(text, from, length);
        requireWritten();
      }

      @Override
      public void write(String text, int from, int length) throws IOException {
        super.write(text, from, length);
        requireWritten();
      }
    };
  }

  /** Keeps the first failure. */
  private static final class Bytes extends FilterOutputStream {
    private IOException failure;

    private Bytes(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] some, int from, int length) throws IOException {
      try {
        out.write(some, from, length);
      } catch (IOException e) {
        throw kept(e);
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException e) {
        throw kept(e);
      }
    }

    private IOException kept(IOException e) {
      failure = failure == null ? e : failure;
      return e;
    }
  }
}

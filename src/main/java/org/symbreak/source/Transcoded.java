package org.symbreak.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.symbreak.problem.InputException;

/** A text in another encoding as UTF-8. Bytes that are none of its characters are refused. */
final class Transcoded extends InputStream {
  private static final int SIZE = 1 << 13;

  private final InputStream in;
  private final String name;
  private final Charset encoding;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(SIZE).flip();
  private final CharBuffer characters = CharBuffer.allocate(SIZE);
  private byte[] utf8 = new byte[0];
  private int at;
  private long line = 1;
  private boolean inEnded;
  private boolean ended;
  private InputException fault;

  /**
   * @param name of the file
   * @param in closed with this
   */
  Transcoded(String name, InputStream in, Charset encoding) {
    this.name = name;
    this.in = in;
    this.encoding = encoding;
    this.decoder =
        encoding
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    while (at == utf8.length) {
      if (fault != null) {
        throw fault;
      }
      if (ended) {
        return -1;
      }
      decode();
    }
    int count = Math.min(length, utf8.length - at);
    System.arraycopy(utf8, at, into, offset, count);
    at += count;
    return count;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  private void decode() throws IOException {
    if (!inEnded) {
      bytes.compact();
      int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
      inEnded = count < 0;
      bytes.position(bytes.position() + Math.max(0, count)).flip();
    }
    int kept = characters.position();
    CoderResult result = decoder.decode(bytes, characters, inEnded);
    if (inEnded && result.isUnderflow()) {
      ended = decoder.flush(characters).isUnderflow();
    }
    characters.flip();
    // half of a pair waits for its other half
    int whole = characters.limit();
    if (whole > 0 && !ended && Character.isHighSurrogate(characters.get(whole - 1))) {
      whole--;
    }
    for (int i = kept; i < whole; i++) {
      line += characters.get(i) == '\n' ? 1 : 0;
    }
    utf8 = characters.subSequence(0, whole).toString().getBytes(StandardCharsets.UTF_8);
    at = 0;
    characters.position(whole).compact();
    if (result.isError()) {
      fault =
          InputException.of(
              name + " line " + line,
              encoding.name() + " text",
              "bytes that are no character of it",
              "--encoding UTF-8");
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

package org.symbreak.serve;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.symbreak.problem.InputException;

/**
 * The body of one request, read as it comes, without a thread that waits for it. What is more than
 * the limit is read and dropped, so that the client is there for the answer.
 */
final class RequestBody {
  private static final int MOST_DROPPED = 1 << 28;

  private final Content.Source source;
  private final int most;
  private final Consumer<byte[]> read;
  private final Consumer<Throwable> failed;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private long length;

  private RequestBody(
      Content.Source source, int most, Consumer<byte[]> read, Consumer<Throwable> failed) {
    this.source = source;
    this.most = most;
    this.read = read;
    this.failed = failed;
  }

  /**
   * Reads the body to its end.
   *
   * @param most bytes that it may have
   * @param read gets the body
   * @param failed gets an {@link InputException} where it is too long, else what went wrong
   */
  static void read(
      Content.Source source, int most, Consumer<byte[]> read, Consumer<Throwable> failed) {
    new RequestBody(source, most, read, failed).readOn();
  }

  private void readOn() {
    while (true) {
      Content.Chunk chunk = source.read();
      if (chunk == null) {
        source.demand(this::readOn);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        failed.accept(chunk.getFailure());
        return;
      }
      keep(chunk.getByteBuffer());
      chunk.release();
      if (length > most && (chunk.isLast() || length > MOST_DROPPED)) {
        failed.accept(InputException.of("request", "at most " + most + " bytes", "more"));
        return;
      }
      if (chunk.isLast()) {
        read.accept(kept.toByteArray());
        return;
      }
    }
  }

  private void keep(ByteBuffer bytes) {
    length += bytes.remaining();
    if (length > most) {
      kept.reset();
      return;
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    kept.write(copy, 0, copy.length);
  }
}

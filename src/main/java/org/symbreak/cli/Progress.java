package org.symbreak.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a piece of work is: a live bar on a terminal, a plain line now and then without one. */
interface Progress extends AutoCloseable {
  /**
   * @param done steps so far
   * @param words that say more, such as the loss; may be empty
   */
  void to(long done, String words);

  @Override
  void close();

  /**
   * @param err where to tell it
   * @param task what is done, in a word or two
   * @param total steps at the most, from 1
   */
  static Progress begin(PrintWriter err, String task, long total) {
    return Terminal.isThere() ? new Bar(task, total) : new Lines(err, task, total);
  }

  /** On a terminal; gone when closed. What is said meanwhile appears above it. */
  final class Bar implements Progress {
    private final PrintStream terminal = System.err;
    private final ProgressBar bar;

    private Bar(String task, long total) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(100)
              .setConsumer(new ConsoleProgressBarConsumer(terminal))
              .clearDisplayOnFinish()
              .build();
      System.setErr(new PrintStream(new AboveBar(terminal), true, StandardCharsets.UTF_8));
    }

    @Override
    public void to(long done, String words) {
      bar.stepTo(done);
      bar.setExtraMessage(words);
    }

    @Override
    public void close() {
      System.setErr(terminal);
      bar.close();
    }
  }

  /**
   * Clears the bar's line before each piece of output; the bar draws itself again a moment later.
   */
  final class AboveBar extends FilterOutputStream {
    private static final byte[] CLEAR_LINE = "\r\033[K".getBytes(StandardCharsets.US_ASCII);

    private AboveBar(OutputStream terminal) {
      super(terminal);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(CLEAR_LINE);
      out.write(bytes, from, length);
    }
  }

  /**
   * Without a terminal: a line at every tenth of the way, but none in the first seconds and never
   * two within a few.
   */
  final class Lines implements Progress {
    private static final long SECONDS_BETWEEN = 5;

    private final PrintWriter err;
    private final String task;
    private final long total;
    private long lastLine = System.nanoTime();
    private long lastTenth;

    private Lines(PrintWriter err, String task, long total) {
      this.err = err;
      this.task = task;
      this.total = Math.max(1, total);
    }

    @Override
    public void to(long done, String words) {
      long tenth = done * 10 / total;
      if (tenth > lastTenth && System.nanoTime() - lastLine > SECONDS_BETWEEN * 1_000_000_000L) {
        err.printf(
            Locale.ROOT, "%s: %d of %d (%d %%) %s%n", task, done, total, done * 100 / total, words);
        err.flush();
        lastTenth = tenth;
        lastLine = System.nanoTime();
      }
    }

    @Override
    public void close() {
      // every line is out
    }
  }
}

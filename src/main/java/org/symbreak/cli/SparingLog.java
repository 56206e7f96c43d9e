package org.symbreak.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps the log of the hidden units' similarity readable: of a run's lines it passes the first five
 * and then the 8th, 16th, 32nd and so on, as most happens at the beginning. metrics.csv has them
 * all. logback.xml attaches it to that logger's appender.
 */
public final class SparingLog extends Filter<ILoggingEvent> {
  /** Lines that are passed before it is sparing, as many as a short run has. */
  private static final int FIRST = 5;

  private static final AtomicLong LINES = new AtomicLong();
  private static volatile boolean sparing = true;

  /**
   * Tells that another run begins.
   *
   * @param everyLine whether somebody said how often to look, and so is to see each line
   */
  static void beginRun(boolean everyLine) {
    LINES.set(0);
    sparing = !everyLine;
  }

  @Override
  public FilterReply decide(ILoggingEvent event) {
    long line = LINES.incrementAndGet();
    return !sparing || passes(line) ? FilterReply.NEUTRAL : FilterReply.DENY;
  }

  /**
   * @param line number of the line in its run, from 1
   */
  static boolean passes(long line) {
    return line <= FIRST || Long.bitCount(line) == 1;
  }
}

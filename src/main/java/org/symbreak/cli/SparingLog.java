package org.symbreak.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps the log of the hidden units' similarity readable: of a run's lines it passes the 1st, 2nd,
 * 4th, 8th and so on, as most happens at the beginning. metrics.csv has them all. logback.xml
 * attaches it to that logger's appender.
 */
public final class SparingLog extends Filter<ILoggingEvent> {
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
    return !sparing || Long.bitCount(line) == 1 ? FilterReply.NEUTRAL : FilterReply.DENY;
  }
}

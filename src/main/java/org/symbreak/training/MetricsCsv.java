package org.symbreak.training;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Writes each record as a row of metrics.csv as it comes. */
public final class MetricsCsv implements Consumer<SimilarityRecord>, Closeable {
  private MetricsCsv() {}

  /** Begins the file, or goes on behind its last complete row where it is there. */
  public static MetricsCsv append(Path file) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Drops the rows of iterations after this one, so that a resumed run goes on from there. */
  public static void cutBack(Path file, long iteration) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public void accept(SimilarityRecord similarity) {}

  @Override
  public void close() throws IOException {}
}

package org.symbreak.run;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.watch.LookSchedule;
import org.symbreak.watch.MetricsCsv;
import org.symbreak.watch.RunLook;
import org.symbreak.watch.RunObserver;
import org.symbreak.watch.RunSimilarity;

/** Measures the hidden units and writes metrics.csv. */
final class RecordedMetrics implements RunObserver, Closeable {
  private final RunSimilarity similarity;
  private final MetricsCsv csv;

  private RecordedMetrics(RunSimilarity similarity, MetricsCsv csv) {
    this.similarity = similarity;
    this.csv = csv;
  }

  /**
   * @param schedule when to look; null for as often as is affordable
   * @param from iteration from which the run goes on; 0 to begin the file anew
   */
  static RecordedMetrics open(Path file, TrainingProblem problem, LookSchedule schedule, long from)
      throws IOException {
    if (from == 0) {
      Files.deleteIfExists(file);
    } else {
      MetricsCsv.cutBack(file, from);
    }
    MetricsCsv csv = MetricsCsv.append(file);
    return new RecordedMetrics(new RunSimilarity(problem, schedule).subscribe(csv), csv);
  }

  @Override
  public boolean looksAt(long iteration) {
    return similarity.looksAt(iteration);
  }

  @Override
  public void observe(RunLook look) {
    similarity.observe(look);
  }

  @Override
  public void kept(RunLook look) {
    if (!look.last() && !looksAt(look.iteration())) {
      similarity.observe(look);
    }
  }

  @Override
  public void save() {
    try {
      csv.force();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }
}

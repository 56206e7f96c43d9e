package org.symbreak.experiment.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.symbreak.engine.spark.SparkConnection;
import org.symbreak.experiment.LedgerRow;
import org.symbreak.experiment.RunFailure;
import org.symbreak.experiment.RunTask;
import org.symbreak.experiment.Workers;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** The executors of a Spark cluster. A task is a run, so a lost executor costs the runs that it was at, which Spark gives to another. */
final class SparkWorkers implements Workers {
  private static final long LOOK_SECONDS = 1;

  private final SparkConnection connection;
  private final JavaSparkContext spark;
  private ShippedData data = new ShippedData(new HashMap<>());

  SparkWorkers(SparkConnection connection) {
    this.connection = connection;
    this.spark = connection.spark();
  }

  @Override
  public String description() {
    return connection.description();
  }

  @Override
  public int parallelism() {
    return spark.defaultParallelism();
  }

  @Override
  public void run(List<RunTask> tasks, Consumer<List<LedgerRow>> done) {
    if (tasks.isEmpty()) {
      return;
    }
    try {
      data = data.with(tasks, file -> spark.addFile(file.toString()), connection.shipped().path());
      collect(submit(tasks), tasks.size(), done);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Submitted submit(List<RunTask> tasks) {
    BlockingQueue<LedgerRow> rows = new LinkedBlockingQueue<>();
    JavaRDD<String> partitions = spark.parallelize(tasks.stream().map(RunTask::toJson).toList(), tasks.size());
    Seq<Object> all = CollectionConverters.asScala(IntStream.range(0, tasks.size()).boxed().map(Object.class::cast).toList()).toSeq();
    SimpleFutureAction<String> job =
        spark
            .sc()
            .submitJob(
                partitions.rdd(),
                new RunOnExecutor(data),
                all,
                new AbstractFunction2<Object, String, BoxedUnit>() {
                  @Override
                  public BoxedUnit apply(Object task, String row) {
                    rows.add(LedgerRow.fromJson(row));
                    return BoxedUnit.UNIT;
                  }
                },
                new AbstractFunction0<String>() {
                  @Override
                  public String apply() {
                    return "done";
                  }
                });
    return new Submitted(job, rows);
  }

  private void collect(Submitted submitted, int runs, Consumer<List<LedgerRow>> done) {
    int handed = 0;
    try {
      while (handed < runs) {
        boolean ended = submitted.job.isCompleted();
        List<LedgerRow> rows = new ArrayList<>();
        LedgerRow first = submitted.rows.poll(ended ? 0 : LOOK_SECONDS, TimeUnit.SECONDS);
        if (first != null) {
          rows.add(first);
          submitted.rows.drainTo(rows);
          handed += rows.size();
          done.accept(rows);
        } else if (ended) {
          throw new RunFailure(submitted.job.value().get().failed().get());
        }
      }
    } catch (InterruptedException e) {
      submitted.job.cancel();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while runs were under way", e);
    } catch (RuntimeException e) {
      submitted.job.cancel();
      throw e;
    }
  }

  @Override
  public void close() {
    connection.close();
  }

  private record Submitted(SimpleFutureAction<String> job, BlockingQueue<LedgerRow> rows) {}
}

package org.symbreak.experiment.spark;

import java.io.Serializable;
import org.apache.spark.SparkEnv;
import org.symbreak.data.Dataset;
import org.symbreak.experiment.DatasetCache;
import org.symbreak.experiment.RunMeasurement;
import org.symbreak.experiment.RunTask;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** A Spark task: one run, its description in and its row out as JSON. The runs of an executor share the data sets that they have encoded. */
final class RunOnExecutor extends AbstractFunction1<Iterator<String>, String> implements Serializable {
  private static final long serialVersionUID = 1L;

  /** More than seeds are under way at a time. */
  private static final int IDLE_DATASETS = 4;

  private static final DatasetCache DATASETS = new DatasetCache(IDLE_DATASETS, (spec, seed) -> Dataset.open(latest().here(spec), seed));
  private static ShippedData latest;

  private final ShippedData data;

  /**
   * @param data with every file that was shipped until now
   */
  RunOnExecutor(ShippedData data) {
    this.data = data;
  }

  @Override
  public String apply(Iterator<String> task) {
    latest(data);
    return RunMeasurement.measure(RunTask.fromJson(task.next()), DATASETS, worker()).toJson();
  }

  private static synchronized void latest(ShippedData data) {
    latest = data;
  }

  private static synchronized ShippedData latest() {
    return latest;
  }

  private static String worker() {
    SparkEnv here = SparkEnv.get();
    return here.executorId() + "@" + here.blockManager().blockManagerId().host();
  }
}

package org.symbreak.experiment.spark;

import org.symbreak.engine.spark.SparkConnection;
import org.symbreak.experiment.ClusterProvider;
import org.symbreak.experiment.Workers;

/** Carries runs out on Spark. */
public final class SparkProvider implements ClusterProvider {
  @Override
  public Workers open(String master) {
    return new SparkWorkers(SparkConnection.open(master));
  }
}

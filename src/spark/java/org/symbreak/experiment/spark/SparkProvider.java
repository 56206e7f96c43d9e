package org.symbreak.experiment.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.symbreak.experiment.ClusterProvider;
import org.symbreak.experiment.Workers;
import org.symbreak.problem.InputException;

/** Connects to Spark. System properties that begin with {@code spark.} are Spark's settings, as ever. */
public final class SparkProvider implements ClusterProvider {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String VECTORS = "jdk.incubator.vector";

  @Override
  public Workers open(String master) {
    if (!master.matches("local(\\[(\\*|\\d+)(,\\d+)?])?|spark://[^/]+:\\d+(,[^/]+:\\d+)*")) {
      throw InputException.of("--spark", "a Spark master", "'" + master + "'", "local[*]", "local[2]", "spark://HOST:7077");
    }
    SparkConf settings =
        new SparkConf()
            .setMaster(master)
            .setAppName("symbreak")
            .set("spark.ui.showConsoleProgress", "false")
            .setIfMissing("spark.ui.enabled", "false")
            // a run's data are on every node, or soon will be: no task need wait for a place
            .setIfMissing("spark.locality.wait", "0");
    if (master.matches("local.*|spark://(127\\.0\\.0\\.1|localhost):.*")) {
      settings.setIfMissing("spark.driver.host", LOOPBACK).setIfMissing("spark.driver.bindAddress", LOOPBACK);
    }
    TemporaryDirectory shipped = TemporaryDirectory.create();
    try {
      if (master.startsWith("spark:")) {
        forCluster(settings, master, shipped.path());
      }
      return new SparkWorkers(new JavaSparkContext(settings), master, shipped);
    } catch (IOException e) {
      shipped.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      shipped.close();
      throw e;
    }
  }

  private static void forCluster(SparkConf settings, String master, Path directory) throws IOException {
    settings.set("spark.jars", ShippedJars.ofThisProcess(directory).stream().map(Path::toString).collect(Collectors.joining(",")));
    if (ModuleLayer.boot().findModule(VECTORS).isPresent()) {
      settings.setIfMissing("spark.executor.extraJavaOptions", "--add-modules=" + VECTORS);
    }
  }
}

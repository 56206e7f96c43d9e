package org.symbreak.engine.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/**
 * A connection to Spark. System properties that begin with {@code spark.} are Spark's settings, as ever; a cluster's secret is taken from the environment, where Spark's own processes
 * look for it.
 *
 * @param spark the context
 * @param master to which it is connected
 * @param shipped where what goes to the nodes is made
 */
public record SparkConnection(JavaSparkContext spark, String master, TemporaryDirectory shipped) implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String SECRET = "_SPARK_AUTH_SECRET";
  private static final String VECTORS = "jdk.incubator.vector";

  /**
   * @throws InputException where there is no such master, or it does not let this program in
   */
  public static SparkConnection open(String master) {
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
        forCluster(settings, shipped.path());
      }
      return new SparkConnection(connect(settings, master), master, shipped);
    } catch (IOException e) {
      shipped.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      shipped.close();
      throw e;
    }
  }

  /** Spark gives up a minute after nobody has let it in, and then has nothing but its own state to complain of. */
  private static JavaSparkContext connect(SparkConf settings, String master) {
    JavaSparkContext context;
    try {
      context = new JavaSparkContext(settings);
    } catch (RuntimeException e) {
      throw notLetIn(master, e);
    }
    // of a master that does not answer, it makes a context that is about to stop itself
    if (master.startsWith("spark:") && !context.sc().applicationId().startsWith("app-")) {
      context.stop();
      throw notLetIn(master, null);
    }
    return context;
  }

  private static InputException notLetIn(String master, Exception cause) {
    return new InputException(
        List.of(new Problem("--spark", "a Spark master that lets this program in, by the secret in " + SECRET + " where it has one", "none at " + master)), cause);
  }

  private static void forCluster(SparkConf settings, Path directory) throws IOException {
    String secret = System.getenv(SECRET);
    if (secret != null) {
      settings.set("spark.authenticate", "true").set("spark.authenticate.secret", secret);
    }
    settings.set("spark.jars", ShippedJars.ofThisProcess(directory).stream().map(Path::toString).collect(Collectors.joining(",")));
    if (ModuleLayer.boot().findModule(VECTORS).isPresent()) {
      settings.setIfMissing("spark.executor.extraJavaOptions", Stream.concat(Stream.of("--add-modules=" + VECTORS), toldToTheCompiler()).collect(Collectors.joining(" ")));
    }
  }

  /** What this JVM's compiler was told of the kernels, to be told to the executors' too. */
  private static Stream<String> toldToTheCompiler() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(argument -> argument.startsWith("-XX:CompileCommand="));
  }

  /** What it is, in a few words. */
  public String description() {
    return "Spark " + spark.version() + " at " + master;
  }

  @Override
  public void close() {
    spark.close();
    shipped.close();
  }
}

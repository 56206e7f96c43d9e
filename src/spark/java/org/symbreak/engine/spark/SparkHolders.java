package org.symbreak.engine.spark;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.symbreak.engine.cluster.ClusterEngine;
import org.symbreak.engine.cluster.Coordinator;
import org.symbreak.engine.cluster.HolderProvider;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** Lets each executor of a Spark cluster hold rows, also those that come later. */
public final class SparkHolders implements HolderProvider {
  /** How long executors may take to start, and lost ones to be replaced. */
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** Behind 40, at which Spark takes its executors away when this process is to end. */
  private static final int BEFORE_SPARK = 100;

  private static final long SAVING_SECONDS = 60;
  private static final long ENDING_SECONDS = 2;

  @Override
  public ClusterEngine open(String master) {
    SparkConnection connection = SparkConnection.open(master);
    JavaSparkContext spark = connection.spark();
    String host = spark.getConf().get("spark.driver.host");
    Coordinator coordinator = new Coordinator(address(spark.getConf().get("spark.driver.bindAddress", host)), PATIENCE);
    Tasks tasks = new Tasks(spark, new HoldRows(host, coordinator.port(), coordinator.secret()));
    CountDownLatch over = letTheRunBeSaved();
    if (spark.isLocal()) {
      tasks.start(List.of(), spark.defaultParallelism());
    } else {
      spark.sc().addSparkListener(tasks);
      tasks.startOnEarlyOnes();
    }
    return new ClusterEngine(
        coordinator,
        connection.description(),
        () -> {
          tasks.close();
          connection.close();
          over.countDown();
        });
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ctrl-C ends the run at its next pause, until which it needs its executors. */
  private static CountDownLatch letTheRunBeSaved() {
    CountDownLatch over = new CountDownLatch(1);
    ShutdownHookManager.get()
        .addShutdownHook(
            () -> {
              try {
                over.await(SAVING_SECONDS, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            BEFORE_SPARK,
            SAVING_SECONDS,
            TimeUnit.SECONDS);
    return over;
  }

  /** A task for each executor, as it comes. */
  private static final class Tasks extends SparkListener implements AutoCloseable {
    private final JavaSparkContext spark;
    private final HoldRows work;
    private final Set<String> seen = new HashSet<>();
    private final Queue<JavaFutureAction<Void>> started = new ConcurrentLinkedQueue<>();
    private final ExecutorService submitting = Executors.newSingleThreadExecutor();

    Tasks(JavaSparkContext spark, HoldRows work) {
      this.spark = spark;
      this.work = work;
    }

    /** Those that were there before anybody listened. */
    void startOnEarlyOnes() {
      CollectionConverters.asJava(spark.sc().getExecutorIds())
          .forEach(
              executor -> {
                if (isNew(executor)) {
                  start(List.of(), spark.getConf().getInt("spark.executor.cores", 1));
                }
              });
    }

    private synchronized boolean isNew(String executor) {
      return seen.add(executor) && !submitting.isShutdown();
    }

    @Override
    public void onExecutorAdded(SparkListenerExecutorAdded added) {
      if (isNew(added.executorId())) {
        start(List.of("executor_" + added.executorInfo().executorHost() + "_" + added.executorId()), added.executorInfo().totalCores());
      }
    }

    /** A job of one task, which may last. */
    void start(List<String> places, int cores) {
      submitting.execute(
          () -> {
            Seq<String> where = CollectionConverters.asScala(places).toSeq();
            Seq<Tuple2<Integer, Seq<String>>> one = CollectionConverters.asScala(List.of(new Tuple2<>((Integer) cores, where))).toSeq();
            JavaRDD<Integer> task = spark.sc().makeRDD(one, ClassTag$.MODULE$.<Integer>apply(Integer.class)).toJavaRDD();
            started.add(task.foreachAsync(work));
          });
    }

    /** Lets those end that were told to, and takes back those that wait for a place. */
    @Override
    public void close() {
      synchronized (this) {
        submitting.shutdown();
      }
      for (JavaFutureAction<Void> task : started) {
        try {
          task.get(ENDING_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
          task.cancel(true);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}

/**
 * Connects to Apache Spark, and lets its executors hold the rows of a training: a task each, which lasts as long as the training.
 *
 * <p>Entry points: {@link org.symbreak.engine.spark.SparkHolders}, found by the service loader, and {@link org.symbreak.engine.spark.SparkConnection}. In the build with the profile {@code spark} only.
 */
package org.symbreak.engine.spark;

/**
 * Runs as Spark tasks: a task each, the run out as JSON, its row back as JSON, the data shipped once a node.
 *
 * <p>Entry point: {@link org.symbreak.experiment.spark.SparkProvider}, found by the service loader. In the build with the profile {@code spark} only.
 */
package org.symbreak.experiment.spark;

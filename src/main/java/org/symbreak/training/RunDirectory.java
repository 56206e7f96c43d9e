package org.symbreak.training;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.symbreak.data.Dataset;

/**
 * Where a run is kept: {@code models/<run>/} with model.zip, run.json, metrics.csv, history and,
 * until it is done, checkpoint.zip. Every file is written whole or not at all.
 *
 * @param path the directory
 */
public record RunDirectory(Path path) {
  public RunDirectory {
    Objects.requireNonNull(path, "path");
  }

  /**
   * Makes a directory for a run: {@code data-init-seed}, with a number appended rather than writing
   * over another run.
   *
   * @param models where runs are kept, made if it is not there
   */
  public static RunDirectory create(Path models, RunSpec spec) {
    throw new UnsupportedOperationException("being written");
  }

  /**
   * Makes a directory of a chosen name.
   *
   * @param path the directory
   * @param force whether a run that is there is replaced
   * @throws org.symbreak.problem.InputException where there is a run, and no force
   */
  public static RunDirectory create(Path path, boolean force) {
    throw new UnsupportedOperationException("being written");
  }

  /**
   * A run's directory that is there.
   *
   * @param path the directory, or its run.json
   * @throws org.symbreak.problem.InputException where there is none
   */
  public static RunDirectory open(Path path) {
    throw new UnsupportedOperationException("being written");
  }

  public Path model() {
    return path.resolve("model.zip");
  }

  public Path runJson() {
    return path.resolve("run.json");
  }

  public Path metrics() {
    return path.resolve("metrics.csv");
  }

  public Path history() {
    return path.resolve("history");
  }

  public Path report() {
    return path.resolve("report.html");
  }

  public Path checkpoint() {
    return path.resolve("checkpoint.zip");
  }

  /** What run.json says: the run, and its result once it is done. */
  public RunRecord read() {
    throw new UnsupportedOperationException("being written");
  }

  /**
   * Trains a run and writes model.zip, metrics.csv and run.json; observers write what they write.
   * While it trains, a checkpoint is kept, and Ctrl-C saves one.
   */
  public TrainedRun train(
      RunSpec spec, Dataset data, List<RunObserver> observers, Recording recording) {
    throw new UnsupportedOperationException("being written");
  }

  /**
   * Goes on with a run that was interrupted, and ends as if it had not been.
   *
   * @param data opened as the stored run says
   * @throws org.symbreak.problem.InputException where data or run are not those of the checkpoint;
   *     says what differs
   */
  public TrainedRun resume(Dataset data, List<RunObserver> observers) {
    throw new UnsupportedOperationException("being written");
  }
}

package org.symbreak.serve;

import org.symbreak.data.Dataset;
import org.symbreak.data.EncodedRows;
import org.symbreak.engine.TrainingSession;
import org.symbreak.setting.RunSpec;

/** A session that trains nothing, fails where it is told to, and knows whether it was closed. */
class FailingSession implements TrainingSession {
  private final double[] parameters;
  private final boolean failsAtSteps;
  private int readings;
  private final int mostReadings;
  private boolean closed;

  FailingSession(double[] parameters, boolean failsAtSteps, int mostReadings) {
    this.parameters = parameters;
    this.failsAtSteps = failsAtSteps;
    this.mostReadings = mostReadings;
  }

  static FailingSession atSteps(RunSpec spec, Dataset data) {
    return new FailingSession(start(spec, data), true, Integer.MAX_VALUE);
  }

  /** One whose parameters cannot be read again after so many times. */
  static FailingSession afterReadings(int readings, RunSpec spec, Dataset data) {
    return new FailingSession(start(spec, data), false, readings);
  }

  static double[] start(RunSpec spec, Dataset data) {
    return spec.network().initialParameters(data.train().features(), spec.seed());
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public long iteration() {
    return 0;
  }

  @Override
  public double advance(int steps) {
    if (failsAtSteps) {
      throw new OutOfMemoryError("no room for a step");
    }
    return 1;
  }

  @Override
  public double objective(double[] at, double[] gradient) {
    return 1;
  }

  @Override
  public double[] parameters() {
    if (++readings > mostReadings) {
      throw new IllegalStateException("no room for a copy");
    }
    return parameters.clone();
  }

  @Override
  public void setParameters(double[] to) {
    throw new UnsupportedOperationException();
  }

  @Override
  public double[] updaterState() {
    return new double[0];
  }

  @Override
  public void restore(long iteration, double[] to, double[] updaterState) {
    throw new UnsupportedOperationException();
  }

  @Override
  public double loss(EncodedRows rows) {
    return 1;
  }

  @Override
  public double[] probabilities(EncodedRows rows) {
    return new double[rows.rows()];
  }

  @Override
  public double[] gradientNorms() {
    return new double[0];
  }

  @Override
  public void close() {
    closed = true;
  }
}

package org.symbreak.engine;

import org.symbreak.data.EncodedRows;

/**
 * A network while it is trained. Parameters are handed over only when asked for. Not thread safe;
 * to be closed.
 */
public interface TrainingSession extends AutoCloseable {
  /** Steps taken since the beginning, counted on when restored. */
  long iteration();

  /**
   * Says how long training will be: what makes a long one faster may take longer than a short one.
   * No result depends on it.
   *
   * @param steps that are still to come, at the most
   */
  default void expect(long steps) {}

  /**
   * Takes steps of sgd, nesterov or adam (the line-search optimizers call {@link #objective} and
   * {@link #setParameters} instead).
   *
   * @param steps how many, from 1
   * @return the loss on the last step's batch before that step, weighted, penalty included; NaN or
   *     infinite where training has diverged
   */
  double advance(int steps);

  /**
   * The full batch's loss and gradient somewhere else than at the present parameters, which stay as
   * they are.
   *
   * @param parameters flat vector
   * @param gradient receives the gradient, penalty included, in the same order
   * @return the loss over all training rows, weighted, penalty included
   */
  double objective(double[] parameters, double[] gradient);

  /**
   * A copy of the present parameters, in Deeplearning4j's flat order; float parameters as the
   * doubles that equal them.
   */
  double[] parameters();

  /** Moves to other parameters; updater state and iteration stay as they are. */
  void setParameters(double[] parameters);

  /**
   * A copy of the updater's state in Deeplearning4j's own layout (that of updaterState.bin); empty
   * where the updater has none.
   */
  double[] updaterState();

  /**
   * Goes on from where another session, of this engine or another, stopped.
   *
   * @param iteration steps that were taken then
   */
  void restore(long iteration, double[] parameters, double[] updaterState);

  /**
   * Mean cross-entropy of other rows at the present parameters, rows by their own weights and the
   * classes weighted as in training, without the penalty.
   */
  double loss(EncodedRows rows);

  /** Probability of class 1 for each row, at the present parameters. */
  double[] probabilities(EncodedRows rows);

  /**
   * Euclidean norm of the last step's gradient (penalty included), a layer's weights and biases
   * together, hidden layers first, output last; empty before the first step.
   */
  double[] gradientNorms();

  @Override
  void close();
}

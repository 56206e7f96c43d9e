package org.symbreak.model;

/** Foretells a row's class from its encoded features. Not thread safe. */
public interface Predictor {
  /**
   * @param features as the model's pipeline encodes them
   * @return probability of the positive class, the same bits as while training
   */
  double probability(double[] features);
}

package org.symbreak.symmetry;

/**
 * Effective rank of a matrix: the exponential of the entropy of its normalized singular values (Roy
 * and Vetterli, EUSIPCO 2007).
 */
public final class EffectiveRank {
  private EffectiveRank() {}

  /**
   * @param vectors any number of vectors of one length; not centred
   * @return 0 for a zero matrix, else from 1 to the smaller of the two dimensions
   */
  public static double of(double[][] vectors) {
    throw new UnsupportedOperationException();
  }
}

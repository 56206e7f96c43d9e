package org.symbreak.data;

/** Data sets of two features that are drawn rather than measured. */
public enum GeneratedData {
  XOR,
  CIRCLES,
  MOONS,
  SPIRALS,
  FLOWER,
  LINEAR;

  /**
   * How a data set is drawn.
   *
   * @param rows how many, from 2
   * @param noise standard deviation of what is added, from 0
   * @param seed of NumPy's legacy generator, 0 to 2³² − 1
   * @param share of the first class (label 0), in (0, 1)
   * @param factor of {@code CIRCLES} alone: radius of the inner circle, in [0, 1)
   */
  public record Recipe(int rows, double noise, long seed, double share, double factor) {}

  /**
   * The drawn rows, in order.
   *
   * @param x rows × 2
   * @param y 0 or 1 a row
   */
  public record Points(double[][] x, int[] y) {
    /** The rows as CSV with the header {@code x1,x2,label}; numbers come back exactly. */
    public String toCsv() {
      throw new UnsupportedOperationException();
    }
  }

  /**
   * The kind of this name, upper and lower case alike.
   *
   * @throws org.symbreak.problem.InputException where there is none, with the nearest
   */
  public static GeneratedData parse(String name) {
    throw new UnsupportedOperationException();
  }

  /** The noise where none is asked for. */
  public double defaultNoise() {
    throw new UnsupportedOperationException();
  }

  public Points generate(Recipe recipe) {
    throw new UnsupportedOperationException();
  }
}

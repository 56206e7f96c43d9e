package org.symbreak.symmetry;

/**
 * Vectors of one length, one after the other in a flat array.
 *
 * @param length of each vector, from 1
 * @param values count × length
 */
record Vectors(int length, double[] values) {
  /** Incoming weights and bias of each unit. */
  static Vectors of(LayerUnits units) {
    int length = units.fanIn() + 1;
    double[] values = new double[Math.multiplyExact(units.count(), length)];
    for (int unit = 0; unit < units.count(); unit++) {
      System.arraycopy(units.weights(), unit * units.fanIn(), values, unit * length, units.fanIn());
      values[unit * length + units.fanIn()] = units.biases()[unit];
    }
    return new Vectors(length, values);
  }

  static Vectors of(double[][] rows) {
    int length = rows[0].length;
    double[] values = new double[Math.multiplyExact(rows.length, length)];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, values, row * length, length);
    }
    return new Vectors(length, values);
  }

  int count() {
    return values.length / length;
  }

  double at(int vector, int i) {
    return values[vector * length + i];
  }

  /** Largest absolute number of a vector; NaN where it holds one. */
  double largest(int vector) {
    double largest = 0;
    for (int i = 0; i < length; i++) {
      largest = Math.max(largest, Math.abs(at(vector, i)));
    }
    return largest;
  }

  boolean areFinite() {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The sample of at most this many vectors, evenly spread; these vectors themselves where they are
   * no more.
   */
  Vectors sample(int most) {
    if (count() <= most) {
      return this;
    }
    int[] picked = EvenSample.of(count(), most);
    double[] sampled = new double[most * length];
    for (int i = 0; i < most; i++) {
      System.arraycopy(values, picked[i] * length, sampled, i * length, length);
    }
    return new Vectors(length, sampled);
  }

  /** At most this many components of each vector, evenly spread. */
  Vectors sampleComponents(int most) {
    return length <= most ? this : transposed().sample(most).transposed();
  }

  Vectors transposed() {
    int count = count();
    double[] transposed = new double[values.length];
    for (int vector = 0; vector < count; vector++) {
      for (int i = 0; i < length; i++) {
        transposed[i * count + vector] = at(vector, i);
      }
    }
    return new Vectors(count, transposed);
  }

  Vectors dividedBy(double divisor) {
    double[] divided = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      divided[i] = values[i] / divisor;
    }
    return new Vectors(length, divided);
  }

  /**
   * Each vector divided by its own largest absolute number, so that positive multiples become one;
   * a zero vector stays.
   */
  Vectors scaledToLargest() {
    double[] scaled = values.clone();
    for (int vector = 0; vector < count(); vector++) {
      double largest = largest(vector);
      for (int i = 0; largest > 0 && i < length; i++) {
        scaled[vector * length + i] /= largest;
      }
    }
    return new Vectors(length, scaled);
  }

  /**
   * Each vector divided by its Euclidean norm, safe from overflow and underflow; a zero vector
   * stays.
   */
  Vectors normalized() {
    Vectors scaled = scaledToLargest();
    for (int vector = 0; vector < count(); vector++) {
      double squares = 0;
      for (int i = 0; i < length; i++) {
        squares += scaled.at(vector, i) * scaled.at(vector, i);
      }
      double norm = Math.sqrt(squares);
      for (int i = 0; norm > 0 && i < length; i++) {
        scaled.values[vector * length + i] /= norm;
      }
    }
    return scaled;
  }

  /** These vectors, then the opposite of each in the same order. */
  Vectors withOpposites() {
    double[] both = new double[Math.multiplyExact(2, values.length)];
    for (int i = 0; i < values.length; i++) {
      both[i] = values[i];
      both[values.length + i] = -values[i];
    }
    return new Vectors(length, both);
  }

  /** A vector as a key: equal where all numbers are the same bits, −0 and 0 alike. */
  Bits bits(int vector) {
    return new Bits(this, vector);
  }

  /** One vector of many, compared bit by bit. */
  static final class Bits {
    private final Vectors vectors;
    private final int vector;
    private final int hash;

    private Bits(Vectors vectors, int vector) {
      this.vectors = vectors;
      this.vector = vector;
      long mixed = 0;
      for (int i = 0; i < vectors.length; i++) {
        mixed = (mixed ^ bits(i)) * 0x9E3779B97F4A7C15L;
        mixed ^= mixed >>> 32;
      }
      this.hash = (int) mixed;
    }

    private long bits(int i) {
      return Double.doubleToLongBits(vectors.at(vector, i) + 0.0);
    }

    @Override
    public boolean equals(Object other) {
      if (!(other instanceof Bits that) || hash != that.hash) {
        return false;
      }
      for (int i = 0; i < vectors.length; i++) {
        if (bits(i) != that.bits(i)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}

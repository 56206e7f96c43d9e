package org.symbreak.random;

/**
 * NumPy's legacy generator ({@code numpy.random.RandomState}, {@code np.random.seed}): the same
 * draws in the same order, so that a Python program can be followed number by number. Integers,
 * shuffles and uniform numbers are the same bits; Gaussian ones go through {@link StrictMath#log},
 * which may differ from the C library's in the last place.
 *
 * <p>The generator is MT19937 of Matsumoto and Nishimura, Mersenne Twister, ACM TOMACS 8 (1998),
 * with their initialization of 2002. Not thread safe.
 */
public final class NumPyRandom {
  private static final int WORDS = 624;
  private static final int SHIFT = 397;
  private static final int TWIST = 0x9908b0df;

  private final int[] state = new int[WORDS];
  private int next = WORDS;
  private double spare;
  private boolean hasSpare;

  /**
   * As {@code np.random.seed(seed)} for the seeds that NumPy takes, 0 to 2³² − 1. Any other seed is
   * taken as its two 32-bit words, as {@code np.random.seed([low, high])} does.
   */
  public NumPyRandom(long seed) {
    if (seed >>> 32 == 0) {
      begin((int) seed);
    } else {
      begin((int) seed, (int) (seed >>> 32));
    }
  }

  /** {@code init_genrand}. */
  private void begin(int seed) {
    state[0] = seed;
    for (int i = 1; i < WORDS; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
  }

  /** {@code init_by_array} for a key of two words. */
  private void begin(int low, int high) {
    int[] key = {low, high};
    begin(19650218);
    int i = 1;
    for (int k = 0; k < WORDS; k++) {
      state[i] =
          (state[i] ^ ((state[i - 1] ^ (state[i - 1] >>> 30)) * 1664525)) + key[k % 2] + k % 2;
      i = following(i);
    }
    for (int k = 1; k < WORDS; k++) {
      state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >>> 30)) * 1566083941)) - i;
      i = following(i);
    }
    state[0] = 0x80000000;
  }

  /**
   * The next of the positions 1 to 623, around; stepping over the end carries the last word to the
   * front.
   */
  private int following(int i) {
    if (i + 1 < WORDS) {
      return i + 1;
    }
    state[0] = state[WORDS - 1];
    return 1;
  }

  /** The next 32 bits. */
  public int nextInt() {
    if (next == WORDS) {
      twist();
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  }

  private void twist() {
    for (int i = 0; i < WORDS; i++) {
      int y = (state[i] & 0x80000000) | (state[(i + 1) % WORDS] & 0x7fffffff);
      state[i] = state[(i + SHIFT) % WORDS] ^ (y >>> 1) ^ (-(y & 1) & TWIST);
    }
    next = 0;
  }

  /** A uniform number in [0, 1) of 53 bits: {@code random_sample()}, {@code rand()}. */
  public double nextDouble() {
    int high = nextInt() >>> 5;
    int low = nextInt() >>> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
  }

  /** A uniform number in [low, high): {@code uniform(low, high)}. */
  public double uniform(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  /**
   * A number of the standard normal distribution, by Marsaglia's polar method, which makes two and
   * keeps one: {@code randn()}.
   */
  public double nextGaussian() {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    double x;
    double y;
    double r;
    do {
      x = 2 * nextDouble() - 1;
      y = 2 * nextDouble() - 1;
      r = x * x + y * y;
    } while (r >= 1 || r == 0);
    double factor = Math.sqrt(-2 * StrictMath.log(r) / r);
    spare = factor * x;
    hasSpare = true;
    return factor * y;
  }

  /**
   * A whole number of [low, high), each as likely: {@code randint(low, high)}.
   *
   * @param low the smallest
   * @param high beyond the largest, greater than {@code low}
   */
  public long integer(long low, long high) {
    long range = high - 1 - low;
    if (high <= low) {
      throw new IllegalArgumentException(
          "high must be greater than low, found " + low + " and " + high);
    }
    return low + upTo(range);
  }

  /** A whole number of 0 to {@code max}, which is unsigned, by rejection under a mask of bits. */
  private long upTo(long max) {
    if (max == 0) {
      return 0;
    }
    long mask = -1L >>> Long.numberOfLeadingZeros(max);
    while (true) {
      long bits =
          max >>> 32 == 0
              ? Integer.toUnsignedLong(nextInt())
              : (long) nextInt() << 32 | Integer.toUnsignedLong(nextInt());
      long value = bits & mask;
      if (Long.compareUnsigned(value, max) <= 0) {
        return value;
      }
    }
  }

  /** Shuffles in place: {@code shuffle(x)}. */
  public void shuffle(int[] x) {
    for (int i = x.length - 1; i > 0; i--) {
      int j = (int) upTo(i);
      int swapped = x[i];
      x[i] = x[j];
      x[j] = swapped;
    }
  }

  /** The numbers 0 to n − 1 in random order: {@code permutation(n)}. */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    shuffle(order);
    return order;
  }
}

package org.symbreak.random;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Independent random streams from one seed. Any seed is as good as any other, 0 included; a stream
 * depends on its seed and its path of keys alone.
 */
public final class Streams {
  private Streams() {}

  /**
   * Mixes a seed and a path of keys into the seed of a stream, by the finalizer of SplitMix64
   * (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014).
   *
   * @param seed the run's seed, any value
   * @param keys which stream: for example what it is for and a layer's or an epoch's number
   */
  public static long seed(long seed, long... keys) {
    long mixed = mix(seed + 0x9E3779B97F4A7C15L);
    for (long key : keys) {
      mixed = mix(mixed + 0x9E3779B97F4A7C15L * (key + 1));
    }
    return mixed;
  }

  /** A generator for the stream of this seed and path. */
  public static RandomGenerator of(long seed, long... keys) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed(seed, keys));
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}

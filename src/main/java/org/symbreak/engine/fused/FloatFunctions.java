package org.symbreak.engine.fused;

/**
 * Functions of a float, made of operations that are exactly rounded everywhere, so that they have
 * the same bits on every machine and in {@link VectorFloatFunctions}. Errors in units in the last
 * place of the exact result are at most: exp 1, expm1 1.5, tanh 2.5, sigmoid 2.5, softplus 3;
 * results below the smallest normal number are replaced by about that number.
 *
 * <p>All of them rest on e^x for x ≤ 0. With n the whole number nearest to x / ln 2 and r = x − n
 * ln 2, e^x = 2^n (1 + p) where p = e^r − 1 = r + r² q(r); q and the polynomial of the logarithm
 * are minimax approximations found by Remez' exchange algorithm.
 */
final class FloatFunctions {
  /**
   * The smallest x at which e^x is not below the smallest normal float; smaller ones are taken for
   * it.
   */
  static final float LOWEST = -87.33654f;

  static final float LOG2_E = 0x1.715476p0f;

  /** 1.5 · 2^23: adding it rounds to a whole number, which then stands in the last bits. */
  static final float ROUNDER = 0x1.8p23f;

  static final float LN2_HIGH = 0x1.62e43p-1f;
  static final float LN2_LOW = -0x1.05c61p-29f;
  static final int ONE_BITS = 0x3F800000;
  static final int MANTISSA_BITS = 23;

  /** q on |r| ≤ ln 2 / 2, relative error of p 2^-32. */
  static final float Q0 = 0.5f;

  static final float Q1 = 0x1.555556p-3f;
  static final float Q2 = 0x1.5554aep-5f;
  static final float Q3 = 0x1.11109p-7f;
  static final float Q4 = 0x1.6d7486p-10f;
  static final float Q5 = 0x1.a1a19p-13f;

  /**
   * (ln((1 + s) / (1 − s)) − 2 s) / s³ in powers of s² on s ≤ 1/3, relative error of the logarithm
   * 2^-33.
   */
  static final float L0 = 0x1.555558p-1f;

  static final float L1 = 0x1.9996acp-2f;
  static final float L2 = 0x1.25091cp-2f;
  static final float L3 = 0x1.b6dd32p-3f;
  static final float L4 = 0x1.f1983cp-3f;

  static final float LEAK = 0.01f;

  /** With which Deeplearning4j goes back through a leaky unit, in double precision, too. */
  static final float LEAK_SLOPE = 0.01f;

  private FloatFunctions() {}

  /** Rounded x / ln 2 in the last bits. */
  private static float shifted(float x) {
    return Math.fma(x, LOG2_E, ROUNDER);
  }

  private static float scale(float shifted) {
    return Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << MANTISSA_BITS) + ONE_BITS);
  }

  private static float reducedExpm1(float x, float shifted) {
    float n = shifted - ROUNDER;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    float q =
        Math.fma(Math.fma(Math.fma(Math.fma(Math.fma(Q5, r, Q4), r, Q3), r, Q2), r, Q1), r, Q0);
    return Math.fma(r * r, q, r);
  }

  private static float atLeastLowest(float x) {
    return x < LOWEST ? LOWEST : x;
  }

  /** e^x for x ≤ 0. */
  static float exp(float x) {
    float clamped = atLeastLowest(x);
    float shifted = shifted(clamped);
    float scale = scale(shifted);
    return Math.fma(scale, reducedExpm1(clamped, shifted), scale);
  }

  /** e^x − 1 for x ≤ 0. */
  static float expm1(float x) {
    float clamped = atLeastLowest(x);
    float shifted = shifted(clamped);
    float scale = scale(shifted);
    return Math.fma(scale, reducedExpm1(clamped, shifted), scale - 1);
  }

  /** ln(1 + e) for e in [0, 1]. */
  private static float log1p(float e) {
    float s = e / (2 + e);
    float w = s * s;
    float l = Math.fma(Math.fma(Math.fma(Math.fma(L4, w, L3), w, L2), w, L1), w, L0);
    return Math.fma(s, w * l, s + s);
  }

  static float tanh(float z) {
    float e = expm1(-2 * Math.abs(z));
    return Math.copySign(-e / (2 + e), z);
  }

  static float sigmoid(float z) {
    float e = exp(-Math.abs(z));
    return (z < 0 ? e : 1) / (1 + e);
  }

  static float softplus(float z) {
    return (z > 0 ? z : 0) + log1p(exp(-Math.abs(z)));
  }
}

package org.symbreak.engine.fused;

/**
 * Functions of a double, made of operations that are exactly rounded everywhere, so that they have
 * the same bits on every machine and in {@link VectorDoubleFunctions}. Errors in units in the last
 * place of the exact result are at most: exp 2, expm1 2, tanh 3, sigmoid 4, softplus 4; results
 * below the smallest normal number are replaced by about that number.
 *
 * <p>All of them rest on e^x for x ≤ 0. With n the whole number nearest to x / ln 2 and r = x − n
 * ln 2, e^x = 2^n (1 + p) where p = e^r − 1 = r + r² q(r); q and the polynomial of the logarithm
 * are minimax approximations found by Remez' exchange algorithm.
 */
final class DoubleFunctions {
  /**
   * The smallest x at which e^x is not below the smallest normal double; smaller ones are taken for
   * it.
   */
  static final double LOWEST = -708.3964185322641;

  static final double LOG2_E = 0x1.71547652b82fep0;

  /** 1.5 · 2^52: adding it rounds to a whole number, which then stands in the last bits. */
  static final double ROUNDER = 0x1.8p52;

  static final double LN2_HIGH = 0x1.62e42fefa39efp-1;
  static final double LN2_LOW = 0x1.abc9e3b39803fp-56;
  static final long ONE_BITS = 0x3FF0000000000000L;
  static final int MANTISSA_BITS = 52;

  /** q on |r| ≤ ln 2 / 2, relative error of p 2^-61. */
  static final double Q0 = 0.5;

  static final double Q1 = 0x1.5555555555559p-3;
  static final double Q2 = 0x1.555555555555ap-5;
  static final double Q3 = 0x1.111111110f6aep-7;
  static final double Q4 = 0x1.6c16c16c1442bp-10;
  static final double Q5 = 0x1.a01a01afe533ap-13;
  static final double Q6 = 0x1.a01a01b0bfca2p-16;
  static final double Q7 = 0x1.71ddf8537bf2cp-19;
  static final double Q8 = 0x1.27e4c592141cdp-22;
  static final double Q9 = 0x1.af5ebf4685dd1p-26;
  static final double Q10 = 0x1.1f9575ff46207p-29;

  /**
   * (ln((1 + s) / (1 − s)) − 2 s) / s³ in powers of s² on s ≤ 1/3, relative error of the logarithm
   * 2^-59.
   */
  static final double L0 = 0x1.5555555555536p-1;

  static final double L1 = 0x1.99999999a05ccp-2;
  static final double L2 = 0x1.24924920956b7p-2;
  static final double L3 = 0x1.c71c7418e29c3p-3;
  static final double L4 = 0x1.745cb46ae9563p-3;
  static final double L5 = 0x1.3b1dd3969c68ep-3;
  static final double L6 = 0x1.1068231c02578p-3;
  static final double L7 = 0x1.efd2def956688p-4;
  static final double L8 = 0x1.55c79b999f844p-4;
  static final double L9 = 0x1.5c64b7c11d742p-3;

  static final double LEAK = 0.01;

  /** With which Deeplearning4j goes back through a leaky unit, in double precision, too. */
  static final double LEAK_SLOPE = 0.01f;

  private DoubleFunctions() {}

  /** Rounded x / ln 2 in the last bits. */
  private static double shifted(double x) {
    return Math.fma(x, LOG2_E, ROUNDER);
  }

  private static double scale(double shifted) {
    return Double.longBitsToDouble(
        (Double.doubleToRawLongBits(shifted) << MANTISSA_BITS) + ONE_BITS);
  }

  private static double reducedExpm1(double x, double shifted) {
    double n = shifted - ROUNDER;
    double r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    double q =
        Math.fma(
            Math.fma(
                Math.fma(
                    Math.fma(
                        Math.fma(
                            Math.fma(
                                Math.fma(
                                    Math.fma(Math.fma(Math.fma(Q10, r, Q9), r, Q8), r, Q7), r, Q6),
                                r,
                                Q5),
                            r,
                            Q4),
                        r,
                        Q3),
                    r,
                    Q2),
                r,
                Q1),
            r,
            Q0);
    return Math.fma(r * r, q, r);
  }

  private static double atLeastLowest(double x) {
    return x < LOWEST ? LOWEST : x;
  }

  /** e^x for x ≤ 0. */
  static double exp(double x) {
    double clamped = atLeastLowest(x);
    double shifted = shifted(clamped);
    double scale = scale(shifted);
    return Math.fma(scale, reducedExpm1(clamped, shifted), scale);
  }

  /** e^x − 1 for x ≤ 0. */
  static double expm1(double x) {
    double clamped = atLeastLowest(x);
    double shifted = shifted(clamped);
    double scale = scale(shifted);
    return Math.fma(scale, reducedExpm1(clamped, shifted), scale - 1);
  }

  /** ln(1 + e) for e in [0, 1]. */
  private static double log1p(double e) {
    double s = e / (2 + e);
    double w = s * s;
    double l =
        Math.fma(
            Math.fma(
                Math.fma(
                    Math.fma(
                        Math.fma(
                            Math.fma(Math.fma(Math.fma(Math.fma(L9, w, L8), w, L7), w, L6), w, L5),
                            w,
                            L4),
                        w,
                        L3),
                    w,
                    L2),
                w,
                L1),
            w,
            L0);
    return Math.fma(s, w * l, s + s);
  }

  static double tanh(double z) {
    double e = expm1(-2 * Math.abs(z));
    return Math.copySign(-e / (2 + e), z);
  }

  static double sigmoid(double z) {
    double e = exp(-Math.abs(z));
    return (z < 0 ? e : 1) / (1 + e);
  }

  static double softplus(double z) {
    return (z > 0 ? z : 0) + log1p(exp(-Math.abs(z)));
  }
}

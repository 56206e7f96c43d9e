package org.symbreak.engine.fused;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Fused multiply-adds on sixteen independent vectors in registers. */
final class PeakArithmetic {
  private static final int ROUNDS = 1000;
  private static final VectorSpecies<Float> SPECIES = VectorFloatKernels.SPECIES;

  /** Of one {@link #run}. */
  static final long FLOPS = 2L * 16 * ROUNDS * SPECIES.length();

  private PeakArithmetic() {}

  static float run(float seed) {
    FloatVector x = FloatVector.broadcast(SPECIES, 0.5f + seed);
    FloatVector y = FloatVector.broadcast(SPECIES, 0.25f);
    FloatVector s0 = x;
    FloatVector s1 = x;
    FloatVector s2 = x;
    FloatVector s3 = x;
    FloatVector s4 = x;
    FloatVector s5 = x;
    FloatVector s6 = x;
    FloatVector s7 = x;
    FloatVector s8 = y;
    FloatVector s9 = y;
    FloatVector s10 = y;
    FloatVector s11 = y;
    FloatVector s12 = y;
    FloatVector s13 = y;
    FloatVector s14 = y;
    FloatVector s15 = y;
    for (int i = 0; i < ROUNDS; i++) {
      s0 = s0.fma(x, y);
      s1 = s1.fma(x, y);
      s2 = s2.fma(x, y);
      s3 = s3.fma(x, y);
      s4 = s4.fma(x, y);
      s5 = s5.fma(x, y);
      s6 = s6.fma(x, y);
      s7 = s7.fma(x, y);
      s8 = s8.fma(x, y);
      s9 = s9.fma(x, y);
      s10 = s10.fma(x, y);
      s11 = s11.fma(x, y);
      s12 = s12.fma(x, y);
      s13 = s13.fma(x, y);
      s14 = s14.fma(x, y);
      s15 = s15.fma(x, y);
    }
    FloatVector low = s0.add(s1).add(s2).add(s3).add(s4).add(s5).add(s6).add(s7);
    FloatVector high = s8.add(s9).add(s10).add(s11).add(s12).add(s13).add(s14).add(s15);
    return low.add(high).lane(0);
  }
}

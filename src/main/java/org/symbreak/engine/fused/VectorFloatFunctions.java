package org.symbreak.engine.fused;

import static org.symbreak.engine.fused.FloatFunctions.L0;
import static org.symbreak.engine.fused.FloatFunctions.L1;
import static org.symbreak.engine.fused.FloatFunctions.L2;
import static org.symbreak.engine.fused.FloatFunctions.L3;
import static org.symbreak.engine.fused.FloatFunctions.L4;
import static org.symbreak.engine.fused.FloatFunctions.LN2_HIGH;
import static org.symbreak.engine.fused.FloatFunctions.LN2_LOW;
import static org.symbreak.engine.fused.FloatFunctions.LOG2_E;
import static org.symbreak.engine.fused.FloatFunctions.LOWEST;
import static org.symbreak.engine.fused.FloatFunctions.MANTISSA_BITS;
import static org.symbreak.engine.fused.FloatFunctions.ONE_BITS;
import static org.symbreak.engine.fused.FloatFunctions.Q0;
import static org.symbreak.engine.fused.FloatFunctions.Q1;
import static org.symbreak.engine.fused.FloatFunctions.Q2;
import static org.symbreak.engine.fused.FloatFunctions.Q3;
import static org.symbreak.engine.fused.FloatFunctions.Q4;
import static org.symbreak.engine.fused.FloatFunctions.Q5;
import static org.symbreak.engine.fused.FloatFunctions.ROUNDER;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link FloatFunctions} on vectors, operation by operation. */
final class VectorFloatFunctions {
  private static final VectorSpecies<Float> SPECIES = VectorFloatKernels.SPECIES;

  private VectorFloatFunctions() {}

  private static FloatVector of(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  /** 2^n. */
  private static FloatVector scale(FloatVector shifted) {
    return shifted
        .reinterpretAsInts()
        .lanewise(VectorOperators.LSHL, MANTISSA_BITS)
        .add(ONE_BITS)
        .reinterpretAsFloats();
  }

  private static FloatVector reducedExpm1(FloatVector x, FloatVector shifted) {
    FloatVector n = shifted.sub(ROUNDER);
    FloatVector r = n.fma(of(-LN2_LOW), n.fma(of(-LN2_HIGH), x));
    FloatVector q =
        of(Q5).fma(r, of(Q4)).fma(r, of(Q3)).fma(r, of(Q2)).fma(r, of(Q1)).fma(r, of(Q0));
    return r.mul(r).fma(q, r);
  }

  private static FloatVector atLeastLowest(FloatVector x) {
    return x.blend(LOWEST, x.compare(VectorOperators.LT, LOWEST));
  }

  static FloatVector exp(FloatVector x) {
    FloatVector clamped = atLeastLowest(x);
    FloatVector shifted = clamped.fma(of(LOG2_E), of(ROUNDER));
    FloatVector scale = scale(shifted);
    return scale.fma(reducedExpm1(clamped, shifted), scale);
  }

  static FloatVector expm1(FloatVector x) {
    FloatVector clamped = atLeastLowest(x);
    FloatVector shifted = clamped.fma(of(LOG2_E), of(ROUNDER));
    FloatVector scale = scale(shifted);
    return scale.fma(reducedExpm1(clamped, shifted), scale.sub(1));
  }

  private static FloatVector log1p(FloatVector e) {
    FloatVector s = e.div(e.add(2));
    FloatVector w = s.mul(s);
    FloatVector l = of(L4).fma(w, of(L3)).fma(w, of(L2)).fma(w, of(L1)).fma(w, of(L0));
    return s.fma(w.mul(l), s.add(s));
  }

  static FloatVector tanh(FloatVector z) {
    FloatVector e = expm1(z.abs().mul(-2));
    FloatVector size = e.div(of(-2).sub(e));
    return size.reinterpretAsInts()
        .and(Integer.MAX_VALUE)
        .or(z.reinterpretAsInts().and(Integer.MIN_VALUE))
        .reinterpretAsFloats();
  }

  static FloatVector sigmoid(FloatVector z) {
    FloatVector e = exp(z.abs().neg());
    return of(1).blend(e, z.compare(VectorOperators.LT, 0)).div(e.add(1));
  }

  static FloatVector softplus(FloatVector z) {
    return of(0).blend(z, z.compare(VectorOperators.GT, 0)).add(log1p(exp(z.abs().neg())));
  }
}

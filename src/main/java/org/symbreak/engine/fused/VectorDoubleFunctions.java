package org.symbreak.engine.fused;

import static org.symbreak.engine.fused.DoubleFunctions.L0;
import static org.symbreak.engine.fused.DoubleFunctions.L1;
import static org.symbreak.engine.fused.DoubleFunctions.L2;
import static org.symbreak.engine.fused.DoubleFunctions.L3;
import static org.symbreak.engine.fused.DoubleFunctions.L4;
import static org.symbreak.engine.fused.DoubleFunctions.L5;
import static org.symbreak.engine.fused.DoubleFunctions.L6;
import static org.symbreak.engine.fused.DoubleFunctions.L7;
import static org.symbreak.engine.fused.DoubleFunctions.L8;
import static org.symbreak.engine.fused.DoubleFunctions.L9;
import static org.symbreak.engine.fused.DoubleFunctions.LN2_HIGH;
import static org.symbreak.engine.fused.DoubleFunctions.LN2_LOW;
import static org.symbreak.engine.fused.DoubleFunctions.LOG2_E;
import static org.symbreak.engine.fused.DoubleFunctions.LOWEST;
import static org.symbreak.engine.fused.DoubleFunctions.MANTISSA_BITS;
import static org.symbreak.engine.fused.DoubleFunctions.ONE_BITS;
import static org.symbreak.engine.fused.DoubleFunctions.Q0;
import static org.symbreak.engine.fused.DoubleFunctions.Q1;
import static org.symbreak.engine.fused.DoubleFunctions.Q10;
import static org.symbreak.engine.fused.DoubleFunctions.Q2;
import static org.symbreak.engine.fused.DoubleFunctions.Q3;
import static org.symbreak.engine.fused.DoubleFunctions.Q4;
import static org.symbreak.engine.fused.DoubleFunctions.Q5;
import static org.symbreak.engine.fused.DoubleFunctions.Q6;
import static org.symbreak.engine.fused.DoubleFunctions.Q7;
import static org.symbreak.engine.fused.DoubleFunctions.Q8;
import static org.symbreak.engine.fused.DoubleFunctions.Q9;
import static org.symbreak.engine.fused.DoubleFunctions.ROUNDER;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link DoubleFunctions} on vectors, operation by operation. */
final class VectorDoubleFunctions {
  private static final VectorSpecies<Double> SPECIES = VectorDoubleKernels.SPECIES;

  private VectorDoubleFunctions() {}

  private static DoubleVector of(double value) {
    return DoubleVector.broadcast(SPECIES, value);
  }

  /** 2^n. */
  private static DoubleVector scale(DoubleVector shifted) {
    return shifted
        .reinterpretAsLongs()
        .lanewise(VectorOperators.LSHL, MANTISSA_BITS)
        .add(ONE_BITS)
        .reinterpretAsDoubles();
  }

  private static DoubleVector reducedExpm1(DoubleVector x, DoubleVector shifted) {
    DoubleVector n = shifted.sub(ROUNDER);
    DoubleVector r = n.fma(of(-LN2_LOW), n.fma(of(-LN2_HIGH), x));
    DoubleVector q =
        of(Q10)
            .fma(r, of(Q9))
            .fma(r, of(Q8))
            .fma(r, of(Q7))
            .fma(r, of(Q6))
            .fma(r, of(Q5))
            .fma(r, of(Q4))
            .fma(r, of(Q3))
            .fma(r, of(Q2))
            .fma(r, of(Q1))
            .fma(r, of(Q0));
    return r.mul(r).fma(q, r);
  }

  private static DoubleVector atLeastLowest(DoubleVector x) {
    return x.blend(LOWEST, x.compare(VectorOperators.LT, LOWEST));
  }

  static DoubleVector exp(DoubleVector x) {
    DoubleVector clamped = atLeastLowest(x);
    DoubleVector shifted = clamped.fma(of(LOG2_E), of(ROUNDER));
    DoubleVector scale = scale(shifted);
    return scale.fma(reducedExpm1(clamped, shifted), scale);
  }

  static DoubleVector expm1(DoubleVector x) {
    DoubleVector clamped = atLeastLowest(x);
    DoubleVector shifted = clamped.fma(of(LOG2_E), of(ROUNDER));
    DoubleVector scale = scale(shifted);
    return scale.fma(reducedExpm1(clamped, shifted), scale.sub(1));
  }

  private static DoubleVector log1p(DoubleVector e) {
    DoubleVector s = e.div(e.add(2));
    DoubleVector w = s.mul(s);
    DoubleVector l =
        of(L9)
            .fma(w, of(L8))
            .fma(w, of(L7))
            .fma(w, of(L6))
            .fma(w, of(L5))
            .fma(w, of(L4))
            .fma(w, of(L3))
            .fma(w, of(L2))
            .fma(w, of(L1))
            .fma(w, of(L0));
    return s.fma(w.mul(l), s.add(s));
  }

  static DoubleVector tanh(DoubleVector z) {
    DoubleVector e = expm1(z.abs().mul(-2));
    DoubleVector size = e.div(of(-2).sub(e));
    return size.reinterpretAsLongs()
        .and(Long.MAX_VALUE)
        .or(z.reinterpretAsLongs().and(Long.MIN_VALUE))
        .reinterpretAsDoubles();
  }

  static DoubleVector sigmoid(DoubleVector z) {
    DoubleVector e = exp(z.abs().neg());
    return of(1).blend(e, z.compare(VectorOperators.LT, 0)).div(e.add(1));
  }

  static DoubleVector softplus(DoubleVector z) {
    return of(0).blend(z, z.compare(VectorOperators.GT, 0)).add(log1p(exp(z.abs().neg())));
  }
}

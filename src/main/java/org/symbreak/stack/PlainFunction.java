package org.symbreak.stack;

import java.util.List;

/**
 * A unit's function in plain Java.
 *
 * @param curves in the order in which they are applied; none for the identity
 * @param numbers what its values are rounded to
 */
public record PlainFunction(List<Curve> curves, NumberType numbers) implements UnitFunction {
  public PlainFunction {
    curves = List.copyOf(curves);
  }

  @Override
  public List<String> names() {
    return curves.isEmpty() ? List.of("identity") : curves.stream().map(Curve::name).toList();
  }

  @Override
  public double[] values(double... z) {
    double[] values = z.clone();
    curves.forEach(curve -> curve.apply(values));
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.round(values[i]);
    }
    return values;
  }
}

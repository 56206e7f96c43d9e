package org.symbreak.inspect;

import java.util.List;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.symbreak.stack.UnitFunction;

/**
 * Deeplearning4j's own activation functions.
 *
 * @param activations in the order in which they are applied, at least one
 * @param type in which the network computes
 */
record Dl4jFunction(List<IActivation> activations, DataType type) implements UnitFunction {
  Dl4jFunction {
    activations = List.copyOf(activations);
  }

  @Override
  public List<String> names() {
    return activations.stream().map(IActivation::toString).toList();
  }

  @Override
  public double[] values(double... z) {
    INDArray values = Nd4j.createFromArray(z).reshape(1, z.length).castTo(type);
    for (IActivation activation : activations) {
      values = activation.getActivation(values, false);
    }
    return values.dup('c').data().asDouble();
  }
}

package org.symbreak.stack;

import java.util.List;

/**
 * A step of a network's graph, as far as it matters to dense layers.
 *
 * @param name what the file calls it
 * @param kind the library's own name of what it does, {@code Conv}
 * @param inputs names of the values that it reads, the one that flows through it first
 * @param outputs names of the values that it gives, likewise
 */
public record Step(String name, String kind, What what, List<String> inputs, List<String> outputs) {
  public Step {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** What a step does to the value that flows through it. */
  public sealed interface What {}

  /**
   * W x + b.
   *
   * @param weights [unit][input]
   * @param biases one a unit, or null
   * @param fixed whether the numbers cannot be changed, as others use them, too
   */
  public record Dense(double[][] weights, double[] biases, boolean fixed) implements What {}

  /**
   * Every unit on its own: factor · x + offset, as a batch normalization does once it is trained.
   *
   * @param fixed whether the numbers cannot be changed, as others use them, too
   */
  public record Scale(double[] factors, double[] offsets, boolean fixed) implements What {}

  /** An activation function. */
  public record Apply(Curve curve) implements What {}

  /** Nothing: dropout while predicting, and the like. */
  public record Pass() implements What {}

  /** Something that is not looked into. */
  public record Unknown() implements What {}
}

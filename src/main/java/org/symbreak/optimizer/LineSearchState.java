package org.symbreak.optimizer;

import java.util.List;

/**
 * What a line-search optimizer remembers between two iterations of its own.
 *
 * @param x the parameters; not rounded to float, as the network's are
 * @param loss at the parameters
 * @param lossBefore at those of the iteration before
 * @param evaluations of loss and gradient so far
 * @param gradient at the parameters
 * @param memory of the directions, each as long as the gradient
 */
public record LineSearchState(
    double[] x,
    double loss,
    double lossBefore,
    long evaluations,
    double[] gradient,
    List<double[]> memory) {}

package org.symbreak.forecast;

/**
 * The signal in one layer before training: what mean-field theory derives from the variances of the
 * weights that were drawn, beside what passes over the data measure. What theory does not say is
 * null.
 *
 * @param layer from 1; the last one is the output
 * @param units of the layer
 * @param sums mean square of the sums of inputs, measured
 * @param sumsTheory the same derived
 * @param saturated share of activations in the flat ends, measured; null for the output
 * @param gradient mean square of the loss's derivative by the sums of inputs, measured
 * @param gradientTheory the same derived, from the output's measured one
 * @param correlation of two rows' sums of inputs, measured
 * @param correlationTheory the same derived
 */
public record LayerSignal(
    int layer,
    int units,
    double sums,
    Double sumsTheory,
    Double saturated,
    double gradient,
    Double gradientTheory,
    double correlation,
    Double correlationTheory) {}

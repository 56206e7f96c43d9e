package org.symbreak.inspect;

/**
 * A dense layer of a network.
 *
 * @param layer number, from 1; the last one is the output
 * @param inputs from 1
 * @param units from 1
 * @param activation as Deeplearning4j prints it, {@code leakyrelu(a=0.01)}
 * @param initialization where its weights began: as {@code --init} takes it, or the name of
 *     Deeplearning4j's initialization
 * @param parameters weights, biases and gains
 */
public record LayerDescription(
    int layer, int inputs, int units, String activation, String initialization, long parameters) {}

package org.symbreak.inspect;

/**
 * A dense layer of a network.
 *
 * @param layer number, from 1, through all chains; the last one of a chain is its output
 * @param name what the file calls it; empty where it has no name
 * @param chain number of the chain that it is in, from 1
 * @param inputs from 1
 * @param units from 1
 * @param activation as Deeplearning4j prints it, {@code leakyrelu(a=0.01)}
 * @param initialization where its weights began: as {@code --init} takes it, or the name of
 *     Deeplearning4j's initialization; null where the file does not say it
 * @param parameters weights, biases and gains
 */
public record LayerDescription(
    int layer,
    String name,
    int chain,
    int inputs,
    int units,
    String activation,
    String initialization,
    long parameters) {}

package org.symbreak.inspect;

/**
 * Dense layers one behind the other.
 *
 * @param chain number, from 1
 * @param name of its first and last layer in the file; empty where it is the whole network
 * @param firstLayer number of its first layer, from 1
 * @param lastLayer number of its last layer, which has no units that are looked at
 * @param probe the rows that it was measured on, in words
 * @param rows how many
 */
public record ChainDescription(
    int chain, String name, int firstLayer, int lastLayer, String probe, int rows) {}

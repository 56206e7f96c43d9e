/**
 * What is trained: a stack of dense layers with one sigmoid output, as a description, as a
 * Deeplearning4j configuration, and on plain arrays.
 *
 * <p>Entry point: {@link org.symbreak.network.NetworkSpec}. Imports {@code init}, {@code random}
 * and {@code problem} of Symbreak.
 */
package org.symbreak.network;

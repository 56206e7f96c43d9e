/**
 * Training a stack of dense layers on primitive arrays: forward, loss, backward and update, block
 * of rows after block of rows, without allocating.
 *
 * <p>Entry point: {@link org.symbreak.engine.fused.FusedNetwork}. The same numbers come out, bit
 * for bit, with any number of threads, at any vector width and without the Vector API: rows are
 * divided into chunks by the data and the shape alone, every sum has a fixed order, and {@link
 * org.symbreak.engine.fused.Kernels} says operation by operation what is computed. Imports {@code
 * network} and {@code data}; knows nothing of runs.
 */
package org.symbreak.engine.fused;

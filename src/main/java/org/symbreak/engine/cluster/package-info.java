/**
 * Training on rows that other machines hold. A {@link org.symbreak.engine.cluster.Coordinator}
 * listens, lets in the {@link org.symbreak.engine.cluster.Holder}s that know its secret, sends each
 * its share of the rows once and the parameters at every step, and hands what they answer to {@link
 * org.symbreak.engine.fused}, which adds it in the order of the chunks: the same bits as on one
 * machine. What starts holders on machines is found by the service loader: {@link
 * org.symbreak.engine.cluster.HolderProvider}.
 */
package org.symbreak.engine.cluster;

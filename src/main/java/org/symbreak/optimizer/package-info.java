/**
 * Line search, L-BFGS and conjugate gradient: they minimize an {@link
 * org.symbreak.optimizer.Objective} and know nothing of networks.
 */
package org.symbreak.optimizer;

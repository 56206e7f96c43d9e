/**
 * What is known of wide random networks before anything is trained: how variances and correlations
 * go from layer to layer. Functions in, numbers out.
 *
 * <p>Entry point: {@link org.symbreak.theory.MeanField}. Imports nothing of Symbreak.
 */
package org.symbreak.theory;

/**
 * What courses say about initial weights, each claim measured on the user's data and judged by the
 * measurement alone; and what goes with it: checking gradients, following one run's symmetry
 * closely.
 *
 * <p>Entry points: {@link org.symbreak.claims.Claims}, {@link org.symbreak.claims.GradientCheck},
 * {@link org.symbreak.claims.SymmetryTrace}. Imports {@code run} and what lies below it, and {@code
 * statistics}; no Deeplearning4j, nothing of {@code experiment}.
 */
package org.symbreak.claims;

/**
 * What may be concluded from repeated runs: intervals of medians, the signed-rank test and the
 * shift that belongs to it, for runs that are independent; the corrected resampled t and intervals
 * of new files, for parts of one file; the correction for many tests. Infinite values are welcome:
 * they stand for runs that diverged or never arrived.
 *
 * <p>Entry points: {@link org.symbreak.statistics.MedianInterval}, {@link
 * org.symbreak.statistics.SignedRank}, {@link org.symbreak.statistics.PairedShift}, {@link
 * org.symbreak.statistics.ResampledT}, {@link org.symbreak.statistics.PredictionInterval}, {@link
 * org.symbreak.statistics.Bonferroni}. Imports nothing of Symbreak.
 */
package org.symbreak.statistics;

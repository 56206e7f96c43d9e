/**
 * Who looks on while a network trains: the listener that logs how alike hidden units are, the alarm
 * that it may raise, and their records. Imports no run: any Deeplearning4j program can use it.
 *
 * <p>Entry points: {@link org.symbreak.watch.HiddenUnitSimilarityListener}, {@link
 * org.symbreak.watch.SymmetryAlarm}.
 */
package org.symbreak.watch;

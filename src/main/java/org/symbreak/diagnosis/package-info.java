/**
 * What a run's own measurements say is wrong with it: at most three findings, each with its
 * evidence in numbers and what to try. Nothing is named as a cause that was not measured. Read by
 * the output of {@code train}, the report page, the live page and {@code compare} alike.
 *
 * <p>Entry points: {@link org.symbreak.diagnosis.RunMeasures}, {@link
 * org.symbreak.diagnosis.Diagnosis}. No Deeplearning4j.
 */
package org.symbreak.diagnosis;

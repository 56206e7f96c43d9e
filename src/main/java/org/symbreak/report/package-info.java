/**
 * Results become a page: one self-contained HTML file from a run's or a sweep's files, without
 * training again.
 *
 * <p>Entry point: {@link org.symbreak.report.RunReport}. Imports {@code experiment} and {@code
 * training} for what they wrote; no Deeplearning4j, ND4J or DataVec type.
 */
package org.symbreak.report;

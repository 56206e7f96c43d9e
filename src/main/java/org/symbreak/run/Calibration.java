package org.symbreak.run;

/**
 * What was done to a trained network's log odds to make its probabilities right.
 *
 * @param slope by which they were multiplied, in [0.1, 10]
 * @param intercept that was added then
 * @param rows that both were fitted to
 * @param of which rows these are, in words
 */
public record Calibration(double slope, double intercept, int rows, String of) {}

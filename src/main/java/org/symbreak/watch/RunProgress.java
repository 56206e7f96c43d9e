package org.symbreak.watch;

/**
 * How far a run is.
 *
 * @param iteration steps taken
 * @param iterations steps at the most
 * @param epoch passes over the training rows that are complete
 * @param epochs passes at the most
 * @param loss of the last step's batch, penalty included
 * @param validationLoss the last that was computed; null without any
 */
public record RunProgress(
    long iteration, long iterations, long epoch, long epochs, double loss, Double validationLoss) {}

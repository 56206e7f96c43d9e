/**
 * What a run will come to, said before it is trained: the signal's way through the layers, how long
 * the loss stays where it begins, and the scale of weights with which it does not.
 *
 * <p>Entry point: {@link org.symbreak.forecast.Forecast}. docs/forecast.md derives the formulas.
 */
package org.symbreak.forecast;

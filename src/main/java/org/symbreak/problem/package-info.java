/**
 * What is wrong with something a user gave: place, expected, found, choices.
 *
 * <p>Entry point: {@link org.symbreak.problem.InputException}. Imports nothing of Symbreak; every
 * other package may use it.
 */
package org.symbreak.problem;

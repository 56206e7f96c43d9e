/**
 * How alike hidden units are: groups of identical units, similarity, effective rank, saturation,
 * dead units, distance in units of the last place. Plain arrays in, records out.
 *
 * <p>Entry point: {@code LayerProbe}. Imports the JDK alone.
 */
package org.symbreak.symmetry;

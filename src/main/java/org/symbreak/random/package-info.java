/**
 * Where chance comes from: seeds of independent streams, and NumPy's legacy generator, bit for bit.
 *
 * <p>Entry points: {@link org.symbreak.random.Streams}, {@link org.symbreak.random.NumPyRandom}.
 * Imports the JDK alone.
 */
package org.symbreak.random;

/**
 * A file becomes numbers: strict CSV reading as a DataVec record reader, kinds of columns, the
 * split, the fitted pipeline, generated data sets.
 *
 * <p>Entry points: {@link org.symbreak.data.DataSpec} describes, {@link org.symbreak.data.Dataset}
 * opens, {@link org.symbreak.data.FittedPipeline} encodes. Imports {@code random} and {@code
 * problem} of Symbreak, and DataVec; no Deeplearning4j.
 */
package org.symbreak.data;

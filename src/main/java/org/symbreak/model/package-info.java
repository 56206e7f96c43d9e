/**
 * What is kept: the saved zip, its guarded reading and atomic writing, predicting from it,
 * inspecting and mending it.
 *
 * <p>Entry points: {@link org.symbreak.model.SavedModel}; {@link org.symbreak.model.ModelGuard}
 * and, for other Deeplearning4j programs, {@link org.symbreak.model.GuardedModels}; {@link
 * org.symbreak.model.CheckedZip}; {@link org.symbreak.model.AtomicFile}; {@link
 * org.symbreak.model.Evaluation}. Imports {@code network}, {@code init}, {@code data}, {@code
 * symmetry}, {@code problem}; knows nothing of runs: provenance comes as ready JSON.
 */
package org.symbreak.model;

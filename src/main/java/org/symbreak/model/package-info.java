/**
 * What is kept: the saved zip, its guarded reading and atomic writing, predicting from it,
 * inspecting and mending it.
 *
 * <p>Entry points: {@code SavedModel}, {@code GuardedZip}, {@code AtomicFile}. Imports {@code
 * network}, {@code init}, {@code data}, {@code symmetry}, {@code problem}; knows nothing of runs:
 * provenance comes as ready JSON.
 */
package org.symbreak.model;

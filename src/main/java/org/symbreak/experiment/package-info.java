/**
 * Many runs: comparison of initializations, sweep, advice, the ledger of runs; on local threads or
 * on Spark.
 *
 * <p>Entry points: {@link org.symbreak.experiment.SweepSpec} and {@link
 * org.symbreak.experiment.RunPlan} describe, {@link org.symbreak.experiment.Experiment} runs,
 * {@link org.symbreak.experiment.Ledger} keeps. Imports {@code training} and what lies below it; no
 * type of Deeplearning4j, ND4J or DataVec.
 */
package org.symbreak.experiment;

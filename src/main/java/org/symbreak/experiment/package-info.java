/**
 * Many runs: the claims, comparison, sweep, run ledger, statistics; on local threads or on Spark.
 */
package org.symbreak.experiment;

package org.symbreak.training;

import java.util.Map;
import java.util.Objects;

/**
 * What run.json holds.
 *
 * @param spec the run, its engine resolved
 * @param result null while it is not done
 * @param recording how closely it is recorded
 * @param versions of what computed: symbreak, java, dl4j, openblas where it was used
 * @param dataHash SHA-256 of the data file's bytes, in hex
 * @param started when it began, in ISO 8601 with UTC
 */
public record RunRecord(
    RunSpec spec,
    RunResult result,
    Recording recording,
    Map<String, String> versions,
    String dataHash,
    String started) {
  public RunRecord {
    Objects.requireNonNull(spec, "spec");
    versions = Map.copyOf(versions);
  }
}

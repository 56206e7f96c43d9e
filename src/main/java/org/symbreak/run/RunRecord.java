package org.symbreak.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.symbreak.optimizer.StopReason;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;
import org.symbreak.setting.Fields;
import org.symbreak.setting.Real;
import org.symbreak.setting.RunJson;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.SettingsJson;
import org.symbreak.setting.Text;
import org.symbreak.setting.Whole;
import org.symbreak.watch.LookSchedule;

/**
 * What run.json holds.
 *
 * @param spec the run, everything in it decided
 * @param result null while it is not done
 * @param recording how closely it is recorded
 * @param versions of what computed: symbreak, deeplearning4j, java, system
 * @param dataHash SHA-256 of the data, in hex
 * @param started when it began, in ISO 8601 with UTC
 */
public record RunRecord(
    RunSpec spec,
    RunResult result,
    Recording recording,
    Map<String, String> versions,
    String dataHash,
    String started) {
  private static final int FORMAT = 1;

  public RunRecord {
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(recording, "recording");
    Objects.requireNonNull(dataHash, "dataHash");
    Objects.requireNonNull(started, "started");
    versions = Map.copyOf(versions);
  }

  /** Of a run that begins now. */
  static RunRecord begin(RunSpec spec, Recording recording, String dataHash) {
    return new RunRecord(
        spec,
        null,
        recording,
        Versions.all(),
        dataHash,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  RunRecord withResult(RunResult done) {
    return new RunRecord(spec, done, recording, versions, dataHash, started);
  }

  /** Whether the run is over; one that was interrupted is not. */
  public boolean isDone() {
    return result != null && result.stopped() != StopReason.INTERRUPTED;
  }

  /** As one JSON object. */
  public String toJson() {
    ObjectNode json = provenance();
    json.putObject("recording")
        .put(
            "metricsEvery", recording.metrics() == null ? null : (Long) recording.metrics().every())
        .put("checkpointEvery", recording.checkpointEvery())
        .put("report", recording.report());
    json.set("result", result == null ? JsonNodeFactory.instance.nullNode() : RunJson.tree(result));
    return json.toPrettyString();
  }

  /** Where a model comes from: the same without the result. */
  ObjectNode provenance() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", FORMAT)
        .put("command", spec.toCommand())
        .put("started", started)
        .put("dataHash", dataHash);
    ObjectNode sorted = json.putObject("versions");
    new TreeMap<>(versions).forEach(sorted::put);
    json.set("spec", SettingsJson.of(spec));
    return json;
  }

  /**
   * Reads the file of a run, whatever its name.
   *
   * @throws InputException where it cannot be read, or is none
   */
  public static RunRecord read(Path file) {
    try {
      return fromJson(file.toString(), Files.readString(file));
    } catch (IOException e) {
      String found =
          Files.isDirectory(file)
              ? "a directory"
              : Files.exists(file) ? "a file that cannot be read as text" : "nothing of that name";
      throw new InputException(
          List.of(new Problem(file.toString(), "the run.json of a run", found)), e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param place what to call the text in messages, such as the file's name
   * @throws InputException that lists every fault
   */
  public static RunRecord fromJson(String place, String text) {
    JsonNode json = RunJson.parse(place, text);
    Fields fields = new Fields(place, json);
    fields.read("format", Whole.of(FORMAT, FORMAT, "format " + FORMAT));
    fields.read("command", new Text(false));
    String started = fields.read("started", new Text(false));
    String dataHash = fields.read("dataHash", new Text(false));
    Long every =
        fields.isNull("recording.metricsEvery")
            ? null
            : fields.read(
                "recording.metricsEvery", Whole.of(1, Long.MAX_VALUE, "a whole number from 1"));
    Double checkpointEvery = fields.read("recording.checkpointEvery", Real.positive());
    RunSpec spec = fields.other("spec", node -> SettingsJson.run(place, node));
    RunResult result =
        fields.isNull("result")
            ? null
            : fields.other("result", node -> RunJson.read(place, node, RunResult.class));
    fields.refuse();
    Map<String, String> versions = new TreeMap<>();
    json.path("versions")
        .properties()
        .forEach(version -> versions.put(version.getKey(), version.getValue().asText()));
    Recording recording =
        new Recording(
            every == null ? null : new LookSchedule(every),
            checkpointEvery,
            json.at("/recording/report").asBoolean(true));
    return new RunRecord(spec, result, recording, versions, dataHash, started);
  }
}

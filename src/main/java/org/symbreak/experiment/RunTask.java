package org.symbreak.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.symbreak.setting.RunSpec;

/**
 * One run of many, to be done anywhere.
 *
 * @param key what the run is known by: 16 hexadecimal digits of a hash over everything that its
 *     result depends on
 * @param spec the run; one thread, since the runs share the processors among themselves
 * @param dataHash {@link org.symbreak.data.Dataset#sha256} of the data that are meant
 * @param targetLoss the validation loss whose first reaching is noted
 * @param cost what it takes, roughly, in arithmetic operations
 */
public record RunTask(String key, RunSpec spec, String dataHash, double targetLoss, double cost) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public RunTask {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(dataHash, "dataHash");
  }

  static RunTask of(RunSpec spec, String dataHash, double targetLoss, double cost) {
    return new RunTask(
        hash(String.join(" ", spec.toJson(), dataHash, Double.toString(targetLoss))),
        spec,
        dataHash,
        targetLoss,
        cost);
  }

  /** As JSON; {@link #fromJson} gives an equal value back. */
  public String toJson() {
    try {
      ObjectNode task =
          JSON.createObjectNode()
              .put("key", key)
              .put("dataHash", dataHash)
              .put("targetLoss", targetLoss)
              .put("cost", cost);
      return JSON.writeValueAsString(task.set("spec", JSON.readTree(spec.toJson())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a run's own JSON is not JSON", e);
    }
  }

  /** Reads what {@link #toJson} wrote. */
  public static RunTask fromJson(String json) {
    try {
      JsonNode task = JSON.readTree(json);
      RunSpec spec = RunSpec.fromJson("task", task.get("spec").toString());
      return new RunTask(
          task.get("key").textValue(),
          spec,
          task.get("dataHash").textValue(),
          task.get("targetLoss").doubleValue(),
          task.get("cost").doubleValue());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a task: " + json, e);
    }
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)),
              0,
              8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

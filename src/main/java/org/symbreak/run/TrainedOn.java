package org.symbreak.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.data.FittedPipeline;
import org.symbreak.model.SavedModel;
import org.symbreak.problem.InputException;
import org.symbreak.setting.RunJson;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.SettingsJson;

/**
 * Which data a saved model was trained on, and how they were taken apart.
 *
 * @param data as the run described them
 * @param seed of the split
 * @param sha256 of the file's bytes, followed by the test file's if there is one, in hex
 */
public record TrainedOn(DataSpec data, long seed, String sha256) {
  public TrainedOn {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(sha256, "sha256");
  }

  /** What the model's provenance says; empty where it says nothing of a run. */
  public static Optional<TrainedOn> of(SavedModel model) {
    try {
      JsonNode provenance = RunJson.parse("provenance", model.provenance());
      if (!provenance.path("dataHash").isTextual()) {
        return Optional.empty();
      }
      RunSpec spec = SettingsJson.run("provenance", provenance.path("spec"));
      return Optional.of(
          new TrainedOn(spec.data(), spec.seed(), provenance.path("dataHash").asText()));
    } catch (InputException e) {
      return Optional.empty(); // a model is of use without its history
    }
  }

  /**
   * SHA-256 of a file, and of the test file where the run had one, as the run's data have it; empty
   * where one of them is no file.
   */
  public Optional<String> sha256(Path file) throws IOException {
    if (!Files.isRegularFile(file) || data.testFile() != null && !isTestFileThere()) {
      return Optional.empty();
    }
    MessageDigest digest = digest();
    try (OutputStream hashed = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      Files.copy(file, hashed);
      if (data.testFile() != null) {
        Files.copy(Path.of(data.testFile()), hashed);
      }
    }
    return Optional.of(HexFormat.of().formatHex(digest.digest()));
  }

  private boolean isTestFileThere() {
    return Files.isRegularFile(Path.of(data.testFile()));
  }

  /** Whether this is the file, byte by byte and wherever it lies. */
  public boolean isFile(Path file) throws IOException {
    return sha256(file).filter(sha256::equals).isPresent();
  }

  /**
   * The file in the parts that the run had, encoded as the model needs it.
   *
   * @param file for which {@link #isFile} holds
   */
  public Dataset open(Path file, FittedPipeline pipeline) {
    return Dataset.reopen(data.withFiles(file.toString(), data.testFile()), seed, pipeline);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

package org.symbreak.guard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** The entries of model.zip that are ours: plain JSON, ignored by Deeplearning4j. */
public final class SavedModelEntries {
  /** Format version, threshold, and what configuration.json cannot say of the network. */
  public static final String MODEL = "symbreak/model.json";

  /** Of format 1: the configuration as Deeplearning4j writes it, with our classes named. */
  public static final String CONFIGURATION = "symbreak/configuration.json";

  /** CSV schema and fitted pipeline. */
  public static final String PIPELINE = "symbreak/pipeline.json";

  /** Where the model comes from. */
  public static final String PROVENANCE = "symbreak/provenance.json";

  static final Set<String> NAMES = Set.of(MODEL, CONFIGURATION, PIPELINE, PROVENANCE);

  private SavedModelEntries() {}

  /** Checks those of our entries that a zip has: JSON objects, and classes that are known. */
  static void check(GuardedZip zip, Set<String> trustedClasses) {
    for (String name : NAMES) {
      if (zip.names().contains(name)) {
        if (name.equals(CONFIGURATION)) {
          NetworkConfiguration.of(zip.place(name), StrictJson.readText(zip, name), trustedClasses);
        } else {
          object(zip, name);
        }
      }
    }
  }

  /** An entry that is a JSON object. */
  public static JsonNode object(GuardedZip zip, String name) {
    JsonNode node = StrictJson.read(zip, name);
    if (!node.isObject()) {
      throw zip.place(name).refusal("a JSON object", NetworkConfiguration.describe(node));
    }
    return node;
  }
}

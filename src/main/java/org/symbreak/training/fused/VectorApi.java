package org.symbreak.training.fused;

import org.slf4j.LoggerFactory;

/** Whether this JVM has the Vector API, an incubator module that has to be asked for. */
final class VectorApi {
  /** {@code off} trains in plain Java whatever the JVM has. */
  static final String PROPERTY = "symbreak.vector";

  /** Networks of fewer parameters train faster in plain Java: they fit into a few registers. */
  private static final int LEAST_PARAMETERS = 64;

  private static final boolean PRESENT = isPresent();

  private VectorApi() {}

  private static boolean isPresent() {
    if ("off".equals(System.getProperty(PROPERTY))) {
      return false;
    }
    boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    if (!present) {
      LoggerFactory.getLogger(VectorApi.class)
          .info(
              "The fused engine runs without the Vector API, several times slower: start java with --add-modules jdk.incubator.vector");
    }
    return present;
  }

  static boolean worthwhile(int parameters) {
    return PRESENT && parameters >= LEAST_PARAMETERS;
  }

  /** In words. */
  static String arithmetic() {
    return PRESENT ? "Java Vector API (%d bits)".formatted(VectorWidth.BITS) : "plain Java";
  }
}

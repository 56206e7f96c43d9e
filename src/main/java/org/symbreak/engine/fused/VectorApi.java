package org.symbreak.engine.fused;

import org.slf4j.LoggerFactory;

/**
 * Whether this JVM has the Vector API, an incubator module that has to be asked for, and whether it
 * is to be used.
 */
final class VectorApi {
  /** {@code on} uses it from the first step, {@code off} never, {@code auto} once it is warm. */
  static final String PROPERTY = "symbreak.vector";

  private static final String WANTED = System.getProperty(PROPERTY, "auto");
  private static final boolean PRESENT = !WANTED.equals("off") && isPresent();

  private VectorApi() {}

  private static boolean isPresent() {
    boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    if (!present) {
      LoggerFactory.getLogger(VectorApi.class)
          .info(
              "The fused engine runs without the Vector API, several times slower: start java with"
                  + " --add-modules jdk.incubator.vector");
    }
    return present;
  }

  static boolean isUsed() {
    return PRESENT;
  }

  static boolean isUsedAtOnce() {
    return PRESENT && WANTED.equals("on");
  }

  /** In words. */
  static String arithmetic() {
    return PRESENT ? "Java Vector API (%d bits)".formatted(VectorWidth.BITS) : "plain Java";
  }
}

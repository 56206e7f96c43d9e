package org.symbreak.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Of what computes. */
public final class Versions {
  private Versions() {}

  /** The project's version, such as 0.1.0. */
  public static String symbreak() {
    return built().getProperty("symbreak");
  }

  /** By name: symbreak, deeplearning4j, java, system. */
  static Map<String, String> all() {
    Map<String, String> versions = new TreeMap<>();
    built().forEach((name, version) -> versions.put((String) name, (String) version));
    versions.put("java", Runtime.version().toString());
    versions.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return versions;
  }

  /** What the build wrote down. */
  private static Properties built() {
    Properties versions = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("version.txt")) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return versions;
  }
}

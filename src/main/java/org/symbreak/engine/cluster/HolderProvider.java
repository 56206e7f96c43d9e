package org.symbreak.engine.cluster;

import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.symbreak.problem.InputException;

/** Starts holders on a cluster; found by {@link ServiceLoader} where the build has it. */
public interface HolderProvider {
  /**
   * @param master such as {@code local[*]} or {@code spark://HOST:PORT}
   * @throws InputException where there is no such cluster
   */
  ClusterEngine open(String master);

  /**
   * An engine on the cluster of the provider that there is.
   *
   * @throws InputException where the build has none, with what to do
   */
  static ClusterEngine engine(String master) {
    try {
      return ServiceLoader.load(HolderProvider.class)
          .findFirst()
          .orElseThrow(HolderProvider::missing)
          .open(master);
    } catch (ServiceConfigurationError | NoClassDefFoundError e) {
      // left over from an earlier build with Spark
      throw missing();
    }
  }

  /** What to do where the build has none. */
  static InputException missing() {
    return InputException.of(
        "--spark",
        "a build with Apache Spark",
        "one without",
        "SYMBREAK_MAVEN=-Pspark scripts/symbreak ...",
        "mvn -Pspark compile exec:java ...");
  }
}

package org.symbreak.experiment;

import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.symbreak.engine.cluster.HolderProvider;
import org.symbreak.problem.InputException;

/** Opens workers on a cluster; found by {@link ServiceLoader} where the build has it. */
public interface ClusterProvider {
  /**
   * @param master such as {@code local[*]} or {@code spark://HOST:PORT}
   * @throws InputException where there is no such cluster
   */
  Workers open(String master);

  /**
   * Workers on the cluster of the provider that there is.
   *
   * @throws InputException where the build has none, with what to do
   */
  static Workers workers(String master) {
    try {
      return ServiceLoader.load(ClusterProvider.class)
          .findFirst()
          .orElseThrow(HolderProvider::missing)
          .open(master);
    } catch (ServiceConfigurationError | NoClassDefFoundError e) {
      // left over from an earlier build with Spark
      throw HolderProvider.missing();
    }
  }
}

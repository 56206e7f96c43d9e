package org.symbreak.cli;

import org.symbreak.run.Versions;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "symbreak " + number(), "Java ${java.version} (${java.vendor}), ${os.name} ${os.arch}"
    };
  }

  /** The project's version, such as 0.1.0. */
  static String number() {
    return Versions.symbreak();
  }
}

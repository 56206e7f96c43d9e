package org.symbreak.guard;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What an attacker would have on the class path: leaves a file behind when it is loaded, made or
 * deserialized.
 */
public final class PlantedClass implements Serializable {
  static final String MARKER = "symbreak.planted.marker";
  private static final long serialVersionUID = 1L;

  static {
    leaveMark();
  }

  public PlantedClass() {
    leaveMark();
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    leaveMark();
  }

  private static void leaveMark() {
    String marker = System.getProperty(MARKER);
    if (marker != null) {
      try {
        Files.writeString(Path.of(marker), "ran");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

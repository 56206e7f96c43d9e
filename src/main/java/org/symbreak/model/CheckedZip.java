package org.symbreak.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.symbreak.network.Precision;

/**
 * Named JSON texts and arrays in one zip: what checkpoints are kept in. Immutable. Written
 * atomically, byte for byte the same for the same contents; read through the guarded door.
 */
public final class CheckedZip {
  private CheckedZip() {}

  public static CheckedZip empty() {
    throw new UnsupportedOperationException();
  }

  /**
   * With one more entry.
   *
   * @param name such as {@code run.json}
   * @param json one JSON document
   */
  public CheckedZip withJson(String name, String json) {
    throw new UnsupportedOperationException();
  }

  /**
   * With one more entry.
   *
   * @param name such as {@code parameters.bin}
   * @param values finite; with FLOAT each must be a float
   */
  public CheckedZip withArray(String name, double[] values, Precision precision) {
    throw new UnsupportedOperationException();
  }

  public Set<String> names() {
    throw new UnsupportedOperationException();
  }

  /**
   * @throws org.symbreak.problem.InputException where there is no entry of this name
   */
  public String json(String name) {
    throw new UnsupportedOperationException();
  }

  /**
   * @throws org.symbreak.problem.InputException where there is no entry of this name, or one that
   *     is no array of this length
   */
  public double[] array(String name, int length) {
    throw new UnsupportedOperationException();
  }

  /** Writes atomically. */
  public void save(Path file) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads and checks: the zip's structure, sizes, JSON syntax and depth, array headers, finite
   * values.
   *
   * @param names the entries that there may be
   * @throws org.symbreak.problem.InputException where the file is not such a zip, with the entry
   *     and what is wrong
   */
  public static CheckedZip load(Path file, Set<String> names) {
    throw new UnsupportedOperationException();
  }
}

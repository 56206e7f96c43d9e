package org.symbreak.data;

/**
 * One of several parts that a file is taken apart into, each of which is the test part once. With
 * an order of the rows it is a window: rows before it train, later ones are left out.
 *
 * @param part which, from 1
 * @param parts how many, from 2
 */
public record Fold(int part, int parts) {
  public Fold {
    if (parts < 2 || part < 1 || part > parts) {
      throw new IllegalArgumentException(
          "a fold is one of at least 2 parts, found " + part + "/" + parts);
    }
  }

  @Override
  public String toString() {
    return part + "/" + parts;
  }
}

package org.symbreak.cli;

/** The command line's entry point. */
public final class Symbreak {
  private Symbreak() {}

  public static void main(String[] args) {
    System.out.println("symbreak");
  }
}

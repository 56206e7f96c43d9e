package org.symbreak.init;

/**
 * A way to begin that looks at the first training rows, as it does in a network ({@code
 * NetworkSpec.begin}). What {@link #draw} gives is where that starts from; a Deeplearning4j program
 * that uses it alone begins there, as no rows reach it.
 */
public sealed interface DataDependent extends Initialization permits Lsuv, DataDriven, Critical {
  /** How many training rows are looked at, at the most, in the file's order. */
  int MOST_ROWS = 1024;
}

package org.symbreak.network;

/** Data type of parameters and arithmetic while training. */
public enum Precision {
  FLOAT,
  DOUBLE
}

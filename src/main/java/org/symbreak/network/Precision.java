package org.symbreak.network;

import org.nd4j.linalg.api.buffer.DataType;

/** Data type of parameters and arithmetic while training. */
public enum Precision {
  FLOAT(DataType.FLOAT),
  DOUBLE(DataType.DOUBLE);

  private final DataType dl4j;

  Precision(DataType dl4j) {
    this.dl4j = dl4j;
  }

  /** ND4J's data type of this name. */
  public DataType dl4j() {
    return dl4j;
  }
}

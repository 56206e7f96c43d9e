package org.symbreak.data;

/** What to do about the label when rows are read for a model that is already fitted. */
public enum LabelUse {
  /** Each row must have one of the label's two values; anything else is a fault. */
  REQUIRED,
  /**
   * The label's column may be absent, and its cells may hold anything: a label that cannot be told
   * is −1.
   */
  OPTIONAL
}

package org.symbreak.data;

import java.util.List;

/** A column of the file that became one or more features. */
sealed interface FittedColumn permits FittedNumber, FittedCategory {
  /** The column's name in the file. */
  String name();

  /** Names of the features it becomes, at least one. */
  List<String> featureNames();

  /** Number of features it becomes, from 1. */
  int size();

  /** Smallest and largest value of each feature over the training rows, features × 2. */
  double[][] ranges();
}

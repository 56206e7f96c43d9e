package org.symbreak.data;

/** How a column writes its numbers where they do not stand there plain. */
sealed interface Notation permits Clothes, DateForm {
  /** The number that a cell stands for; NaN where it is none in this notation. */
  double number(String cell);

  /** What a cell must be, such as {@code a number with '%' behind it}. */
  String expected();

  /** A number as this notation would write it, for reading. */
  String shown(double number);
}

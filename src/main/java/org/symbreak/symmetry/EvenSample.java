package org.symbreak.symmetry;

/** Some of many, evenly spread over them: the same ones whenever it is asked. */
public final class EvenSample {
  private EvenSample() {}

  /**
   * Numbers of at most {@code most} of {@code count} things, from 0, ascending, the first included;
   * of all where there are not more.
   */
  public static int[] of(int count, int most) {
    int[] numbers = new int[Math.min(count, most)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (int) ((long) i * count / numbers.length);
    }
    return numbers;
  }
}

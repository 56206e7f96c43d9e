package org.symbreak.data;

import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import org.symbreak.random.Streams;

/**
 * Which part each row belongs to: drawn at random, the classes in the same proportion in every
 * part.
 */
final class Split {
  enum Part {
    TRAIN,
    VALIDATION,
    TEST,
    /** Set aside for what is settled once the network is trained. */
    CALIBRATION,
    /** Left out altogether: a run must not know of such rows. */
    OUT;

    /** Those whose rows a run knows. */
    static final List<Part> KNOWN = List.of(TRAIN, VALIDATION, TEST, CALIBRATION);

    String words() {
      return this == TRAIN ? "training" : name().toLowerCase(Locale.ROOT);
    }
  }

  private static final long SPLIT = 101;
  private static final Part[] PARTS = Part.values();

  private final byte[] part;
  private final int[] sizes = new int[PARTS.length];

  private Split(int rows) {
    this.part = new byte[rows];
  }

  /** A part for each row. */
  static Split of(Part[] parts) {
    Split split = new Split(parts.length);
    for (int row = 0; row < parts.length; row++) {
      split.part[row] = (byte) parts[row].ordinal();
      split.sizes[parts[row].ordinal()]++;
    }
    return split;
  }

  /** All rows for training. */
  static Split none(int rows) {
    Split split = new Split(rows);
    split.sizes[Part.TRAIN.ordinal()] = rows;
    return split;
  }

  /**
   * Draws the parts, going through the rows once: a row comes into a part with the probability of
   * what the part still lacks among the rows still to come (selection sampling, Knuth, The Art of
   * Computer Programming 2, 3.4.2, algorithm S), so that each choice of that size is as likely.
   *
   * @param labels 0 or 1 a row
   * @param testFraction of each class, in [0, 1); at least one row where it is above 0 and the
   *     class has two
   * @param validationFraction of what remains of each class, in the same way
   */
  static Split stratified(
      int rows,
      IntUnaryOperator labels,
      double testFraction,
      double validationFraction,
      long seed) {
    return stratified(rows, labels, testFraction, validationFraction, seed, row -> -1, 0);
  }

  /**
   * The same with groups of rows that stay together: the first of a group draws for all, and what
   * would make a part more than half as large again goes to training. Without groups, the same
   * draws.
   *
   * @param group number of each row's group, from 0; −1 for a row of its own
   * @param groups how many there are
   */
  static Split stratified(
      int rows,
      IntUnaryOperator labels,
      double testFraction,
      double validationFraction,
      long seed,
      IntUnaryOperator group,
      int groups) {
    int[] left = new int[2];
    for (int row = 0; row < rows; row++) {
      left[labels.applyAsInt(row)]++;
    }
    int[] test = new int[2];
    int[] validation = new int[2];
    for (int label = 0; label < 2; label++) {
      test[label] = share(left[label], testFraction);
      validation[label] = share(left[label] - test[label], validationFraction);
    }
    int[] groupSizes = new int[groups];
    for (int row = 0; groups > 0 && row < rows; row++) {
      int of = group.applyAsInt(row);
      if (of >= 0) {
        groupSizes[of]++;
      }
    }
    Part[] drawn = new Part[groups];
    RandomGenerator random = Streams.of(seed, SPLIT);
    Split split = new Split(rows);
    for (int row = 0; row < rows; row++) {
      int label = labels.applyAsInt(row);
      int of = group.applyAsInt(row);
      Part part;
      if (of >= 0 && drawn[of] != null) {
        part = drawn[of];
      } else {
        int place = random.nextInt(left[label]);
        part =
            place < test[label]
                ? Part.TEST
                : place < test[label] + validation[label] ? Part.VALIDATION : Part.TRAIN;
        if (of >= 0) {
          int room = part == Part.TEST ? test[0] + test[1] : validation[0] + validation[1];
          part = part == Part.TRAIN || 2 * groupSizes[of] > 3 * room ? Part.TRAIN : part;
          drawn[of] = part;
        }
      }
      left[label]--;
      if (part == Part.TEST) {
        test[label] = Math.max(0, test[label] - 1);
      } else if (part == Part.VALIDATION) {
        validation[label] = Math.max(0, validation[label] - 1);
      }
      split.part[row] = (byte) part.ordinal();
      split.sizes[part.ordinal()]++;
    }
    return split;
  }

  /** The same, some of the rows in another part. */
  Split with(int[] rows, Part other) {
    Part[] parts = new Part[part.length];
    for (int row = 0; row < parts.length; row++) {
      parts[row] = part(row);
    }
    for (int row : rows) {
      parts[row] = other;
    }
    return of(parts);
  }

  private static int share(int rows, double fraction) {
    if (fraction == 0 || rows < 2) {
      return 0;
    }
    return Math.min(rows - 1, Math.max(1, (int) Math.round(rows * fraction)));
  }

  Part part(int row) {
    return PARTS[part[row]];
  }

  boolean trains(int row) {
    return part[row] == 0;
  }

  int size(Part of) {
    return sizes[of.ordinal()];
  }
}

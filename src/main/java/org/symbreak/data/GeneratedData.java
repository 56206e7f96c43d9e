package org.symbreak.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Nearest;
import org.symbreak.problem.Problem;
import org.symbreak.random.NumPyRandom;

/**
 * Data sets of two features that are drawn rather than measured. {@link #CIRCLES} and {@link
 * #MOONS} are, up to rounding, what scikit-learn's {@code make_circles} and {@code make_moons} give
 * after {@code np.random.seed(seed)}.
 */
public enum GeneratedData {
  /**
   * The corners of the unit square, class 1 where one coordinate is 1 and the other 0, with noise
   * around them.
   */
  XOR(0.1, true) {
    @Override
    void place(Recipe recipe, int[] sizes, double[][] x, NumPyRandom random) {
      for (int i = 0; i < x.length; i++) {
        int label = i < sizes[0] ? 0 : 1;
        int first = (label == 0 ? i : i - sizes[0]) % 2;
        x[i] = new double[] {first, first ^ label};
      }
    }
  },
  /** Two circles around the origin, class 0 of radius 1, class 1 of the recipe's factor. */
  CIRCLES(0.05, true) {
    @Override
    void place(Recipe recipe, int[] sizes, double[][] x, NumPyRandom random) {
      for (int i = 0; i < x.length; i++) {
        int label = i < sizes[0] ? 0 : 1;
        double angle = (i - label * sizes[0]) * (2 * Math.PI / sizes[label]);
        double radius = label == 0 ? 1 : recipe.factor;
        x[i] = new double[] {StrictMath.cos(angle) * radius, StrictMath.sin(angle) * radius};
      }
    }
  },
  /** Two half circles that reach into each other. */
  MOONS(0.1, true) {
    @Override
    void place(Recipe recipe, int[] sizes, double[][] x, NumPyRandom random) {
      for (int i = 0; i < x.length; i++) {
        int label = i < sizes[0] ? 0 : 1;
        double angle = between(0, Math.PI, sizes[label], i - label * sizes[0]);
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        x[i] = label == 0 ? new double[] {cos, sin} : new double[] {1 - cos, 1 - sin - 0.5};
      }
    }
  },
  /** Two arms of a spiral of Archimedes that wind once and a half around the origin. */
  SPIRALS(0.03, true) {
    @Override
    void place(Recipe recipe, int[] sizes, double[][] x, NumPyRandom random) {
      for (int i = 0; i < x.length; i++) {
        int label = i < sizes[0] ? 0 : 1;
        double radius = between(0.15, 1, sizes[label], i - label * sizes[0]);
        double angle = 3.5 * Math.PI * radius + label * Math.PI;
        x[i] = new double[] {radius * StrictMath.cos(angle), radius * StrictMath.sin(angle)};
      }
    }
  },
  /**
   * Petals of a flower, each class on its half of the angles: the planar data set of a
   * deep-learning course, its numbers drawn in the same order. The noise is that of angle and
   * radius; rows are not shuffled.
   */
  FLOWER(0.2, false) {
    @Override
    void place(Recipe recipe, int[] sizes, double[][] x, NumPyRandom random) {
      for (int label = 0; label < 2; label++) {
        double[] angles = new double[sizes[label]];
        for (int i = 0; i < angles.length; i++) {
          angles[i] =
              between(label * 3.12, (label + 1) * 3.12, angles.length, i)
                  + random.nextGaussian() * recipe.noise;
        }
        for (int i = 0; i < angles.length; i++) {
          double radius = 4 * StrictMath.sin(angles[i] * 4) + random.nextGaussian() * recipe.noise;
          x[label * sizes[0] + i] =
              new double[] {radius * StrictMath.sin(angles[i]), radius * StrictMath.cos(angles[i])};
        }
      }
    }
  },
  /** Two sides of the line x2 = x1, at least 0.1 away from it before the noise. */
  LINEAR(0.05, true) {
    @Override
    void place(Recipe recipe, int[] sizes, double[][] x, NumPyRandom random) {
      for (int i = 0; i < x.length; i++) {
        double along = random.uniform(-1, 1);
        double across = random.uniform(0.1, 1) * (i < sizes[0] ? -1 : 1);
        x[i] = new double[] {(along - across) * Math.sqrt(0.5), (along + across) * Math.sqrt(0.5)};
      }
    }
  };

  private static final long LARGEST_SEED = (1L << 32) - 1;

  private final double defaultNoise;
  private final boolean shuffled;

  GeneratedData(double defaultNoise, boolean shuffled) {
    this.defaultNoise = defaultNoise;
    this.shuffled = shuffled;
  }

  /**
   * How a data set is drawn.
   *
   * @param rows how many, from 2
   * @param noise standard deviation of the Gaussian noise that each coordinate gets, from 0
   * @param seed of NumPy's legacy generator, 0 to 2³² − 1
   * @param share of the first class (label 0), in (0, 1); halves of a row go to the second, as in
   *     scikit-learn
   * @param factor of {@link #CIRCLES} alone: radius of the inner circle, in [0, 1); 0.8 in
   *     scikit-learn unless told otherwise
   */
  public record Recipe(int rows, double noise, long seed, double share, double factor) {
    /**
     * @throws InputException where a value is out of its range, under the name of its option
     */
    public Recipe {
      Faults faults = new Faults(new Place("data"));
      check(faults, "--rows", "a whole number from 2", rows, rows >= 2);
      check(
          faults,
          "--noise",
          "a finite number from 0",
          noise,
          noise >= 0 && noise <= Double.MAX_VALUE);
      check(
          faults,
          "--seed",
          "a whole number from 0 to " + LARGEST_SEED,
          seed,
          seed >= 0 && seed <= LARGEST_SEED);
      check(faults, "--share", "a number between 0 and 1", share, share > 0 && share < 1);
      check(faults, "--factor", "a number from 0 to below 1", factor, factor >= 0 && factor < 1);
      faults.throwIfAny();
      int first = first(rows, share);
      check(
          faults,
          "--share",
          "at least one of the " + rows + " rows in each class",
          share,
          first > 0 && first < rows);
      faults.throwIfAny();
    }

    private static void check(
        Faults faults, String option, String expected, Number found, boolean holds) {
      if (!holds) {
        faults.add(new Problem(option, expected, found.toString()));
      }
    }

    /** Rows of the first class; half a row goes to the second. */
    private static int first(int rows, double share) {
      return (int) Math.ceil(rows * share - 0.5);
    }
  }

  /**
   * The drawn rows, in order.
   *
   * @param x rows × 2
   * @param y 0 or 1 a row
   */
  public record Points(double[][] x, int[] y) {
    /** Writes the rows as CSV with the header {@code x1,x2,label}; numbers come back exactly. */
    public void writeCsv(Appendable out) throws IOException {
      out.append("x1,x2,label\n");
      for (int i = 0; i < y.length; i++) {
        out.append(String.valueOf(x[i][0]))
            .append(',')
            .append(String.valueOf(x[i][1]))
            .append(',')
            .append(String.valueOf(y[i]))
            .append('\n');
      }
    }
  }

  /**
   * The kind of this name, upper and lower case alike.
   *
   * @throws InputException where there is none, with the nearest
   */
  public static GeneratedData parse(String name) {
    List<String> names =
        Arrays.stream(values()).map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList();
    int index = names.indexOf(name.toLowerCase(Locale.ROOT));
    if (index < 0) {
      throw new InputException(
          new Problem(
              "data",
              "a kind of generated data",
              Place.quoted(name),
              Nearest.names(name, names, names.size())));
    }
    return values()[index];
  }

  /** The noise where none is asked for. */
  public double defaultNoise() {
    return defaultNoise;
  }

  public Points generate(Recipe recipe) {
    NumPyRandom random = new NumPyRandom(recipe.seed);
    int first = Recipe.first(recipe.rows, recipe.share);
    int[] sizes = {first, recipe.rows - first};
    double[][] placed = new double[recipe.rows][];
    place(recipe, sizes, placed, random);
    if (!shuffled) {
      return new Points(placed, labels(sizes, null));
    }
    int[] order = random.permutation(recipe.rows);
    double[][] x = new double[recipe.rows][];
    for (int i = 0; i < x.length; i++) {
      x[i] = placed[order[i]];
      if (recipe.noise > 0) {
        x[i][0] += recipe.noise * random.nextGaussian();
        x[i][1] += recipe.noise * random.nextGaussian();
      }
    }
    return new Points(x, labels(sizes, order));
  }

  private static int[] labels(int[] sizes, int[] order) {
    int[] y = new int[sizes[0] + sizes[1]];
    for (int i = 0; i < y.length; i++) {
      y[i] = (order == null ? i : order[i]) < sizes[0] ? 0 : 1;
    }
    return y;
  }

  /** Fills in the points of class 0, then those of class 1. */
  abstract void place(Recipe recipe, int[] sizes, double[][] x, NumPyRandom random);

  /**
   * The i-th, from 0, of n numbers from {@code from} to {@code to} at equal distances, as NumPy's
   * {@code linspace} computes it.
   */
  private static double between(double from, double to, int n, int i) {
    if (n == 1) {
      return from;
    }
    return i == n - 1 ? to : i * ((to - from) / (n - 1)) + from;
  }
}

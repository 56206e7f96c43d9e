package org.symbreak.init;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.symbreak.init.VarianceScaling.Family;
import org.symbreak.init.VarianceScaling.Spread;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Nearest;
import org.symbreak.problem.Problem;

/**
 * The catalogue: reads {@code gaussian:0.01}, and {@code gaussian:0.01/zeros} for a layer after the
 * other.
 */
public final class Initializations {
  /**
   * @param usage name and parameters as users write them, {@code [..]} for what may be left out
   * @param parameters how many at the least and at the most
   */
  private record Entry(
      String usage, String meaning, int least, int most, Function<String[], Initialization> make) {
    static Entry plain(String name, String meaning, Initialization initialization) {
      return new Entry(name, meaning, 0, 0, none -> initialization);
    }

    static Entry optional(String usage, String meaning, Function<String[], Initialization> make) {
      return new Entry(usage, meaning, 0, 1, make);
    }

    String name() {
      return usage.split("[:\\[]", 2)[0];
    }
  }

  private static final List<Entry> ENTRIES =
      List.of(
          Entry.plain("zeros", "0", new Zeros()),
          new Entry(
              "constant:VALUE",
              "the same number everywhere",
              1,
              1,
              p -> new Constant(number(p[0]))),
          Entry.optional(
              "gaussian[:SCALE]",
              "standard normal numbers times a scale, 0.01",
              p -> new ScaledGaussian(p.length == 0 ? ScaledGaussian.DEFAULT_SCALE : number(p[0]))),
          Entry.optional(
              "uniform[:EPSILON|:auto]",
              "uniform in plus or minus epsilon, 0.12; auto: √6 / √(fan-in + fan-out)",
              Initializations::uniform),
          scaling(
              "glorot",
              "normal, variance 2 / (fan-in + fan-out); also called xavier",
              Family.GLOROT,
              Spread.NORMAL),
          scaling("glorot-uniform", "uniform with that variance", Family.GLOROT, Spread.UNIFORM),
          scaling(
              "glorot-truncated",
              "normal, truncated at two standard deviations, with that variance",
              Family.GLOROT,
              Spread.TRUNCATED),
          scaling("he", "normal, variance 2 / fan-in", Family.HE, Spread.NORMAL),
          scaling("he-uniform", "uniform with that variance", Family.HE, Spread.UNIFORM),
          scaling(
              "he-truncated", "truncated normal with that variance", Family.HE, Spread.TRUNCATED),
          scaling("lecun", "normal, variance 1 / fan-in", Family.LECUN, Spread.NORMAL),
          scaling("lecun-uniform", "uniform with that variance", Family.LECUN, Spread.UNIFORM),
          scaling(
              "lecun-truncated",
              "truncated normal with that variance",
              Family.LECUN,
              Spread.TRUNCATED),
          Entry.optional(
              "orthogonal[:GAIN]",
              "random orthogonal matrix times a gain, 1",
              p -> new Orthogonal(p.length == 0 ? 1 : number(p[0]))),
          Entry.plain(
              "nguyen-widrow",
              "random directions of length 0.7 fan-out^(1 / fan-in)",
              new NguyenWidrow()),
          Entry.plain("identity", "unit i takes input i", new Identity()),
          Entry.optional(
              "sparse[:CONNECTIONS]",
              "each unit listens to 15 inputs, or so many",
              p ->
                  new Sparse(
                      p.length == 0 ? Sparse.DEFAULT_CONNECTIONS : Math.toIntExact(whole(p[0])))),
          new Entry(
              "numpy:SEED:SCALE|he|xavier[:START]",
              "NumPy's randn after np.random.seed(SEED), a layer after the other",
              2,
              3,
              Initializations::numpy));

  private Initializations() {}

  /** Names of the catalogue, in its order. */
  public static List<String> names() {
    return ENTRIES.stream().map(Entry::name).toList();
  }

  /** A line an initialization: how it is written, and what it is. */
  public static List<String> descriptions() {
    return ENTRIES.stream()
        .map(entry -> String.format(Locale.ROOT, "%-36s %s", entry.usage, entry.meaning))
        .toList();
  }

  /**
   * Reads {@code NAME[:PARAMETER...]}, upper and lower case alike.
   *
   * @throws InputException with the choices
   */
  public static Initialization parse(String text) {
    return parse("--init", text);
  }

  /**
   * As {@link #parse(String)}.
   *
   * @param place what a message names as the place, such as {@code --bias-init}
   */
  public static Initialization parse(String place, String text) {
    List<Problem> problems = new ArrayList<>();
    Optional<Initialization> parsed = read(place, text, problems);
    return parsed.orElseThrow(() -> new InputException(problems));
  }

  /**
   * Reads {@code gaussian:0.01/zeros}: an initialization a layer, of which the last one repeats.
   *
   * @throws InputException with everything that is wrong in any of them
   */
  public static LayerInits parseLayers(String text) {
    return parseLayers("--init", text);
  }

  /**
   * As {@link #parseLayers(String)}.
   *
   * @param place what a message names as the place, such as {@code --bias-init}
   */
  public static LayerInits parseLayers(String place, String text) {
    List<Problem> problems = new ArrayList<>();
    List<Initialization> layers = new ArrayList<>();
    for (String layer : text.split("/", -1)) {
      read(place, layer, problems).ifPresent(layers::add);
    }
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    return new LayerInits(layers);
  }

  private static Optional<Initialization> read(String place, String text, List<Problem> problems) {
    String[] words = text.strip().toLowerCase(Locale.ROOT).split(":", -1);
    String name = canonical(words[0]);
    Optional<Entry> found = ENTRIES.stream().filter(entry -> entry.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      List<String> choices = Nearest.names(name, names(), names().size());
      problems.add(new Problem(place, "an initialization", "'" + text + "'", choices));
      return Optional.empty();
    }
    Entry entry = found.get();
    String[] parameters = Arrays.copyOfRange(words, 1, words.length);
    if (parameters.length < entry.least || parameters.length > entry.most) {
      problems.add(new Problem(place, entry.usage, "'" + text + "'"));
      return Optional.empty();
    }
    try {
      return Optional.of(entry.make.apply(parameters));
    } catch (IllegalArgumentException | ArithmeticException e) {
      problems.add(new Problem(place, entry.usage + ": " + e.getMessage(), "'" + text + "'"));
      return Optional.empty();
    }
  }

  /** Xavier is Glorot's first name; the normal distribution may be named, too. */
  private static String canonical(String name) {
    return name.replaceFirst("^xavier", "glorot").replaceFirst("-normal$", "");
  }

  private static Entry scaling(String name, String meaning, Family family, Spread spread) {
    return Entry.plain(name, meaning, new VarianceScaling(family, spread));
  }

  private static Initialization uniform(String[] parameters) {
    if (parameters.length == 0) {
      return new UniformEpsilon(UniformEpsilon.DEFAULT_EPSILON);
    }
    return parameters[0].equals("auto")
        ? UniformEpsilon.AUTO
        : new UniformEpsilon(number(parameters[0]));
  }

  private static Initialization numpy(String[] parameters) {
    long seed = whole(parameters[0]);
    Family family =
        switch (parameters[1]) {
          case "he" -> Family.HE;
          case "xavier" -> Family.LECUN;
          default -> null;
        };
    return new NumPyGaussian(
        seed,
        family,
        family == null ? number(parameters[1]) : 1,
        parameters.length == 3 ? whole(parameters[2]) : 0);
  }

  private static double number(String text) {
    // Double.parseDouble takes 1d, 0x1p3 and NaN as well
    if (!text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d+)?")) {
      throw new IllegalArgumentException("a number is needed, found '" + text + "'");
    }
    return Double.parseDouble(text);
  }

  private static long whole(String text) {
    if (!text.matches("\\d{1,18}")) {
      throw new IllegalArgumentException("a whole number from 0 is needed, found '" + text + "'");
    }
    return Long.parseLong(text);
  }
}

package org.symbreak.init;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.symbreak.init.LibraryDefault.Library;
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
   * @param least how many parameters at the least
   * @param most how many at the most
   */
  private record Entry(String usage, int least, int most, Function<String[], Initialization> make) {
    static Entry plain(String name, Initialization initialization) {
      return new Entry(name, 0, 0, none -> initialization);
    }

    static Entry optional(String usage, Function<String[], Initialization> make) {
      return new Entry(usage, 0, 1, make);
    }

    String name() {
      return usage.split("[:\\[]", 2)[0];
    }
  }

  private static final List<Entry> ENTRIES =
      List.of(
          Entry.plain("zeros", new Zeros()),
          new Entry("constant:VALUE", 1, 1, p -> new Constant(number(p[0]))),
          Entry.optional(
              "gaussian[:SCALE]",
              p -> new ScaledGaussian(p.length == 0 ? ScaledGaussian.DEFAULT_SCALE : number(p[0]))),
          Entry.optional("uniform[:EPSILON|:auto]", Initializations::uniform),
          scaling("glorot", Family.GLOROT, Spread.NORMAL),
          scaling("glorot-uniform", Family.GLOROT, Spread.UNIFORM),
          scaling("glorot-truncated", Family.GLOROT, Spread.TRUNCATED),
          scaling("he", Family.HE, Spread.NORMAL),
          scaling("he-uniform", Family.HE, Spread.UNIFORM),
          scaling("he-truncated", Family.HE, Spread.TRUNCATED),
          scaling("lecun", Family.LECUN, Spread.NORMAL),
          scaling("lecun-uniform", Family.LECUN, Spread.UNIFORM),
          scaling("lecun-truncated", Family.LECUN, Spread.TRUNCATED),
          Entry.optional(
              "orthogonal[:GAIN]", p -> new Orthogonal(p.length == 0 ? 1 : number(p[0]))),
          Entry.plain("nguyen-widrow", new NguyenWidrow()),
          Entry.plain("identity", new Identity()),
          Entry.plain("lsuv", new Lsuv()),
          Entry.plain("data", new DataDriven()),
          Entry.plain("critical", new Critical()),
          Entry.optional(
              "sparse[:CONNECTIONS]",
              p ->
                  new Sparse(
                      p.length == 0 ? Sparse.DEFAULT_CONNECTIONS : Math.toIntExact(whole(p[0])))),
          new Entry("numpy:SEED:SCALE|he|xavier[:START]", 2, 3, Initializations::numpy),
          library("pytorch", Library.PYTORCH),
          library("keras", Library.KERAS),
          Entry.optional("sklearn[:logistic]", Initializations::sklearn),
          library("flax", Library.FLAX),
          library("spark", Library.SPARK),
          library("tf-playground", Library.TF_PLAYGROUND),
          library("weka", Library.WEKA));

  /**
   * Families go by the first name of who proposed them as well, whatever the spread, as in {@code
   * kaiming-uniform}; what is Flax's default is JAX's.
   */
  private static final Map<String, String> ALIASES =
      Map.of("xavier", "glorot", "kaiming", "he", "jax", "flax");

  private Initializations() {}

  /** Names of the catalogue, in its order, and the other names that some of them go by. */
  public static List<String> names() {
    return Stream.concat(ENTRIES.stream().map(Entry::name), ALIASES.keySet().stream().sorted())
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

  /** The normal distribution may be named, too. */
  private static String canonical(String name) {
    String family = name.split("-", 2)[0];
    return (ALIASES.getOrDefault(family, family) + name.substring(family.length()))
        .replaceFirst("-normal$", "");
  }

  private static Entry scaling(String name, Family family, Spread spread) {
    return Entry.optional(
        name + "[:GAIN]",
        p ->
            new VarianceScaling(
                family, spread, p.length == 0 ? 1 : Requirements.positive("gain", number(p[0]))));
  }

  private static Entry library(String name, Library library) {
    return Entry.plain(name, new LibraryDefault(library));
  }

  private static Initialization sklearn(String[] parameters) {
    if (parameters.length == 1 && !parameters[0].equals("logistic")) {
      throw new IllegalArgumentException("logistic or nothing is needed");
    }
    return new LibraryDefault(parameters.length == 1 ? Library.SKLEARN_LOGISTIC : Library.SKLEARN);
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

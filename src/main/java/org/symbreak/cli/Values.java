package org.symbreak.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;
import org.symbreak.data.CsvFormat;
import org.symbreak.data.GeneratedData;
import org.symbreak.experiment.Advisor;
import org.symbreak.init.Initializations;
import org.symbreak.init.LayerInits;
import org.symbreak.network.Activation;
import org.symbreak.network.Precision;
import org.symbreak.problem.Nearest;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.OptimizerSpec;
import picocli.CommandLine.ITypeConverter;

/**
 * What the text after an option may be. Every converter refuses what it does not understand, NaN
 * included, with what it expected.
 */
final class Values {
  /** Largest learning rate that is not taken for a slip of the finger. */
  private static final double LARGEST_RATE = 1e6;

  private Values() {}

  /** A number in [0, 1). */
  static final class Share implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return number(
          text, "a share from 0 to below 1, such as 0.2", value -> value >= 0 && value < 1);
    }
  }

  /** A number between 0 and 1, neither included. */
  static final class InnerShare implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return number(
          text, "a share above 0 and below 1, such as 0.6", value -> value > 0 && value < 1);
    }
  }

  /** A finite number from 0. */
  static final class FromZero implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return number(
          text, "a finite number from 0", value -> value >= 0 && value < Double.POSITIVE_INFINITY);
    }
  }

  /** A positive, finite number. */
  static final class Positive implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return number(
          text, "a positive number", value -> value > 0 && value < Double.POSITIVE_INFINITY);
    }
  }

  /** A learning rate. */
  static final class Rate implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return number(
          text,
          "a learning rate above 0 and up to 1e6, usually between 0.0001 and 10",
          value -> value > 0 && value <= LARGEST_RATE);
    }
  }

  /** A whole number from 1. */
  static final class FromOne implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return wholeFromOne(text, "a whole number from 1");
    }
  }

  /** A whole number from 2. */
  static final class FromTwo implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return Math.toIntExact(whole(text, "a whole number from 2", 2, Integer.MAX_VALUE));
    }
  }

  /** Runs that a search may spend. */
  static final class SearchRuns implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return Math.toIntExact(
          whole(
              text,
              "a whole number from " + Advisor.FEWEST_RUNS,
              Advisor.FEWEST_RUNS,
              Integer.MAX_VALUE));
    }
  }

  /** A port to listen on. */
  static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return Math.toIntExact(whole(text, "a port from 0 to 65535", 0, 65535));
    }
  }

  /** A seed of NumPy's legacy generator. */
  static final class NumPySeed implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return whole(text, "a whole number from 0 to 4294967295", 0, (1L << 32) - 1);
    }
  }

  /** A kind of generated data. */
  static final class Generated implements ITypeConverter<GeneratedData> {
    @Override
    public GeneratedData convert(String text) {
      return choice(text, "a kind of data", GeneratedData.values());
    }
  }

  /** Any whole number of 64 bits. */
  static final class Seed implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return whole(text, "a whole number of at most 64 bits", Long.MIN_VALUE, Long.MAX_VALUE);
    }
  }

  /** {@code full} or a whole number from 1. */
  static final class Batch implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return text.strip().equalsIgnoreCase("full")
          ? (Integer) BudgetSpec.FULL_BATCH
          : wholeFromOne(text, "'full' or a whole number of rows from 1");
    }
  }

  /** Units a hidden layer, {@code 16/8}; {@code none} for no hidden layer. */
  static final class Hidden implements ITypeConverter<Layers<Integer>> {
    @Override
    public Layers<Integer> convert(String text) {
      if (text.strip().equalsIgnoreCase("none")) {
        return new Layers<>(List.of());
      }
      List<Integer> units = new ArrayList<>();
      for (String layer : text.split("/", -1)) {
        units.add(
            wholeFromOne(
                layer,
                "units a hidden layer, each from 1, separated by '/', such as 16 or 16/8, or 'none'"));
      }
      return new Layers<>(units);
    }
  }

  /** Activations a hidden layer, {@code relu/tanh}. */
  static final class Activations implements ITypeConverter<Layers<Activation>> {
    @Override
    public Layers<Activation> convert(String text) {
      List<Activation> activations = new ArrayList<>();
      for (String layer : text.split("/", -1)) {
        activations.add(choice(layer, "an activation", Activation.values()));
      }
      return new Layers<>(activations);
    }
  }

  /** Initializations a layer, {@code gaussian:0.01/zeros}. */
  static final class Init implements ITypeConverter<LayerInits> {
    @Override
    public LayerInits convert(String text) {
      return Initializations.parseLayers("--init", text);
    }
  }

  /** Initializations beside each other, {@code zeros,gaussian:0.01/zeros}. */
  static final class Inits implements ITypeConverter<Compared> {
    @Override
    public Compared convert(String text) {
      Refusals faults = new Refusals();
      List<LayerInits> inits = new ArrayList<>();
      for (String init : text.split(",", -1)) {
        inits.add(faults.of(() -> Initializations.parseLayers("--init", init)));
      }
      faults.refuse();
      return new Compared(inits.stream().distinct().toList());
    }
  }

  /** Names of initializations, for help and for completion in a shell. */
  static final class InitNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Initializations.names().iterator();
    }
  }

  /** The same for biases. */
  static final class BiasInit implements ITypeConverter<LayerInits> {
    @Override
    public LayerInits convert(String text) {
      return Initializations.parseLayers("--bias-init", text);
    }
  }

  /** float or double. */
  static final class Type implements ITypeConverter<Precision> {
    @Override
    public Precision convert(String text) {
      return choice(text, "a data type", Precision.values());
    }
  }

  /** The name of an optimizer. */
  static final class Optimizer implements ITypeConverter<OptimizerSpec.Kind> {
    @Override
    public OptimizerSpec.Kind convert(String text) {
      return choice(text, "an optimizer", OptimizerSpec.Kind.values());
    }
  }

  /**
   * {@code none}, {@code exponential:GAMMA}, {@code inverse:GAMMA[:POWER]} or {@code
   * step:GAMMA:EVERY}.
   */
  static final class Decay implements ITypeConverter<OptimizerSpec.Decay> {
    private static final String EXPECTED =
        "none, exponential:GAMMA, inverse:GAMMA[:POWER] or step:GAMMA:EVERY, GAMMA from 0, such as exponential:0.999";

    @Override
    public OptimizerSpec.Decay convert(String text) {
      String[] parts = text.strip().split(":", -1);
      OptimizerSpec.Decay.Kind kind = choice(parts[0], EXPECTED, OptimizerSpec.Decay.Kind.values());
      int least =
          kind == OptimizerSpec.Decay.Kind.NONE ? 1 : kind == OptimizerSpec.Decay.Kind.STEP ? 3 : 2;
      int most = kind == OptimizerSpec.Decay.Kind.INVERSE ? 3 : least;
      if (parts.length < least || parts.length > most) {
        throw new WrongValue(EXPECTED);
      }
      double gamma =
          parts.length > 1 ? number(parts[1], EXPECTED, value -> value >= 0 && value <= 1e6) : 1;
      double parameter =
          parts.length > 2
              ? number(parts[2], EXPECTED, value -> value > 0 && value < Double.POSITIVE_INFINITY)
              : 1;
      return new OptimizerSpec.Decay(kind, gamma, parameter);
    }
  }

  /** The name of an engine. */
  static final class EngineName implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return word(text, "an engine", List.of("auto", "dl4j", "fused"));
    }
  }

  /** The name of a backend. */
  static final class BackendName implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return word(text, "a backend", List.of("auto", "cpu", "cuda"));
    }
  }

  /** A probability. */
  static final class Probability implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return probability(text, "a probability from 0 to 1");
    }
  }

  /** A probability, or {@code f1}. */
  static final class Threshold implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return text.strip().equalsIgnoreCase("f1")
          ? "f1"
          : Double.toString(probability(text, "a probability from 0 to 1, or 'f1'"));
    }
  }

  /** One character; {@code tab} or {@code \t} for the tabulator, {@code spaces} for a space. */
  static final class OneCharacter implements ITypeConverter<Character> {
    @Override
    public Character convert(String text) {
      if (text.equals("tab") || text.equals("\\t")) {
        return '\t';
      }
      if (text.equals("spaces")) {
        return ' ';
      }
      if (text.length() != 1 || text.charAt(0) < ' ' || text.charAt(0) > '~') {
        throw new WrongValue("one ASCII character, or 'tab'");
      }
      return text.charAt(0);
    }
  }

  /** The name of an encoding. */
  static final class Encoding implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!CsvFormat.isEncoding(text)) {
        throw new WrongValue(
            "the name of an encoding", "UTF-8", "UTF-16", "windows-1252", "ISO-8859-1");
      }
      return text;
    }
  }

  /** Between a number's whole part and its fraction. */
  static final class DecimalMark implements ITypeConverter<Character> {
    @Override
    public Character convert(String text) {
      if (!text.equals(".") && !text.equals(",")) {
        throw new WrongValue("a point or a comma");
      }
      return text.charAt(0);
    }
  }

  /**
   * What there is for each layer. A type of its own, since picocli would take a plain list for an
   * option that is given several times.
   *
   * @param each in the order of the layers
   */
  record Layers<T>(List<T> each) {}

  /**
   * What is compared; a type of its own for the same reason.
   *
   * @param inits without repetition
   */
  record Compared(List<LayerInits> inits) {}

  private static double probability(String text, String expected) {
    return number(text, expected, value -> value >= 0 && value <= 1);
  }

  private static double number(String text, String expected, DoublePredicate allowed) {
    try {
      double value = Double.parseDouble(text.strip());
      // Java's own parser also takes "1d" and "0x1p3"
      if (allowed.test(value) && text.strip().matches("[-+0-9.eE]+")) {
        return value;
      }
    } catch (NumberFormatException e) {
      // refused below, with what was expected
    }
    throw new WrongValue(expected);
  }

  private static int wholeFromOne(String text, String expected) {
    return Math.toIntExact(whole(text, expected, 1, Integer.MAX_VALUE));
  }

  private static long whole(String text, String expected, long least, long most) {
    try {
      long value = Long.parseLong(text.strip());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // refused below, with what was expected
    }
    throw new WrongValue(expected);
  }

  static <E extends Enum<E>> E choice(String text, String expected, E[] choices) {
    List<String> names =
        Arrays.stream(choices).map(choice -> choice.name().toLowerCase(Locale.ROOT)).toList();
    return choices[names.indexOf(word(text, expected, names))];
  }

  private static String word(String text, String expected, List<String> words) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    if (!words.contains(word)) {
      throw new WrongValue(
          expected, Nearest.names(word, words, words.size()).toArray(String[]::new));
    }
    return word;
  }
}

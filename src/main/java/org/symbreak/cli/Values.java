package org.symbreak.cli;

import java.util.ArrayList;
import java.util.List;
import org.symbreak.data.GeneratedData;
import org.symbreak.experiment.Advisor;
import org.symbreak.init.Initializations;
import org.symbreak.init.LayerInits;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;
import org.symbreak.setting.Choice;
import org.symbreak.setting.Kind;
import org.symbreak.setting.Real;
import org.symbreak.setting.Whole;
import picocli.CommandLine.ITypeConverter;

/** What the text after an option may be, where the option is no setting of a run. */
final class Values {
  private Values() {}

  /** Reads values of a kind; {@link Failures} learns what was expected. */
  abstract static class Of<T> implements ITypeConverter<T> {
    private final Kind<T> kind;

    Of(Kind<T> kind) {
      this.kind = kind;
    }

    @Override
    public T convert(String text) {
      try {
        return kind.read("value", text);
      } catch (InputException e) {
        Problem problem = e.problems().get(0);
        throw new WrongValue(problem.expected(), problem.choices().toArray(String[]::new));
      }
    }
  }

  /** A whole number of 32 bits. */
  abstract static class Count implements ITypeConverter<Integer> {
    private final Of<Long> whole;

    Count(long least, long most, String expected) {
      this.whole = new Of<>(Whole.of(least, most, expected)) {};
    }

    @Override
    public Integer convert(String text) {
      return Math.toIntExact(whole.convert(text));
    }
  }

  /** A number in [0, 1). */
  static final class Share extends Of<Double> {
    Share() {
      super(Real.share());
    }
  }

  /** A number between 0 and 1, neither included. */
  static final class InnerShare extends Of<Double> {
    InnerShare() {
      super(Real.innerShare());
    }
  }

  /** A finite number from 0. */
  static final class FromZero extends Of<Double> {
    FromZero() {
      super(Real.fromZero());
    }
  }

  /** A positive, finite number. */
  static final class Positive extends Of<Double> {
    Positive() {
      super(Real.positive());
    }
  }

  /** A probability. */
  static final class Probability extends Of<Double> {
    Probability() {
      super(Real.probability());
    }
  }

  /** A whole number from 1. */
  static final class FromOne extends Count {
    FromOne() {
      super(1, Integer.MAX_VALUE, Whole.fromOne().expected());
    }
  }

  /** A whole number from 2. */
  static final class FromTwo extends Count {
    FromTwo() {
      super(2, Integer.MAX_VALUE, "a whole number from 2");
    }
  }

  /** Runs that a search may spend. */
  static final class SearchRuns extends Count {
    SearchRuns() {
      super(Advisor.FEWEST_RUNS, Integer.MAX_VALUE, "a whole number from " + Advisor.FEWEST_RUNS);
    }
  }

  /** A port to listen on. */
  static final class Port extends Count {
    Port() {
      super(0, 65535, "a port from 0 to 65535");
    }
  }

  /** A seed of NumPy's legacy generator. */
  static final class NumPySeed extends Of<Long> {
    NumPySeed() {
      super(Whole.of(0, (1L << 32) - 1, "a whole number from 0 to 4294967295"));
    }
  }

  /** Any whole number of 64 bits. */
  static final class Seed extends Of<Long> {
    Seed() {
      super(Whole.seed());
    }
  }

  /** A kind of generated data. */
  static final class Generated extends Of<GeneratedData> {
    Generated() {
      super(Choice.of("a kind of data", GeneratedData.values()));
    }
  }

  /** The name of a backend. */
  static final class BackendName extends Of<String> {
    BackendName() {
      super(Choice.of("a backend", "auto", "cpu", "cuda"));
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

  /**
   * What is compared; a type of its own, since picocli would take a plain list for an option that
   * is given several times.
   *
   * @param inits without repetition
   */
  record Compared(List<LayerInits> inits) {}
}

package org.symbreak.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.symbreak.data.GeneratedData;
import org.symbreak.guard.AtomicFile;
import org.symbreak.guard.Destination;
import org.symbreak.problem.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code symbreak data}: draws a data set. */
@Command(
    name = "data",
    description = {
      "Draws a data set of two features and writes it as CSV with the columns x1, x2, label.",
      "The rows are those of Python's NumPy with the same seed; circles and moons are"
          + " scikit-learn's."
    },
    footer = {
      "",
      "Example:",
      "  symbreak data moons -o moons.csv --rows 1000 --noise 0.1 --seed 1"
    })
final class DataCommand implements Callable<Integer> {
  private static final double USUAL_FACTOR = 0.8;

  @Parameters(
      paramLabel = "KIND",
      converter = Values.Generated.class,
      description = "xor, circles, moons, spirals, flower or linear.")
  private GeneratedData kind;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "Where to write; needed beside --json. Default: standard output.")
  private Path file;

  @Mixin private ForceOption force = new ForceOption();

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "1000",
      converter = Values.FromTwo.class,
      description = "How many. Default: ${DEFAULT-VALUE}.")
  private int rows;

  @Option(
      names = "--noise",
      paramLabel = "S",
      converter = Values.FromZero.class,
      description = "Standard deviation of what is added. Default: by kind.")
  private Double noise;

  @Option(
      names = "--share",
      paramLabel = "SHARE",
      defaultValue = "0.5",
      converter = Values.InnerShare.class,
      description = "Of the rows with label 0. Default: ${DEFAULT-VALUE}.")
  private double share;

  @Option(
      names = "--factor",
      paramLabel = "RATIO",
      converter = Values.Share.class,
      description = "Of circles: radius of the inner circle. Default: " + USUAL_FACTOR + ".")
  private Double factor;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      converter = Values.NumPySeed.class,
      description = "Of NumPy's generator. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private Console console;

  @Override
  public Integer call() throws IOException {
    force.requireWritable(file);
    if (factor != null && kind != GeneratedData.CIRCLES) {
      throw InputException.of(
          "--factor", "circles beside it", kind.name().toLowerCase(Locale.ROOT));
    }
    if (file == null && console.isJson()) {
      throw InputException.of("--json", "--out FILE beside it for the rows", "none");
    }
    double deviation = noise != null ? noise : kind.defaultNoise();
    GeneratedData.Points points =
        kind.generate(
            new GeneratedData.Recipe(
                rows, deviation, seed, share, factor != null ? factor : USUAL_FACTOR));
    if (file == null) {
      StringBuilder csv = new StringBuilder();
      points.writeCsv(csv);
      console.line(csv.toString().stripTrailing());
    } else {
      write(points, file);
      console.line("Wrote %d rows to %s", rows, file);
    }
    console.document(new Drawn(String.valueOf(file), rows, deviation, seed, share));
    return ExitCode.DONE;
  }

  /** Writes a drawn data set as CSV, whole or not at all. */
  static void write(GeneratedData.Points points, Path file) throws IOException {
    AtomicFile.write(
        Destination.file(file),
        out -> {
          Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          points.writeCsv(writer);
          writer.flush();
        });
  }

  /** The document of {@code --json}. */
  private record Drawn(String file, int rows, double noise, long seed, double share) {}
}

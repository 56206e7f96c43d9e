package org.symbreak.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.symbreak.inspect.Finding;
import org.symbreak.inspect.LayerInspection;
import org.symbreak.inspect.ModelInspection;
import org.symbreak.symmetry.LayerProbe;
import org.symbreak.symmetry.LayerSymmetry;
import org.symbreak.symmetry.Measure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code symbreak inspect}: what is wrong with the hidden units of a saved network. */
@Command(
    name = "inspect",
    description = {
      "Says what a network of dense layers is made of and what is wrong with its hidden units:"
          + " identical, opposite, proportional, dead, constant, saturated.",
      "Takes any MultiLayerNetwork zip of Deeplearning4j 1.0.0. Exit code 3 where units are"
          + " identical or dead, so that a build can stop at it."
    },
    footer = {
      "",
      "Examples:",
      "  symbreak inspect models/NAME/model.zip",
      "  symbreak inspect somebody-elses.zip --data rows.csv --label target --json"
    })
final class InspectCommand implements Callable<Integer>, SettingOptions.Holder {
  private static final int SHOWN_SINGULAR_VALUES = 6;

  @Mixin private ProbeOptions options = new ProbeOptions();

  @Option(
      names = "--tolerance",
      paramLabel = "T",
      converter = Values.FromZero.class,
      description =
          "Difference, relative to a layer's largest weight, up to which units count as the same."
              + " Default: 1e-5.")
  private double tolerance = LayerProbe.TOLERANCE;

  @Mixin private Console console;

  @Override
  public SettingOptions settings() {
    return options.settings();
  }

  @Override
  public Integer call() {
    ModelInspection inspection =
        ModelInspection.of(options.path(), options.source(), tolerance, options.trusted());
    print(inspection);
    console.document(inspection.toJson());
    return inspection.alarm() ? ExitCode.ALARM : ExitCode.DONE;
  }

  private void print(ModelInspection inspection) {
    console.line("model      %s, written by %s", inspection.model(), inspection.writtenBy());
    console.line(
        "parameters %s, %s", Figure.whole(inspection.parameters()), inspection.precision());
    console.line("updater    %s", inspection.updater());
    console.line(
        "trained    %s iterations, %s epochs",
        Figure.whole(inspection.iteration()), Figure.whole(inspection.epoch()));
    console.line("measured   on %s", inspection.probe());
    console.line("");
    Table layers =
        new Table("layer", "inputs", "units", "parameters", "activation", "initialization");
    inspection
        .layers()
        .forEach(
            layer ->
                layers.row(
                    layer.layer(),
                    layer.inputs(),
                    layer.units(),
                    layer.parameters(),
                    layer.activation(),
                    layer.initialization()));
    console.line("%s", layers);
    if (!inspection.hidden().isEmpty()) {
      console.line("");
      console.line("%s", hidden(inspection.hidden()));
    }
    console.line("");
    for (Finding finding : inspection.findings()) {
      console.line(
          "%s %s: %s", finding.alarm() ? "ALARM " : "notice", finding.kind(), finding.text());
    }
    if (!inspection.alarm()) {
      console.line("%s", inspection.verdict());
    }
  }

  private static Table hidden(List<LayerInspection> layers) {
    List<String> headings = new ArrayList<>(List.of("hidden layer"));
    Measure.summary().forEach(measure -> headings.add(measure.title()));
    headings.add("singular values");
    Table table = new Table(headings);
    for (LayerInspection layer : layers) {
      LayerSymmetry symmetry = layer.symmetry();
      List<Object> cells = new ArrayList<>(List.of(symmetry.layer()));
      for (Measure measure : Measure.summary()) {
        cells.add(
            measure == Measure.DISTINCT_UNITS_WITHIN_TOLERANCE
                ? measure.of(symmetry)
                : measure.text(symmetry, Figure.NONE));
      }
      cells.add(spectrum(layer.spectrum()));
      table.row(cells.toArray());
    }
    return table;
  }

  private static String spectrum(List<Double> spectrum) {
    StringBuilder text = new StringBuilder();
    spectrum.stream()
        .limit(SHOWN_SINGULAR_VALUES)
        .forEach(value -> text.append(text.isEmpty() ? "" : " ").append(Figure.decimal(value, 2)));
    return spectrum.size() > SHOWN_SINGULAR_VALUES ? text + " ..." : text.toString();
  }
}

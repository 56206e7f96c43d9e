package org.symbreak.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.symbreak.inspect.ChainDescription;
import org.symbreak.inspect.Finding;
import org.symbreak.inspect.LayerDescription;
import org.symbreak.inspect.LayerInspection;
import org.symbreak.inspect.ModelInspection;
import org.symbreak.report.InspectionReport;
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
      "Takes any MultiLayerNetwork zip of Deeplearning4j 1.0.0, and files of ONNX, Keras,"
          + " safetensors and NumPy. In an ONNX graph, every chain of dense layers is looked at,"
          + " and what is not is listed.",
      "Exit code 3 where units are identical or dead, so that a build can stop at it."
    },
    footer = {
      "",
      "Examples:",
      "  symbreak inspect models/NAME/model.zip",
      "  symbreak inspect net.onnx --report net.html",
      "  symbreak inspect weights.npz --activation relu",
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

  @Option(
      names = "--report",
      paramLabel = "PAGE.HTML",
      description = "Also draw a page: layers, groups of units, spectra.")
  private Path report;

  @Mixin private ForceOption force = new ForceOption();

  @Mixin private Console console;

  @Override
  public SettingOptions settings() {
    return options.settings();
  }

  @Override
  public Integer call() throws IOException {
    force.requireWritable(report, options.path(), options.source().file());
    ModelInspection inspection =
        ModelInspection.of(
            options.path(), options.source(), tolerance, options.trusted(), options.activation());
    print(inspection);
    if (report != null) {
      InspectionReport.write(inspection, report);
      console.notice("Wrote %s", report);
    }
    console.document(inspection.toJson());
    return inspection.alarm() ? ExitCode.ALARM : ExitCode.DONE;
  }

  private void print(ModelInspection inspection) {
    console.line(
        "model      %s, %s%s",
        inspection.model(),
        inspection.format(),
        inspection.writtenBy().isEmpty() ? "" : ", written by " + inspection.writtenBy());
    console.line(
        "parameters %s, %s", Figure.whole(inspection.parameters()), inspection.precision());
    if (inspection.updater() != null) {
      console.line("updater    %s", inspection.updater());
      console.line(
          "trained    %s iterations, %s epochs",
          Figure.whole(inspection.iteration()), Figure.whole(inspection.epoch()));
    }
    for (ChainDescription chain : inspection.chains()) {
      console.line(
          "measured   %son %s", chain.name().isEmpty() ? "" : chain.name() + ", ", chain.probe());
    }
    if (inspection.members() != null) {
      console.line("members    %s", inspection.members().words());
    }
    inspection.unread().forEach(line -> console.line("not read   %s", line));
    console.line("");
    console.line("%s", layers(inspection));
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

  private static Table layers(ModelInspection inspection) {
    boolean named = inspection.layers().stream().anyMatch(layer -> !layer.name().isEmpty());
    boolean begun = inspection.layers().stream().anyMatch(layer -> layer.initialization() != null);
    List<String> heads =
        new ArrayList<>(List.of("layer", "inputs", "units", "parameters", "activation"));
    heads.add(begun ? "initialization" : "name");
    Table table = new Table(heads.toArray(String[]::new));
    for (LayerDescription layer : inspection.layers()) {
      table.row(
          layer.layer(),
          layer.inputs(),
          layer.units(),
          layer.parameters(),
          layer.activation(),
          named && !begun ? layer.name() : layer.initialization());
    }
    return table;
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

package org.symbreak.cli;

import java.util.ArrayList;
import java.util.List;
import org.symbreak.model.Evaluation;
import org.symbreak.run.RunResult;
import org.symbreak.setting.Defaults;
import org.symbreak.symmetry.LayerSymmetry;
import org.symbreak.symmetry.Measure;

/** A run's result for people. */
final class RunResultTable {
  private static final double USUAL_THRESHOLD = Double.parseDouble(Defaults.THRESHOLD);

  private RunResultTable() {}

  /** How well, and what became of the hidden units. */
  static void print(Console console, RunResult result) {
    Table parts = new Table("", "rows", "accuracy", "AUC", "log loss", "F1");
    row(parts, "training", result.train());
    row(parts, "validation", result.validation());
    row(parts, "test", result.test());
    console.line(parts.toString());
    console.line("");
    if (result.threshold() != USUAL_THRESHOLD) {
      console.line(
          "A row counts as %s from a probability of %s on",
          result.positive(), Figure.rounded(result.threshold(), 4));
      console.line("");
    }
    if (result.symmetry() != null) {
      console.line(layers(result.symmetry().layers()).toString());
      console.line(
          "distinct: told apart by more than %s of the layer's largest weight; effective rank: how"
              + " many directions their outputs fill",
          result.symmetry().worst().tolerance());
      console.line("");
    }
    console.line(result.verdict());
    result.findings().forEach(finding -> console.line("- %s", finding.sentence()));
    if (result.test() == null && result.train() != null) {
      console.line(
          "nothing was tested: no row was kept for it, and what is above is of rows that the"
              + " network was %s",
          result.validation() == null ? "trained on" : "trained on or chosen by");
    }
    console.line(
        "Stopped after %s epochs (%s steps, %s s): %s",
        Figure.whole(result.epochs()),
        Figure.whole(result.iterations()),
        Figure.decimal(result.seconds(), 2),
        result.stoppedBecause());
    console.line("Engine %s (%s)", result.engine(), result.backend());
  }

  /** What units are worth: those that differ by more than rounding. */
  private static Table layers(List<LayerSymmetry> layers) {
    List<String> headings =
        new ArrayList<>(List.of("hidden units", Measure.DISTINCT_UNITS.title()));
    Measure.figures().forEach(measure -> headings.add(measure.title()));
    Table table = new Table(headings);
    for (LayerSymmetry layer : layers) {
      List<Object> cells =
          new ArrayList<>(
              List.of(
                  "layer " + layer.layer(),
                  Measure.DISTINCT_UNITS_WITHIN_TOLERANCE.text(layer, Figure.NONE)));
      Measure.figures().forEach(measure -> cells.add(measure.text(layer, Figure.NONE)));
      table.row(cells.toArray());
    }
    return table;
  }

  private static void row(Table parts, String name, Evaluation evaluation) {
    if (evaluation != null) {
      parts.row(
          name,
          Figure.whole(evaluation.rows()),
          Figure.share(evaluation.accuracy()),
          Figure.decimal(evaluation.auc(), 4),
          Figure.decimal(evaluation.logLoss(), 4),
          Figure.decimal(evaluation.f1(), 4));
    }
  }
}

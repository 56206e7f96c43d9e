package org.symbreak.cli;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.symbreak.data.LabelUse;
import org.symbreak.data.RowStream;
import org.symbreak.model.Evaluation;
import org.symbreak.model.Predictor;
import org.symbreak.model.SavedModel;
import org.symbreak.problem.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code symbreak evaluate}: how well a saved model foretells rows whose label is known. */
@Command(
    name = "evaluate",
    description = "Measures a saved model on the rows of a CSV file that has the label's column.",
    footer = {
      "",
      "Example:",
      "  symbreak evaluate --model models/NAME/model.zip data/breast-cancer.csv"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private ModelOptions options = new ModelOptions();
  @Mixin private Console console;

  @Override
  public Integer call() {
    SavedModel model = options.load();
    Predictor predictor = model.predictor();
    double[] probabilities = new double[1024];
    int[] labels = new int[1024];
    int rows = 0;
    List<String> notices;
    try (RowStream stream =
        model.pipeline().open(options.file(), options.format(model), LabelUse.REQUIRED)) {
      notices = stream.notices();
      while (stream.next()) {
        if (rows == labels.length) {
          probabilities = Arrays.copyOf(probabilities, rows * 2);
          labels = Arrays.copyOf(labels, rows * 2);
        }
        probabilities[rows] = predictor.probability(stream.features());
        labels[rows] = stream.label();
        rows++;
      }
    }
    if (rows == 0) {
      throw InputException.of(options.file().toString(), "rows to evaluate", "none");
    }
    notices.forEach(console::notice);
    Evaluation evaluation =
        Evaluation.of(
            Arrays.copyOf(probabilities, rows),
            Arrays.copyOf(labels, rows),
            options.threshold(model));
    print(evaluation, model);
    console.document(evaluation);
    return ExitCode.DONE;
  }

  private void print(Evaluation evaluation, SavedModel model) {
    String positive = model.pipeline().positive();
    String negative = model.pipeline().negative();
    console.line("rows         %s", Figure.whole(evaluation.rows()));
    console.line(
        "accuracy     %s   (a row counts as %s from a probability of %s on)",
        Figure.share(evaluation.accuracy()), positive, Figure.rounded(evaluation.threshold(), 4));
    console.line(
        "precision    %s   (rows called %s that are)",
        Figure.share(evaluation.precision()), positive);
    console.line(
        "recall       %s   (sensitivity: rows that are %s and called so)",
        Figure.share(evaluation.recall()), positive);
    console.line(
        "specificity  %s   (rows that are %s and called so)",
        Figure.share(evaluation.specificity()), negative);
    console.line("F1           %s", Figure.decimal(evaluation.f1(), 4));
    console.line("AUC          %s   (area under ROC)", Figure.decimal(evaluation.auc(), 4));
    console.line("PR AUC       %s   (average precision)", Figure.decimal(evaluation.prAuc(), 4));
    console.line("log loss     %s", Figure.decimal(evaluation.logLoss(), 4));
    console.line("Brier        %s", Figure.decimal(evaluation.brier(), 4));
    console.line("");
    Evaluation.Confusion confusion = evaluation.confusion();
    console.line(
        new Table("confusion", "called " + positive, "called " + negative)
            .row("is " + positive, confusion.truePositives(), confusion.falseNegatives())
            .row("is " + negative, confusion.falsePositives(), confusion.trueNegatives())
            .toString());
    console.line("");
    Table calibration = new Table("calibration", "rows", "foretold", "came true");
    evaluation
        .calibration()
        .forEach(
            bin ->
                calibration.row(
                    Figure.decimal(bin.from(), 1) + " to " + Figure.decimal(bin.to(), 1),
                    bin.rows(),
                    Figure.share(bin.meanProbability()),
                    Figure.share(bin.positiveShare())));
    console.line(calibration.toString());
  }
}

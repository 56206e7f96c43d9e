package org.symbreak.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.symbreak.data.Dataset;
import org.symbreak.data.EncodedRows;
import org.symbreak.data.LabelUse;
import org.symbreak.data.RowStream;
import org.symbreak.model.Evaluation;
import org.symbreak.model.Predictor;
import org.symbreak.model.SavedModel;
import org.symbreak.problem.InputException;
import org.symbreak.run.TrainedOn;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code symbreak evaluate}: how well a saved model foretells rows whose label is known. */
@Command(
    name = "evaluate",
    description = "Measures a saved model on the rows of a CSV file that has the label's column.",
    footer = {
      "",
      "Examples:",
      "  symbreak evaluate --model models/NAME/model.zip new.csv",
      "  symbreak evaluate --model models/NAME/model.zip data/breast-cancer.csv --part test"
    })
final class EvaluateCommand implements Callable<Integer>, SettingOptions.Holder {
  @Mixin private ModelOptions options = new ModelOptions();

  @Option(
      names = "--part",
      paramLabel = "PART",
      description =
          "Of the file that the model was trained on, only the rows for train, validation or test."
              + " Default: all rows.")
  private Part part;

  @Mixin private Console console;

  /** Of the rows of a run. */
  enum Part {
    train,
    validation,
    test
  }

  @Override
  public SettingOptions settings() {
    return options.settings();
  }

  @Override
  public Integer call() throws IOException {
    SavedModel model = options.load();
    Optional<TrainedOn> trainedOn = TrainedOn.of(model);
    ForetoldRows foretold = part == null ? all(model) : part(model, trainedOn);
    if (foretold.rows() == 0) {
      throw InputException.of(options.rowsName(), "rows to evaluate", "none");
    }
    if (part == null && trainedOn.isPresent() && trainedOn.get().isFile(options.file())) {
      noteTrainingRows(trainedOn.get(), model);
    }
    Evaluation evaluation = foretold.evaluation(options.threshold(model));
    print(evaluation, model);
    console.document(evaluation);
    return ExitCode.DONE;
  }

  private ForetoldRows all(SavedModel model) {
    Predictor predictor = model.predictor();
    ForetoldRows foretold = new ForetoldRows();
    try (RowStream stream = options.rows(model, LabelUse.REQUIRED)) {
      stream.notices().forEach(console::notice);
      while (stream.next()) {
        foretold.add(predictor.probability(stream.features()), stream.label());
      }
      stream.unseen().forEach(console::notice);
    }
    return foretold;
  }

  private ForetoldRows part(SavedModel model, Optional<TrainedOn> trainedOn) throws IOException {
    TrainedOn known =
        trainedOn.orElseThrow(
            () ->
                InputException.of(
                    "--part", "a model that knows which data it was trained on", "none"));
    requireTrainingFile(known, model);
    Predictor predictor = model.predictor();
    ForetoldRows foretold = new ForetoldRows();
    try (Dataset data = known.open(options.file(), model.pipeline())) {
      EncodedRows rows =
          switch (part) {
            case train -> data.train();
            case validation -> data.validation();
            case test -> data.test();
          };
      double[] features = new double[rows.features()];
      for (int row = 0; row < rows.rows(); row++) {
        rows.features(row, features, 0);
        foretold.add(predictor.probability(features), rows.label(row));
      }
    }
    return foretold;
  }

  private void requireTrainingFile(TrainedOn known, SavedModel model) throws IOException {
    if (!options.format(model).equals(known.data().format())) {
      throw InputException.of("--part", "the CSV format of training", "another");
    }
    if (options.file().equals(ModelOptions.STANDARD_INPUT)) {
      throw InputException.of("--part", "the file of training by its name", "standard input");
    }
    if (!known.isFile(options.file())) {
      throw InputException.of(
          "--part",
          "the data that the model was trained on, " + files(known) + ", SHA-256 " + known.sha256(),
          known
              .sha256(options.file())
              .map(sha256 -> options.file() + ", SHA-256 " + sha256)
              .orElse("not all of them"));
    }
  }

  private static String files(TrainedOn known) {
    String file = known.data().file();
    return known.data().testFile() == null ? file : file + " and " + known.data().testFile();
  }

  /** Nobody is to take figures of training rows for what new rows will bring. */
  private void noteTrainingRows(TrainedOn known, SavedModel model) {
    try (Dataset data = known.open(options.file(), model.pipeline())) {
      int seen = data.train().rows() + data.validation().rows();
      boolean apart = known.data().testFile() != null;
      console.notice(
          "%s: %s of its %s rows are those that the model was trained on or chosen by%s",
          options.file(),
          Figure.whole(seen),
          Figure.whole(apart ? seen : data.rows()),
          data.test().rows() == 0
              ? ""
              : "; --part test measures the other "
                  + Figure.whole(data.test().rows())
                  + (apart ? " in " + known.data().testFile() : "")
                  + " alone");
    }
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

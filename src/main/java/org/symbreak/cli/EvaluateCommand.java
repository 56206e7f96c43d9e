package org.symbreak.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.symbreak.data.Dataset;
import org.symbreak.data.EncodedRows;
import org.symbreak.data.LabelUse;
import org.symbreak.data.RowStream;
import org.symbreak.model.CalibrationLine;
import org.symbreak.model.Evaluation;
import org.symbreak.model.Importance;
import org.symbreak.model.Predictor;
import org.symbreak.model.RowCounts;
import org.symbreak.model.SavedModel;
import org.symbreak.problem.InputException;
import org.symbreak.run.FileForetelling;
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
  /** Names of columns that are dealt out together, in a line. */
  private static final int LISTED = 3;

  @Mixin private ModelOptions options = new ModelOptions();

  @Option(
      names = "--part",
      paramLabel = "PART",
      description =
          "Of the file that the model was trained on, only the rows for train, validation, test or"
              + " calibration."
              + " Default: all rows.")
  private Part part;

  @Option(
      names = "--weight",
      paramLabel = "COLUMN",
      description = "How much each row counts, from 0. With --part, rows count as in training.")
  private String weight;

  @Option(
      names = "--group",
      paramLabel = "COLUMN",
      description =
          "Rows with equal cells there are of one group: intervals count groups, and --importance"
              + " deals cells out within them. With --part, groups are those of training.")
  private String group;

  @Option(
      names = "--importance",
      description =
          "Measure, too, how much worse the model foretells where the cells of a column are dealt"
              + " out among the rows anew.")
  private boolean importance;

  @Mixin private Console console;

  /**
   * What {@code --json} writes with {@code --importance}: the evaluation's own fields, and this.
   */
  private record WithImportance(
      @JsonUnwrapped Evaluation evaluation, List<Importance> importance) {}

  /** Of the rows of a run. */
  enum Part {
    train,
    validation,
    test,
    calibration
  }

  @Override
  public SettingOptions settings() {
    return options.settings();
  }

  @Override
  public Integer call() throws IOException {
    SavedModel model = options.load();
    Optional<TrainedOn> trainedOn = TrainedOn.of(model);
    if (part != null && (weight != null || group != null)) {
      throw InputException.of(
          weight != null ? "--weight" : "--group",
          "no --part beside it, whose rows count as in training",
          "both");
    }
    ForetoldRows foretold = part == null ? all(model) : part(model, trainedOn);
    if (foretold.rows() == 0) {
      throw InputException.of(options.rowsName(), "rows to evaluate", "none");
    }
    if (part == null && trainedOn.isPresent() && trainedOn.get().isFile(options.file())) {
      noteTrainingRows(trainedOn.get(), model);
    }
    String trainedBy = trainedOn.map(known -> known.data().rulings().weight()).orElse(null);
    if (part == null && weight == null && trainedBy != null) {
      console.notice(
          "every row counts the same; the model was trained with weights: --weight %s", trainedBy);
    }
    String grouped = trainedOn.map(known -> known.data().rulings().group()).orElse(null);
    if (part == null && group == null && grouped != null) {
      console.notice(
          "every row is taken for its own; the model was trained with groups: --group %s", grouped);
    }
    Evaluation evaluation = foretold.evaluation(options.threshold(model));
    print(evaluation, model);
    if (importance) {
      List<Importance> columns = foretold.importance(model);
      print(columns);
      console.document(new WithImportance(evaluation, columns));
    } else {
      console.document(evaluation);
    }
    return ExitCode.DONE;
  }

  private ForetoldRows all(SavedModel model) throws IOException {
    Predictor predictor = model.predictor();
    ForetoldRows foretold = new ForetoldRows(importance);
    try (RowStream stream = options.rows(model, LabelUse.REQUIRED)) {
      stream.notices().forEach(console::notice);
      if (weight != null) {
        stream.weighBy(weight);
      }
      if (group != null) {
        stream.groupBy(group);
      }
      if (!importance && weight == null && group == null) {
        InputException fault =
            new FileForetelling(model).of(stream, options.threads(), false, foretold::add).end();
        if (fault != null) {
          throw fault;
        }
      }
      while (stream.next()) {
        double[] features = stream.features();
        foretold.add(features, predictor.probability(features), stream.label());
        if (weight != null) {
          foretold.weigh(stream.weight());
        }
        if (group != null) {
          foretold.group(stream.group());
        }
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
    ForetoldRows foretold = new ForetoldRows(importance);
    try (Dataset data = known.open(options.file(), model.pipeline())) {
      EncodedRows rows =
          switch (part) {
            case train -> data.train();
            case validation -> data.validation();
            case test -> data.test();
            case calibration -> data.calibration();
          };
      foretold.count(RowCounts.of(rows));
      if (!importance) {
        new FileForetelling(model).of(rows, foretold::add);
        return foretold;
      }
      double[] features = new double[rows.features()];
      for (int row = 0; row < rows.rows(); row++) {
        rows.features(row, features, 0);
        foretold.add(features, predictor.probability(features), rows.label(row));
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
      int seen = data.train().rows() + data.validation().rows() + data.calibration().rows();
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
    console.line("rows         %s", rows(evaluation));
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
    console.line(
        "log loss     %s   (mean cross-entropy, probabilities kept %s away from 0 and 1; the loss"
            + " of training is not)",
        Figure.decimal(evaluation.logLoss(), 4),
        String.format(Locale.ROOT, "%.1e", Evaluation.CLIP));
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
    CalibrationLine line = evaluation.calibrationLine();
    if (line != null) {
      console.line(
          "log odds that came true over those foretold: slope %s (95 %%: %s to %s), intercept %s"
              + " (%s to %s); 1 and 0 where probabilities are right",
          Figure.rounded(line.slope(), 3),
          Figure.rounded(line.slopeLow(), 3),
          Figure.rounded(line.slopeHigh(), 3),
          Figure.rounded(line.intercept(), 3),
          Figure.rounded(line.interceptLow(), 3),
          Figure.rounded(line.interceptHigh(), 3));
    }
  }

  private static String rows(Evaluation evaluation) {
    String rows = Figure.whole(evaluation.rows());
    if (evaluation.effectiveRows() == null) {
      return rows;
    }
    String effective = Figure.rounded(evaluation.effectiveRows(), 4);
    return evaluation.weighted() == null
        ? rows + "   (in " + effective + " groups, which intervals count)"
        : rows
            + "   (by weights, as many as "
            + effective
            + " in intervals; confusion counts each once)";
  }

  private static String named(List<String> columns) {
    int more = columns.size() - LISTED;
    return more <= 0
        ? String.join(" + ", columns)
        : String.join(" + ", columns.subList(0, LISTED)) + " + " + more + " more";
  }

  private void print(List<Importance> columns) {
    Table table = new Table("importance", "log loss rises by", "95 % over rows", "AUC falls by");
    columns.forEach(
        one ->
            table.row(
                named(one.columns()),
                Figure.decimal(one.logLoss(), 4),
                Figure.decimal(one.low(), 4) + " to " + Figure.decimal(one.high(), 4),
                Figure.decimal(one.auc(), 4)));
    console.line("");
    console.line(table.toString());
    if (columns.stream().anyMatch(one -> one.columns().size() > 1)) {
      console.line(
          "columns that correlate by %s or more were dealt out together",
          Figure.decimal(Importance.TOGETHER, 1));
    }
  }
}

package org.symbreak.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.symbreak.film.History;
import org.symbreak.model.Evaluation;
import org.symbreak.problem.InputException;
import org.symbreak.run.RunDirectory;
import org.symbreak.run.RunRecord;
import org.symbreak.run.RunResult;
import org.symbreak.setting.RunSpec;
import org.symbreak.symmetry.LayerSymmetry;

/**
 * What a run's directory holds.
 *
 * @param name what tells it from the others on the page: where its weights began, and its seed or
 *     its directory where that is not enough
 * @param history null without
 * @param metrics columns of metrics.csv; empty without
 * @param members the networks that it is made of, each a run of its own; empty where it is one
 */
record StoredRun(
    String name,
    RunRecord record,
    History history,
    Map<String, List<Double>> metrics,
    List<StoredRun> members) {
  /** The runs of a page. */
  static List<StoredRun> read(List<RunDirectory> directories) {
    List<StoredRun> runs = new ArrayList<>();
    directories.forEach(directory -> runs.add(read(directory)));
    if (hasRepeats(runs)) {
      runs.replaceAll(run -> run.named(run.name + ", seed " + run.spec().seed()));
    }
    if (hasRepeats(runs)) {
      for (int i = 0; i < runs.size(); i++) {
        String directory =
            directories.get(i).path().toAbsolutePath().normalize().getFileName().toString();
        runs.set(i, runs.get(i).named(directory));
      }
    }
    return runs;
  }

  private static StoredRun read(RunDirectory directory) {
    RunRecord record = directory.read();
    if (record.result() == null) {
      throw InputException.of(
          directory.runJson().toString(),
          "a run that is done",
          "one that is not; go on with: symbreak train --resume " + directory.path());
    }
    List<StoredRun> members = new ArrayList<>();
    for (RunDirectory member : directory.members()) {
      members.add(read(member).named("member " + (members.size() + 1)));
    }
    return new StoredRun(
        record.result().initialization(),
        record,
        Files.exists(directory.history()) ? History.read(directory.history()) : null,
        Files.exists(directory.metrics()) ? Metrics.read(directory.metrics()) : Map.of(),
        members);
  }

  private static boolean hasRepeats(List<StoredRun> runs) {
    return runs.stream().map(StoredRun::name).distinct().count() < runs.size();
  }

  private StoredRun named(String other) {
    return new StoredRun(other, record, history, metrics, members);
  }

  RunSpec spec() {
    return record.spec();
  }

  RunResult result() {
    return record.result();
  }

  String dataName() {
    return Path.of(spec().data().file()).getFileName().toString();
  }

  /** The layer that tiles and verdict speak of; null without hidden layers. */
  LayerSymmetry worst() {
    return result().symmetry() == null ? null : result().symmetry().worst();
  }

  /** What it was judged by, the parts of the rows in their order. */
  Map<String, Evaluation> parts() {
    Map<String, Evaluation> parts = new LinkedHashMap<>();
    parts.put("training", result().train());
    parts.put("validation", result().validation());
    parts.put("test", result().test());
    parts.values().removeIf(part -> part == null);
    return parts;
  }

  /**
   * The run as one sentence, in markup, its settings bold; where it is not the first of a page,
   * those alone that are others than the first's.
   */
  String recipe(StoredRun first) {
    List<String> own = recipe();
    List<String> others = first.recipe();
    StringBuilder sentence = new StringBuilder();
    for (int part = 0; part < own.size(); part++) {
      boolean isSetting = part % 2 == 1;
      boolean isTold = this == first || !own.get(part).equals(others.get(part));
      String text = Html.text(own.get(part));
      sentence.append(isSetting && isTold ? "<b>" + text + "</b>" : text);
    }
    return sentence.toString();
  }

  /** Words and settings by turns. */
  private List<String> recipe() {
    RunSpec spec = spec();
    List<String> sizes = new ArrayList<>();
    sizes.add(String.valueOf(result().features()));
    spec.network().hidden().forEach(units -> sizes.add(String.valueOf(units)));
    sizes.add("1");
    String activations =
        spec.network().hidden().isEmpty()
            ? "no hidden layer"
            : String.join(
                "/", spec.network().activations().stream().map(Object::toString).toList());
    int members = spec.budget().members();
    return List.of(
        "Train ",
        String.join("-", sizes),
        " with ",
        activations,
        " on ",
        dataName(),
        " from ",
        spec.network().weights().toString(),
        ", biases ",
        spec.network().biases().toString(),
        ", by ",
        spec.optimizer().kind()
            + (spec.optimizer().kind().isLineSearch()
                ? ""
                : " " + Figures.round(spec.optimizer().learningRate())),
        ", seed ",
        String.valueOf(spec.seed()),
        members == 1 ? "." : ", ",
        members == 1 ? "" : members + " members made one",
        members == 1 ? "" : ".");
  }
}

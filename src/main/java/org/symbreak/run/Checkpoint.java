package org.symbreak.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.symbreak.diagnosis.LossTrail;
import org.symbreak.guard.CheckedZip;
import org.symbreak.network.Precision;
import org.symbreak.optimizer.LineSearchState;
import org.symbreak.optimizer.SearchDirections;
import org.symbreak.problem.InputException;
import org.symbreak.setting.RunJson;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.SettingsJson;

/**
 * checkpoint.zip: the state of a run together with what it is the state of. Arrays are kept in
 * double precision, whatever the network's.
 *
 * @param spec the run, everything in it decided
 * @param dataHash SHA-256 of the data, in hex
 */
record Checkpoint(RunSpec spec, String dataHash, RunState state) {
  private static final int FORMAT = 1;
  private static final String JSON = "checkpoint.json";
  private static final String PARAMETERS = "parameters.bin";
  private static final String UPDATER = "updaterState.bin";
  private static final String BEST_PARAMETERS = "bestParameters.bin";
  private static final String BEST_UPDATER = "bestUpdaterState.bin";
  private static final String SEARCH_POINT = "searchPoint.bin";
  private static final String SEARCH_GRADIENT = "searchGradient.bin";
  private static final String SEARCH_MEMORY = "searchMemory%d.bin";

  /**
   * What is no array; a number that is not finite is null. Null in what version 0.1.0 wrote: the
   * best weights' losses and norms, the present norms, and the trail.
   *
   * @param memories how many arrays a line-search optimizer remembers; null for the others
   */
  private record Header(
      int format,
      JsonNode spec,
      String dataHash,
      long iteration,
      double loss,
      Double validationLoss,
      double[] gradientNorms,
      long bestIteration,
      Double bestLoss,
      Double bestValidationLoss,
      double[] bestGradientNorms,
      BestWeights.State waiting,
      DivergenceWatch.State watch,
      LossTrail trail,
      Double searchLoss,
      Double searchLossBefore,
      long searchEvaluations,
      Integer memories,
      double seconds) {}

  void save(Path file) throws IOException {
    LineSearchState search = state.search();
    Header header =
        new Header(
            FORMAT,
            SettingsJson.of(spec),
            dataHash,
            state.present().iteration(),
            state.present().loss(),
            state.present().validationLoss(),
            state.present().gradientNorms(),
            state.best().iteration(),
            state.best().loss(),
            state.best().validationLoss(),
            state.best().gradientNorms(),
            state.waiting(),
            state.watch(),
            state.trail(),
            search == null ? null : search.loss(),
            search == null || Double.isNaN(search.lossBefore())
                ? null
                : (Double) search.lossBefore(),
            search == null ? 0 : search.evaluations(),
            search == null ? null : (Integer) search.memory().size(),
            state.seconds());
    CheckedZip zip = CheckedZip.empty().withJson(JSON, RunJson.write(header));
    zip = with(zip, PARAMETERS, state.present().parameters());
    zip = with(zip, UPDATER, state.present().updaterState());
    zip = with(zip, BEST_PARAMETERS, state.best().parameters());
    zip = with(zip, BEST_UPDATER, state.best().updaterState());
    if (search != null) {
      zip = with(zip, SEARCH_POINT, search.x());
      zip = with(zip, SEARCH_GRADIENT, search.gradient());
      for (int i = 0; i < search.memory().size(); i++) {
        zip = with(zip, SEARCH_MEMORY.formatted(i), search.memory().get(i));
      }
    }
    zip.save(file);
  }

  private static CheckedZip with(CheckedZip zip, String entry, double[] values) {
    return zip.withArray(entry, values, Precision.DOUBLE);
  }

  /**
   * @throws InputException where it is no checkpoint, or one of another version
   */
  static Checkpoint load(Path file) {
    CheckedZip zip = CheckedZip.load(file, known());
    JsonNode json = RunJson.parse(file.toString(), zip.json(JSON));
    if (json.path("format").asInt() != FORMAT) {
      throw InputException.of(
          file.toString(), "a checkpoint of format " + FORMAT, "format " + json.path("format"));
    }
    Header header = RunJson.read(file.toString(), json, Header.class);
    LineSearchState search = header.memories() == null ? null : search(zip, header);
    RunState state =
        new RunState(
            new Snapshot(
                header.iteration(),
                zip.array(PARAMETERS),
                zip.array(UPDATER),
                header.loss(),
                header.validationLoss(),
                norms(header.gradientNorms())),
            new Snapshot(
                header.bestIteration(),
                zip.array(BEST_PARAMETERS),
                zip.array(BEST_UPDATER),
                header.bestLoss() == null ? Double.NaN : header.bestLoss(),
                header.bestValidationLoss(),
                norms(header.bestGradientNorms())),
            header.waiting(),
            header.watch(),
            header.trail() == null ? LossTrail.NONE : header.trail(),
            search,
            header.seconds());
    return new Checkpoint(
        SettingsJson.run(file.toString(), header.spec()), header.dataHash(), state);
  }

  private static double[] norms(double[] written) {
    return written == null ? new double[0] : written;
  }

  private static LineSearchState search(CheckedZip zip, Header header) {
    List<double[]> memory = new ArrayList<>();
    for (int i = 0; i < header.memories(); i++) {
      memory.add(zip.array(SEARCH_MEMORY.formatted(i)));
    }
    double lossBefore = header.searchLossBefore() == null ? Double.NaN : header.searchLossBefore();
    return new LineSearchState(
        zip.array(SEARCH_POINT),
        header.searchLoss(),
        lossBefore,
        header.searchEvaluations(),
        zip.array(SEARCH_GRADIENT),
        memory);
  }

  private static Set<String> known() {
    Set<String> known =
        new HashSet<>(
            Set.of(
                JSON,
                PARAMETERS,
                UPDATER,
                BEST_PARAMETERS,
                BEST_UPDATER,
                SEARCH_POINT,
                SEARCH_GRADIENT));
    for (int i = 0; i < SearchDirections.MOST_MEMORIES; i++) {
      known.add(SEARCH_MEMORY.formatted(i));
    }
    return known;
  }

  /**
   * @throws InputException that names all that is not as it was
   */
  void requireSame(RunSpec otherSpec, String otherHash, Path file) {
    List<String> differences = new ArrayList<>();
    if (!otherHash.equals(dataHash)) {
      differences.add("the data have SHA-256 " + otherHash + " instead of " + dataHash);
    }
    differences.addAll(Differences.between("", SettingsJson.of(spec), SettingsJson.of(otherSpec)));
    if (!differences.isEmpty()) {
      throw InputException.of(
          file.toString(),
          "the run and the data of the checkpoint",
          String.join("; ", differences));
    }
  }
}

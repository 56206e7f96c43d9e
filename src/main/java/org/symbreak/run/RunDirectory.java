package org.symbreak.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.symbreak.data.Dataset;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.dl4j.Dl4jUpdaters;
import org.symbreak.film.HistoryRecorder;
import org.symbreak.guard.AtomicFile;
import org.symbreak.guard.Destination;
import org.symbreak.guard.SoleWriter;
import org.symbreak.model.SavedModel;
import org.symbreak.model.TrainingState;
import org.symbreak.network.SigmoidCrossEntropy;
import org.symbreak.optimizer.StopReason;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;
import org.symbreak.setting.RunSpec;
import org.symbreak.source.TableFile;
import org.symbreak.watch.RunObserver;

/**
 * Where a run is kept: {@code models/<run>/} with model.zip, run.json, metrics.csv, history and,
 * until it is done, checkpoint.zip. model.zip, run.json and checkpoint.zip are written whole or not
 * at all; the others grow by rows, and are cut back where a run goes on. One process at a time
 * trains a run; run.lock is how it keeps others out.
 */
public final class RunDirectory {
  private final Path path;

  /** The right to write here, from when it was made to when it is trained; null where it is not. */
  private SoleWriter owner;

  /** A directory that is there or not; nothing is done to it. */
  public RunDirectory(Path path) {
    this(path, null);
  }

  private RunDirectory(Path path, SoleWriter owner) {
    this.path = Objects.requireNonNull(path, "path");
    this.owner = owner;
  }

  /**
   * Makes a directory for a run: {@code data-init-seed}, with a number appended rather than writing
   * over another run.
   *
   * @param models where runs are kept, made if it is not there
   */
  public static RunDirectory create(Path models, RunSpec spec) {
    String name = usual(models, spec).getFileName().toString();
    try {
      Destination.directory(models);
      for (int number = 1; ; number++) {
        try {
          return owned(
              Files.createDirectory(models.resolve(number == 1 ? name : name + "-" + number)));
        } catch (FileAlreadyExistsException e) {
          // another run has this name
        }
      }
    } catch (IOException e) {
      throw notWritable(models, e);
    }
  }

  /** The path that a run is given where nobody says otherwise, whether one is there or not. */
  public static Path usual(Path models, RunSpec spec) {
    String file = Path.of(TableFile.title(spec.data().file())).getFileName().toString();
    String data = file.replaceFirst("(?i)\\.(gz|zst|bz2|zip)$", "").replaceFirst("\\.[^.]*$", "");
    return models.resolve(
        String.format(Locale.ROOT, "%s-%s-%d", data, spec.network().weights(), spec.seed())
            .replaceAll("[^A-Za-z0-9._-]+", "-"));
  }

  /**
   * Makes a directory of a chosen name.
   *
   * @param path the directory
   * @param force whether a run that is there is replaced
   * @throws InputException where there is a run, and no force; or where there are files that a run
   *     would write over, but no run that they belong to; or where somebody trains one there
   */
  public static RunDirectory create(Path path, boolean force) {
    new RunDirectory(path).requireFree(force); // what is refused is not touched
    try {
      Destination.directory(path);
      RunDirectory directory = owned(path);
      try {
        directory.requireFree(force);
        for (RunDirectory member : directory.members()) {
          member.delete();
          Files.deleteIfExists(member.path.resolve("run.lock"));
          if (isEmpty(member.path)) {
            Files.delete(member.path);
          }
        }
        directory.delete();
        return directory;
      } catch (IOException | RuntimeException e) {
        directory.owner.close();
        throw e;
      }
    } catch (IOException e) {
      throw notWritable(path, e);
    }
  }

  private void delete() throws IOException {
    for (Path old : files()) {
      Files.deleteIfExists(old);
    }
  }

  private static boolean isEmpty(Path path) throws IOException {
    try (Stream<Path> inside = Files.list(path)) {
      return inside.findAny().isEmpty();
    }
  }

  private void requireFree(boolean force) {
    boolean isRun = Files.exists(runJson());
    List<String> there =
        files().stream().filter(Files::exists).map(file -> file.getFileName().toString()).toList();
    if (!there.isEmpty() && !(isRun && force)) {
      throw InputException.of(
          path.toString(),
          isRun
              ? "a directory without a run, or --force to replace it"
              : "a directory without files that a run would write over and that belong to no run",
          String.join(", ", there));
    }
  }

  private static RunDirectory owned(Path path) throws IOException {
    return new RunDirectory(path, writer(path));
  }

  /**
   * @throws InputException where somebody else trains a run there; says who
   */
  private static SoleWriter writer(Path path) throws IOException {
    Path lock = path.resolve("run.lock");
    Optional<SoleWriter> writer = SoleWriter.take(lock);
    if (writer.isEmpty()) {
      throw InputException.of(
          path.toString(),
          "a run that nobody is training",
          "one that is trained by " + SoleWriter.holder(lock));
    }
    return writer.get();
  }

  /** The right that came with the making, or is to be had. */
  private SoleWriter writer() {
    SoleWriter mine = owner;
    owner = null;
    try {
      return mine != null ? mine : writer(path);
    } catch (IOException e) {
      throw notWritable(path, e);
    }
  }

  private static InputException notWritable(Path path, IOException e) {
    String found = e instanceof AccessDeniedException ? "no permission" : e.getMessage();
    return new InputException(
        List.of(new Problem(path.toString(), "a directory that can be written to", found)), e);
  }

  /**
   * A run's directory that is there.
   *
   * @param path the directory, or its run.json
   * @throws InputException where there is none
   */
  public static RunDirectory open(Path path) {
    boolean isDirectory = Files.isDirectory(path);
    RunDirectory directory =
        new RunDirectory(isDirectory ? path : path.toAbsolutePath().getParent());
    if (!isDirectory && Files.exists(path) && !path.endsWith("run.json")) {
      throw InputException.of(
          path.toString(), "the directory of a run, or its run.json", "a file of another name");
    }
    if (!Files.isRegularFile(directory.runJson())) {
      throw InputException.of(
          path.toString(),
          "the directory of a run, with a run.json",
          isDirectory ? "a directory without" : "nothing");
    }
    return directory;
  }

  /** The directory. */
  public Path path() {
    return path;
  }

  public Path model() {
    return path.resolve("model.zip");
  }

  public Path runJson() {
    return path.resolve("run.json");
  }

  public Path metrics() {
    return path.resolve("metrics.csv");
  }

  public Path history() {
    return path.resolve("history");
  }

  public Path report() {
    return path.resolve("report.html");
  }

  public Path checkpoint() {
    return path.resolve("checkpoint.zip");
  }

  /** All that a run writes; run.json last: as long as it is there, so is the run. */
  public List<Path> files() {
    return List.of(model(), metrics(), history(), report(), checkpoint(), runJson());
  }

  /**
   * What run.json says: the run, and its result once it is done.
   *
   * @throws InputException where it cannot be read
   */
  public RunRecord read() {
    return RunRecord.read(runJson());
  }

  /** {@link #train(ResolvedRun, List, Recording, Interruption)} that nobody interrupts. */
  public TrainedRun train(
      RunSpec spec, Dataset data, List<RunObserver> observers, Recording recording) {
    return train(ResolvedRun.of(spec, data), observers, recording, new Interruption());
  }

  /**
   * Trains a run and writes model.zip, metrics.csv and run.json; observers write what they write.
   * While it trains, a checkpoint is kept; once it is done, the checkpoint goes.
   *
   * @throws InputException where somebody else trains a run there
   * @throws UncheckedIOException where a file cannot be written
   */
  public TrainedRun train(
      ResolvedRun run,
      List<RunObserver> observers,
      Recording recording,
      Interruption interruption) {
    if (run.spec().budget().members() > 1) {
      RunRecord record = RunRecord.begin(run.spec(), recording, run.data().sha256());
      return members(new Members(run), record, observers, interruption, false);
    }
    try (SoleWriter own = writer()) {
      RunRecord record = RunRecord.begin(run.spec(), recording, run.data().sha256());
      write(record);
      return train(run, record, observers, interruption, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TrainedRun members(
      Members members,
      RunRecord record,
      List<RunObserver> observers,
      Interruption interruption,
      boolean goesOn) {
    try (SoleWriter own = writer()) {
      write(record);
      TrainedRun run = members.train(this, record, observers, interruption, goesOn);
      write(record.withResult(run.result()));
      return run;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the members of a run are kept, each a run of its own; none where it has one network. */
  public List<RunDirectory> members() {
    return IntStream.iterate(0, member -> member + 1)
        .mapToObj(member -> new RunDirectory(Members.directory(path, member)))
        .takeWhile(member -> Files.exists(member.runJson()))
        .toList();
  }

  /** {@link #resume(ResolvedRun, List, Interruption)} that nobody interrupts. */
  public TrainedRun resume(Dataset data, List<RunObserver> observers) {
    return resume(ResolvedRun.of(read().spec(), data), observers, new Interruption());
  }

  /**
   * Goes on with a run that was interrupted, and ends as if it had not been. Where it had not come
   * to its first checkpoint, it begins anew.
   *
   * @param run the stored one, on data that were opened as it says
   * @throws InputException where the run is done, or data or run are not those of the checkpoint,
   *     and says what differs; or where somebody else trains it
   * @throws UncheckedIOException where a file cannot be written
   */
  public TrainedRun resume(
      ResolvedRun run, List<RunObserver> observers, Interruption interruption) {
    if (run.spec().budget().members() > 1) {
      RunRecord record = read();
      requireUndone(record);
      requireSameData(record, run);
      return members(new Members(run), record, observers, interruption, true);
    }
    try (SoleWriter own = writer()) {
      return goOn(run, observers, interruption);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void requireUndone(RunRecord record) {
    if (record.isDone()) {
      throw InputException.of(
          path.toString(),
          "a run that was interrupted",
          "one that has ended: " + record.result().stoppedBecause());
    }
  }

  private void requireSameData(RunRecord record, ResolvedRun run) {
    String dataHash = run.data().sha256();
    if (!record.dataHash().equals(dataHash)) {
      throw InputException.of(
          path.toString(),
          "the data of the run, with SHA-256 " + record.dataHash(),
          "data with SHA-256 " + dataHash);
    }
  }

  private TrainedRun goOn(ResolvedRun run, List<RunObserver> observers, Interruption interruption) {
    RunRecord record = read();
    String dataHash = run.data().sha256();
    requireUndone(record);
    RunState from = null;
    if (Files.exists(checkpoint())) {
      Checkpoint checkpoint = Checkpoint.load(checkpoint());
      checkpoint.requireSame(run.spec(), dataHash, checkpoint());
      from = checkpoint.state();
    } else {
      requireSameData(record, run);
    }
    return train(run, record, observers, interruption, from);
  }

  private TrainedRun train(
      ResolvedRun run,
      RunRecord record,
      List<RunObserver> observers,
      Interruption interruption,
      RunState from) {
    Recording recording = record.recording();
    CheckpointKeeper keeper =
        new CheckpointKeeper(
            run.spec(), record.dataHash(), checkpoint(), recording.checkpointEvery(), interruption);
    long iteration = from == null ? 0 : from.present().iteration();
    try (RecordedMetrics metrics =
        RecordedMetrics.open(metrics(), run.problem(), recording.metrics(), iteration)) {
      List<RunObserver> all = new ArrayList<>(observers);
      all.add(metrics);
      HistoryRecorder history =
          new HistoryRecorder(run.spec().network(), run.data(), run.steps(), history());
      all.add(history);
      TrainedRun trained = Trainer.run(run, all, keeper, from).savedAs(model().toString());
      history.finish(trained.bestParameters(), run.data());
      savedModel(trained, run.problem(), record).save(model());
      write(record.withResult(trained.result()));
      if (trained.result().stopped() != StopReason.INTERRUPTED) {
        Files.deleteIfExists(checkpoint());
      }
      return trained;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SavedModel savedModel(TrainedRun run, TrainingProblem problem, RunRecord record) {
    RunResult result = run.result();
    TrainingState state =
        new TrainingState(
            Dl4jUpdaters.of(run.spec().optimizer()),
            new SigmoidCrossEntropy(problem.weightOfZero(), problem.weightOfOne()),
            run.spec().seed(),
            result.bestIteration(),
            result.bestIteration() / problem.stepsPerEpoch(),
            run.bestUpdaterState());
    return SavedModel.of(
        run.spec().network(),
        state,
        run.bestParameters(),
        run.pipeline(),
        result.threshold(),
        record.provenance().toPrettyString());
  }

  private void write(RunRecord record) {
    try {
      AtomicFile.write(
          runJson(), out -> out.write(record.toJson().getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

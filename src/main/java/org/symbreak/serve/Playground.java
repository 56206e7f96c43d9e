package org.symbreak.serve;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbreak.data.CsvFormat;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.data.GeneratedData;
import org.symbreak.data.LabelColumns;
import org.symbreak.guard.AtomicFile;
import org.symbreak.problem.InputException;
import org.symbreak.report.RunReport;
import org.symbreak.run.Interruption;
import org.symbreak.run.Recording;
import org.symbreak.run.ResolvedRun;
import org.symbreak.run.RunDirectory;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Settings;
import org.symbreak.setting.Whole;
import org.symbreak.source.TableFile;

/** Every tab's runs, and the data sets that they train on. Thread safe. */
final class Playground implements Desk {
  private static final Logger LOG = LoggerFactory.getLogger(Playground.class);
  static final int MOST_TABS = 16;
  private static final int MOST_UPLOADS = 16;
  private static final int MOST_SAVES = 2;
  private static final int PREVIEW_ROWS = 5;

  private final Path models;
  private final Path files;
  private final BiFunction<RunSpec, Dataset, LiveRun> start;
  private final Map<String, Tab> tabs = new ConcurrentHashMap<>();
  private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
  private final Semaphore tabsLeft = new Semaphore(MOST_TABS);
  private final Semaphore uploadsLeft = new Semaphore(MOST_UPLOADS);
  private final Semaphore savesLeft = new Semaphore(MOST_SAVES);
  private final SecureRandom names = new SecureRandom();

  /**
   * A file that was dropped on the page.
   *
   * @param label its label; null until one is chosen
   * @param positive the class that counts as positive; null until it is known
   */
  private record Upload(Path file, CsvFormat format, String label, String positive) {
    DataSpec data() {
      return DataSpec.of(file.toString(), label, positive).withFormat(format);
    }
  }

  Playground(Path models) throws IOException {
    this(models, LiveRun::new);
  }

  /**
   * @param models where runs are saved
   * @param start begins a run, which then owns the data
   */
  Playground(Path models, BiFunction<RunSpec, Dataset, LiveRun> start) throws IOException {
    this.models = models;
    this.start = start;
    this.files = Files.createTempDirectory("symbreak-serve");
  }

  @Override
  public Object control(String what, Map<String, String> words) throws IOException {
    try {
      return switch (what) {
        case "open" -> open(words);
        case "play" -> done(() -> tab(words).play(steps(words)));
        case "pause" -> done(() -> tab(words).pause());
        case "step" -> done(() -> tab(words).step(steps(words)));
        case "touch" -> done(() -> tab(words).touch(run(words), words));
        case "close" -> done(() -> close(words.get("tab")));
        case "choose" -> choose(words);
        case "save" -> save(words);
        default ->
            throw InputException.of(
                "/api/" + what,
                "something that the page can ask for",
                "'" + what + "'",
                "open",
                "play",
                "pause",
                "step",
                "touch",
                "close",
                "choose",
                "save",
                "upload",
                "events");
      };
    } catch (IOException | InputException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Mailbox events(Map<String, String> words) {
    return tab(words).mailbox();
  }

  /** The tab that the page names. */
  private Tab tab(Map<String, String> words) {
    Tab tab = tabs.get(words.getOrDefault("tab", ""));
    if (tab == null) {
      throw InputException.of("tab", "one that is open", "one that is closed; reload the page");
    }
    return tab;
  }

  @Override
  public void tend() {
    tabs.forEach(
        (id, tab) -> {
          tab.mailbox().beat();
          if (tab.isAbandoned()) {
            close(id);
          }
        });
  }

  @Override
  public void close() {
    List.copyOf(tabs.keySet()).forEach(this::close);
    try (Stream<Path> left = Files.walk(files)) {
      for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Keeps a dropped file for as long as the server runs, and says what is in it, or what is to be
   * chosen first: its label.
   */
  @Override
  public Map<String, Object> upload(byte[] content) throws IOException {
    if (!uploadsLeft.tryAcquire()) {
      throw InputException.of(
          "upload", "at most " + MOST_UPLOADS + " files; start the server again", "one more");
    }
    TableFile.requirePlain("upload", content);
    String id = name();
    Path file = files.resolve("dropped-" + id + ".csv");
    try {
      Files.write(file, content);
      String first = new String(content, StandardCharsets.UTF_8).lines().findFirst().orElse("");
      CsvFormat format = CsvFormat.DEFAULT.withSeparator(LabelColumns.separator(first));
      Map<String, Object> answer = described(id, new Upload(file, format, null, null));
      answer.put(
          "preview",
          new String(content, StandardCharsets.UTF_8)
              .lines()
              .limit(PREVIEW_ROWS + 1)
              .map(line -> line.length() > 400 ? line.substring(0, 400) + "…" : line)
              .toList());
      return answer;
    } finally {
      if (!uploads.containsKey(id)) {
        uploadsLeft.release();
        Files.deleteIfExists(file);
      }
    }
  }

  /** Another label, positive class or separator for a file that was dropped. */
  private Map<String, Object> choose(Map<String, String> words) {
    String id = words.getOrDefault("data", "").replaceFirst("^upload:", "");
    Upload upload = dropped(id);
    CsvFormat format = upload.format();
    if (words.containsKey("separator")) {
      format =
          format.withSeparator(Settings.SEPARATOR.kind().read("separator", words.get("separator")));
    }
    return described(
        id, new Upload(upload.file(), format, words.get("label"), words.get("positive")));
  }

  private Upload dropped(String id) {
    Upload upload = uploads.get(id);
    if (upload == null) {
      throw InputException.of(
          "data",
          "a file that was dropped on this page",
          "one that this server does not have; drop it again");
    }
    return upload;
  }

  /**
   * What is in a file. It is kept under its name, unless it is refused: then what was there stays.
   */
  private Map<String, Object> described(String id, Upload upload) {
    LabelColumns columns = LabelColumns.of(upload.file(), upload.format());
    if (columns.candidates().isEmpty()) {
      throw InputException.of("upload", "a column with two values for the label", "none");
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("data", "upload:" + id);
    answer.put("separator", Settings.SEPARATOR.kind().text(upload.format().separator()));
    answer.put("candidates", columns.candidates());
    String label = upload.label() == null ? columns.usual().orElse(null) : upload.label();
    if (label == null) {
      uploads.put(id, upload);
      return answer;
    }
    Upload labelled = new Upload(upload.file(), upload.format(), label, upload.positive());
    try (Dataset data = Dataset.open(labelled.data(), 1)) {
      answer.put("rows", data.rows());
      answer.put("features", data.pipeline().featureNames());
      answer.put("label", label);
      answer.put("positive", data.pipeline().positive());
      answer.put("negative", data.pipeline().negative());
      answer.put("sha256", data.sha256());
      answer.put("notices", data.notices());
      uploads.put(
          id, new Upload(upload.file(), upload.format(), label, data.pipeline().positive()));
      return answer;
    }
  }

  /** The tab that was there before goes once the new one is there: what is refused leaves it. */
  private Map<String, Object> open(Map<String, String> words) throws IOException {
    String before = words.get("tab");
    if (!tabsLeft.tryAcquire()) {
      close(before);
      if (!tabsLeft.tryAcquire()) {
        throw InputException.of("tabs", "at most " + MOST_TABS + " at once; close one", "one more");
      }
    }
    List<LiveRun> runs = new ArrayList<>();
    List<Map<String, Object>> openings = new ArrayList<>();
    String id = name();
    try {
      for (Recipe recipe : recipes(words)) {
        LiveRun run = run(recipe);
        runs.add(run);
        openings.add(opening(recipe, run));
      }
      tabs.put(id, new Tab(runs));
    } catch (IOException | RuntimeException | Error e) {
      tabsLeft.release();
      runs.forEach(Playground::surelyClose);
      throw e;
    }
    close(before);
    return Map.of("tab", id, "runs", openings);
  }

  private static Map<String, Object> opening(Recipe recipe, LiveRun run) {
    Map<String, Object> opening = new LinkedHashMap<>();
    opening.put("recipe", recipe.values());
    opening.put("engine", run.engine());
    opening.put("history", run.opening());
    opening.put("test", run.testPoints());
    opening.put("rows", run.rows());
    opening.put("notices", run.notices());
    opening.put("command", run.upTo(run.iteration()).toCommand());
    return opening;
  }

  /** The run of the page, and the other one beside it where {@code cmp} says what differs. */
  private static List<Recipe> recipes(Map<String, String> words) {
    List<Recipe> recipes = new ArrayList<>(List.of(Recipe.of(words)));
    String other = words.getOrDefault("cmp", "");
    if (!other.isEmpty()) {
      Map<String, String> changed = new HashMap<>(words);
      for (String change : other.split(";")) {
        int colon = change.indexOf(':');
        if (colon < 1) {
          throw InputException.of(
              "cmp", "key:value, such as init:gaussian:0.5", "'" + change + "'");
        }
        changed.put(change.substring(0, colon), change.substring(colon + 1));
      }
      recipes.add(Recipe.of(changed));
    }
    return recipes;
  }

  private LiveRun run(Recipe recipe) throws IOException {
    RunSpec spec;
    if (recipe.isGenerated()) {
      Path file = files.resolve(recipe.dataName());
      if (!Files.exists(file)) {
        GeneratedData.Points points = recipe.generate();
        AtomicFile.write(
            file,
            out -> {
              Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
              points.writeCsv(text);
              text.flush();
            });
      }
      spec = recipe.spec(DataSpec.of(file.toString(), "label", "1"), Recipe.MOST_ITERATIONS);
    } else {
      spec = recipe.spec(dropped(recipe.upload()).data(), Recipe.MOST_ITERATIONS);
    }
    Dataset data = Dataset.open(spec.data(), spec.seed());
    try {
      recipe.requirePlayable(data.train().rows(), data.train().features());
      return start.apply(spec, data);
    } catch (RuntimeException | Error e) {
      data.close();
      throw e;
    }
  }

  /**
   * Trains the run of the state that is shown once more, from the same seed and so with the same
   * bits, changes by hand included, and keeps it with its report.
   */
  private Map<String, Object> save(Map<String, String> words) throws Exception {
    Tab tab = tab(words);
    if (!savesLeft.tryAcquire()) {
      throw InputException.of("save", "at most " + MOST_SAVES + " at once", "one more");
    }
    try {
      return save(tab.shown(run(words), iteration(words)));
    } finally {
      savesLeft.release();
    }
  }

  private Map<String, Object> save(Tab.Shown shown) throws Exception {
    RunSpec spec = shown.spec();
    Files.createDirectories(models);
    RunDirectory directory = RunDirectory.create(models, spec);
    Path data = directory.path().resolve("data.csv");
    Files.copy(Path.of(spec.data().file()), data);
    RunSpec stored = spec.withData(spec.data().withFiles(data.toString(), null));
    try (Dataset rows = Dataset.open(stored.data(), stored.seed())) {
      directory.train(
          HandMade.in(ResolvedRun.of(stored, rows), shown.changes()),
          List.of(),
          Recording.DEFAULT,
          new Interruption());
    }
    RunReport.write(directory);
    return Map.of(
        "model",
        directory.model().toString(),
        "report",
        directory.report().toString(),
        "iteration",
        shown.iteration(),
        "changes",
        shown.changes().size());
  }

  private void close(String id) {
    Tab tab = id == null ? null : tabs.remove(id);
    if (tab != null) {
      tabsLeft.release();
      surelyClose(tab);
    }
  }

  /** What cannot be closed keeps nothing else from being closed. */
  static void surelyClose(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception | Error e) {
      LOG.error("something that was played with could not be closed", e);
    }
  }

  /** Which of a tab's runs. */
  private static int run(Map<String, String> words) {
    return words.getOrDefault("run", "0").equals("1") ? 1 : 0;
  }

  private static int steps(Map<String, String> words) {
    return whole(words, "steps", 1, 10_000);
  }

  /** The iteration that is shown; null for the newest. */
  private static Integer iteration(Map<String, String> words) {
    return words.containsKey("it") ? whole(words, "it", 0, Recipe.MOST_ITERATIONS) : null;
  }

  private static int whole(Map<String, String> words, String key, int low, int high) {
    return Whole.of(low, high, "a whole number from " + low + " to " + high)
        .read(key, words.getOrDefault(key, String.valueOf(low)))
        .intValue();
  }

  private static Map<String, Object> done(Runnable work) {
    work.run();
    return Map.of("done", true);
  }

  private String name() {
    byte[] random = new byte[12];
    names.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}

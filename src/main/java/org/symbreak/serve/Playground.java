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
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.data.GeneratedData;
import org.symbreak.guard.AtomicFile;
import org.symbreak.problem.InputException;
import org.symbreak.report.RunReport;
import org.symbreak.run.Recording;
import org.symbreak.run.RunDirectory;
import org.symbreak.setting.RunSpec;
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

  /** A file that was dropped on the page. */
  private record Upload(Path file, String label, String positive) {}

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
        case "close" -> done(() -> close(words.get("tab")));
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
                "close",
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

  /** Keeps a dropped file for as long as the server runs, and says what is in it. */
  @Override
  public Map<String, Object> upload(byte[] content) throws IOException {
    if (!uploadsLeft.tryAcquire()) {
      throw InputException.of(
          "upload", "at most " + MOST_UPLOADS + " files; start the server again", "one more");
    }
    TableFile.requirePlain("upload", content);
    String id = name();
    Path file = files.resolve("dropped-" + id + ".csv");
    try (Dataset data = dropped(file, content)) {
      uploads.put(id, new Upload(file, data.pipeline().label(), data.pipeline().positive()));
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("data", "upload:" + id);
      answer.put("rows", data.rows());
      answer.put("features", data.pipeline().featureNames());
      answer.put("label", data.pipeline().label());
      answer.put("positive", data.pipeline().positive());
      answer.put("sha256", data.sha256());
      answer.put("notices", data.notices());
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

  private static Dataset dropped(Path file, byte[] content) throws IOException {
    Files.write(file, content);
    return Dataset.open(DataSpec.of(file.toString(), null, null), 1);
  }

  private Map<String, Object> open(Map<String, String> words) throws IOException {
    if (words.containsKey("tab")) {
      close(words.get("tab"));
    }
    if (!tabsLeft.tryAcquire()) {
      throw InputException.of("tabs", "at most " + MOST_TABS + " at once; close one", "one more");
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
    return Map.of("tab", id, "runs", openings, "settings", Recipe.table());
  }

  private static Map<String, Object> opening(Recipe recipe, LiveRun run) {
    Map<String, Object> opening = new LinkedHashMap<>();
    opening.put("recipe", recipe.values());
    opening.put("engine", run.engine());
    opening.put("history", run.opening());
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
      spec = recipe.spec(file.toString(), "label", "1", Recipe.MOST_ITERATIONS);
    } else {
      Upload upload = uploads.get(recipe.upload());
      if (upload == null) {
        throw InputException.of(
            "data",
            "a file that was dropped on this page",
            "one that this server does not have; drop it again");
      }
      spec =
          recipe.spec(
              upload.file().toString(), upload.label(), upload.positive(), Recipe.MOST_ITERATIONS);
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
   * bits, and keeps it with its report.
   */
  private Map<String, Object> save(Map<String, String> words) throws Exception {
    Tab tab = tab(words);
    if (!savesLeft.tryAcquire()) {
      throw InputException.of("save", "at most " + MOST_SAVES + " at once", "one more");
    }
    try {
      return save(tab.shown(words.getOrDefault("run", "0").equals("1") ? 1 : 0));
    } finally {
      savesLeft.release();
    }
  }

  private Map<String, Object> save(RunSpec spec) throws Exception {
    Files.createDirectories(models);
    RunDirectory directory = RunDirectory.create(models, spec);
    Path data = directory.path().resolve("data.csv");
    Files.copy(Path.of(spec.data().file()), data);
    RunSpec stored = spec.withData(spec.data().withFiles(data.toString(), null));
    try (Dataset rows = Dataset.open(stored.data(), stored.seed())) {
      directory.train(stored, rows, List.of(), Recording.DEFAULT);
    }
    RunReport.write(directory);
    return Map.of(
        "model",
        directory.model().toString(),
        "report",
        directory.report().toString(),
        "command",
        stored.toCommand());
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

  private static int steps(Map<String, String> words) {
    try {
      int steps = Integer.parseInt(words.getOrDefault("steps", "1"));
      if (steps >= 1 && steps <= 10_000) {
        return steps;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw InputException.of(
        "steps", "a whole number from 1 to 10000", "'" + words.get("steps") + "'");
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

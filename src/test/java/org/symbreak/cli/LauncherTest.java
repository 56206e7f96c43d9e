package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real launcher, with a build that is up to date, in a project whose path has a space, called
 * from another directory through a link.
 */
class LauncherTest {
  /** The name of the thread that lets a run be saved before the JVM ends. */
  private static final String WAITS_FOR_A_RUN = "symbreak-interruption";

  @TempDir private static Path directory;

  @BeforeAll
  static void layOutAProject() throws IOException {
    assumeTrue(File.separatorChar == '/', "the launcher wants a POSIX shell");
    Path project = Files.createDirectories(directory.resolve("a project"));
    Files.createDirectories(project.resolve("scripts"));
    Files.createDirectories(project.resolve("src/main"));
    Files.createDirectories(project.resolve("src/build"));
    Files.createFile(project.resolve("pom.xml"));
    Files.createDirectories(project.resolve("data"));
    Files.copy(Path.of("data/circles.csv"), project.resolve("data/circles.csv"));
    Files.copy(
        Path.of("scripts/symbreak"),
        project.resolve("scripts/symbreak"),
        StandardCopyOption.COPY_ATTRIBUTES);
    Path launch = Files.createDirectories(project.resolve("target/launch"));
    List<String> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (entry.endsWith(".jar")) {
        jars.add(entry);
      }
    }
    Files.writeString(launch.resolve("libraries"), String.join(File.pathSeparator, jars));
    jar(Path.of("target/classes"), project.resolve("target/symbreak-0.1.0.jar"));
    for (String kind : List.of("javadoc", "sources", "tests")) { // others may lie beside it
      Files.writeString(project.resolve("target/symbreak-0.1.0-" + kind + ".jar"), "no jar");
    }
    Files.writeString(launch.resolve("built"), "\n");
    Files.createSymbolicLink(directory.resolve("symbreak"), project.resolve("scripts/symbreak"));
  }

  @Test
  void passesResultsWordsAndExitCodes() throws Exception {
    Ran drawn = run("./symbreak", "data", "moons", "--rows", "50", "-o", "moons.csv");
    assertThat(drawn.code()).as(drawn.err()).isEqualTo(ExitCode.DONE);
    assertThat(drawn.out()).isEqualToIgnoringNewLines("Wrote 50 rows to moons.csv\n");
    assertThat(drawn.err()).isEmpty();

    Ran trained =
        run(
            "./symbreak",
            "train",
            "moons.csv",
            "--epochs",
            "5",
            "--no-report",
            "--json",
            "--out",
            "a run");
    assertThat(trained.code()).as(trained.err()).isEqualTo(ExitCode.DONE);
    assertThat(trained.out()).startsWith("{").contains("\"engine\"");
    assertThat(trained.err()).doesNotContain("WARNING", "incubator", "SLF4J");

    Ran wrong = run("./symbreak", "train", "nowhere.csv");
    assertThat(wrong.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(wrong.out()).isEmpty();
    assertThat(wrong.err()).startsWith("symbreak: nowhere.csv: expected");
  }

  @Test
  void tellsOfAFullDiskAndLeavesAClosedPipeQuietly() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "a disk that is always full");
    Ran full = run("bash", "-c", "./symbreak data moons --rows 5 > /dev/full");
    assertThat(full.code()).isEqualTo(ExitCode.FAILED);
    assertThat(full.err()).startsWith("symbreak: standard output: ").hasLineCount(1);

    Ran closed = run("bash", "-o", "pipefail", "-c", "./symbreak data moons --rows 5 | true");
    assertThat(closed.code()).isEqualTo(ExitCode.CLOSED_PIPE);
    assertThat(closed.err()).isEmpty();
  }

  @Test
  void ctrlCSavesTheRunAndSaysHowToGoOn() throws Exception {
    run("./symbreak", "data", "circles", "--rows", "3000", "-o", "circles.csv");
    List<String> command = new ArrayList<>(listeningToCtrlC());
    command.addAll(
        List.of(
            "./symbreak",
            "train",
            "circles.csv",
            "--hidden",
            "64",
            "--epochs",
            "1000000",
            "--no-early-stopping",
            "--out",
            "long",
            "--checkpoint-every",
            "0.1"));
    Process training = start(command.toArray(String[]::new));
    Path checkpoint = directory.resolve("long/checkpoint.zip");
    while (!Files.exists(checkpoint) && training.isAlive()) {
      Thread.sleep(100);
    }
    kill("-INT", training);
    Ran interrupted = wait(training);
    assertThat(interrupted.code()).as(interrupted.err()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(interrupted.err()).contains("Interrupted; to go on: symbreak train --resume long");
    assertThat(checkpoint).exists();
    assertThat(directory.resolve("long/model.zip")).exists();
  }

  /** Nothing is there to be saved, so that nothing has to be waited for, which threads show. */
  @Test
  void ctrlCBeforeThePageIsOpenedEndsAtOnce() throws Exception {
    run("./symbreak", "data", "circles", "--rows", "100", "-o", "small.csv");
    List<String> command = new ArrayList<>(listeningToCtrlC());
    command.addAll(List.of("./symbreak", "train", "small.csv", "--live", "--out", "unseen"));
    Process waiting = start(command.toArray(String[]::new));
    awaitAddress(waiting, "err");

    kill("-INT", waiting);
    while (waiting.isAlive()) {
      kill("-QUIT", waiting); // the JVM lists its threads on standard output
      Thread.sleep(100);
      assertThat(Files.readString(directory.resolve("out"))).doesNotContain(WAITS_FOR_A_RUN);
    }
    assertThat(wait(waiting).code()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(directory.resolve("unseen")).doesNotExist();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void servingLeavesNothingBehind() throws Exception {
    Process serving = start("./symbreak", "serve", "--port", "0");
    URI page = awaitAddress(serving, "out");
    assertThat(leftovers()).hasSize(1);
    HttpResponse<String> uploaded =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(page.resolve("/api/upload"))
                    .header("X-Symbreak-Token", page.getFragment().replace("token=", ""))
                    .POST(HttpRequest.BodyPublishers.ofFile(Path.of("data/circles.csv")))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(uploaded.statusCode()).as(uploaded.body()).isEqualTo(200);
    assertThat(leftovers().get(0)).isNotEmptyDirectory();

    kill("-TERM", serving);
    wait(serving);

    assertThat(leftovers()).isEmpty();
  }

  /** The page's address, once it is told in the file of standard output or error. */
  private static URI awaitAddress(Process process, String file) throws Exception {
    Pattern address = Pattern.compile("Open (http://\\S+?);?\\s");
    while (process.isAlive()) {
      Matcher told = address.matcher(Files.readString(directory.resolve(file)));
      if (told.find()) {
        return URI.create(told.group(1));
      }
      Thread.sleep(100);
    }
    throw new AssertionError(Files.readString(directory.resolve("err")));
  }

  /** What servers have in the directory of temporary files. */
  private static List<Path> leftovers() throws IOException {
    try (Stream<Path> all = Files.list(temporary())) {
      return all.filter(path -> path.getFileName().toString().startsWith("symbreak")).toList();
    }
  }

  private static Path temporary() throws IOException {
    return Files.createDirectories(directory.resolve("temporary"));
  }

  /**
   * What undoes that the tests themselves run in the background of a script, which no Ctrl-C
   * reaches, and neither the processes they start.
   */
  private static List<String> listeningToCtrlC() throws IOException, InterruptedException {
    List<String> gnu = List.of("env", "--default-signal=INT");
    List<String> trial = new ArrayList<>(gnu);
    trial.add("true");
    return new ProcessBuilder(trial).start().waitFor() == 0 ? gnu : List.of();
  }

  /**
   * @param code exit code
   */
  private record Ran(int code, String out, String err) {}

  private static Ran run(String... command) throws IOException, InterruptedException {
    return wait(start(command));
  }

  private static Process start(String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(Arrays.asList(command)).directory(directory.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SYMBREAK_OPTS", "-Djava.io.tmpdir=" + temporary());
    // files, so that nothing is lost where nobody waits for the end of a pipe
    builder
        .redirectOutput(directory.resolve("out").toFile())
        .redirectError(directory.resolve("err").toFile());
    return builder.start();
  }

  private static void kill(String signal, Process process)
      throws IOException, InterruptedException {
    new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
  }

  /** However long it takes: on a busy machine everything takes long. */
  private static Ran wait(Process process) throws IOException, InterruptedException {
    process.waitFor();
    return new Ran(
        process.exitValue(),
        Files.readString(directory.resolve("out")),
        Files.readString(directory.resolve("err")));
  }

  private static void jar(Path classes, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
  }
}

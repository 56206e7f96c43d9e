package org.symbreak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Imports point one way, and some packages know nothing of Deeplearning4j. Read from the source,
 * qualified names in the code included.
 */
class ImportRulesTest {
  private static final Path SOURCES = Path.of("src", "main", "java", "org", "symbreak");

  /** Which packages may be used by which, themselves aside. */
  private static final Map<String, Set<String>> ALLOWED =
      Map.ofEntries(
          Map.entry("problem", Set.of()),
          Map.entry("random", Set.of("problem")),
          Map.entry("symmetry", Set.of("problem", "random")),
          Map.entry("source", Set.of("problem")),
          Map.entry("data", Set.of("problem", "random", "source")),
          Map.entry("init", Set.of("problem", "random")),
          Map.entry("network", Set.of("problem", "random", "init")),
          Map.entry("model", Set.of("problem", "random", "init", "network", "data", "symmetry")),
          Map.entry(
              "training",
              Set.of("problem", "random", "init", "network", "data", "symmetry", "model")),
          Map.entry(
              "experiment",
              Set.of(
                  "problem", "random", "init", "network", "data", "symmetry", "model", "training")),
          Map.entry(
              "report",
              Set.of(
                  "problem",
                  "random",
                  "init",
                  "network",
                  "data",
                  "symmetry",
                  "model",
                  "training",
                  "experiment")),
          Map.entry(
              "serve",
              Set.of(
                  "problem",
                  "random",
                  "init",
                  "network",
                  "data",
                  "symmetry",
                  "model",
                  "training",
                  "experiment",
                  "report")),
          Map.entry(
              "cli",
              Set.of(
                  "problem",
                  "random",
                  "init",
                  "network",
                  "data",
                  "symmetry",
                  "model",
                  "training",
                  "experiment",
                  "report",
                  "serve")));

  private static final Set<String> WITHOUT_DEEPLEARNING4J =
      Set.of("problem", "random", "source", "symmetry", "experiment", "report", "serve", "cli");
  private static final Pattern OURS = Pattern.compile("\\borg\\.symbreak\\.(\\w+)");
  private static final Pattern THEIRS =
      Pattern.compile("\\borg\\.(deeplearning4j|nd4j|datavec|bytedeco)\\.");

  @Test
  void packagesAreUsedInOneDirectionOnly() throws IOException {
    assertThat(
            offences(
                (own, used) ->
                    !own.equals(used)
                        && !ALLOWED.get(own).contains(used)
                        && ALLOWED.containsKey(used)))
        .isEmpty();
  }

  @Test
  void arraysAndRecordsAloneCrossTheBorderToDeeplearning4j() throws IOException {
    List<String> offences = new ArrayList<>();
    for (Path file : sources()) {
      if (WITHOUT_DEEPLEARNING4J.contains(packageOf(file))) {
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
          // a class that is looked for by its name is no import
          if (isCode(lines.get(i))
              && THEIRS.matcher(lines.get(i)).find()
              && !lines.get(i).contains("\"")) {
            offences.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
          }
        }
      }
    }
    assertThat(offences).isEmpty();
  }

  @Test
  void everyPackageHasItsRule() throws IOException {
    Set<String> packages = new TreeSet<>();
    for (Path file : sources()) {
      packages.add(packageOf(file));
    }
    assertThat(packages).isSubsetOf(ALLOWED.keySet());
    for (String name : packages) {
      assertThat(SOURCES.resolve(name).resolve("package-info.java")).exists();
    }
  }

  private interface Rule {
    boolean isBroken(String own, String used);
  }

  private static List<String> offences(Rule rule) throws IOException {
    List<String> offences = new ArrayList<>();
    for (Path file : sources()) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        Matcher used = OURS.matcher(lines.get(i));
        while (isCode(lines.get(i)) && used.find()) {
          if (rule.isBroken(packageOf(file), used.group(1))) {
            offences.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
          }
        }
      }
    }
    return offences;
  }

  private static boolean isCode(String line) {
    return !line.strip().startsWith("*")
        && !line.strip().startsWith("/*")
        && !line.strip().startsWith("//");
  }

  private static String packageOf(Path file) {
    return SOURCES.relativize(file).getName(0).toString();
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}

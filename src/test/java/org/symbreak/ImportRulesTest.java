package org.symbreak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

  /** The rooms, each with those that it may use, itself aside: earlier ones, or all of them. */
  private static final Map<String, Set<String>> ALLOWED =
      rooms(
          """
          problem:
          random: problem
          symmetry: problem random
          stack: symmetry
          source: problem
          data: problem random source
          init: problem random
          theory:
          network: problem random init theory
          setting: problem data init network
          guard: problem init network stack
          model: problem random data init network setting guard
          optimizer: setting
          engine: problem random data init network setting
          forecast: data init theory network symmetry setting engine
          watch: problem data network symmetry guard engine
          film: problem data network symmetry guard model watch
          diagnosis: data engine forecast model network optimizer setting symmetry watch
          run: problem random source data network symmetry guard model setting optimizer engine watch film diagnosis
          formats: problem random stack data network guard model
          inspect: problem random data init network symmetry stack guard model formats
          statistics:
          experiment: problem random data init network symmetry guard model setting optimizer engine forecast watch \
          diagnosis run statistics
          claims: problem random data init network symmetry model setting engine film run statistics
          report: all
          serve: all
          cli: all
          """);

  private static final Set<String> WITHOUT_DEEPLEARNING4J =
      Set.of(
          "problem",
          "random",
          "source",
          "symmetry",
          "stack",
          "formats",
          "diagnosis",
          "experiment",
          "report",
          "serve",
          "cli");
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

  private static Map<String, Set<String>> rooms(String lines) {
    Map<String, Set<String>> rooms = new LinkedHashMap<>();
    for (String line : lines.strip().split("\n")) {
      String[] parts = line.split(":");
      Set<String> uses =
          parts.length < 2 ? Set.of() : new TreeSet<>(List.of(parts[1].strip().split(" +")));
      rooms.put(
          parts[0], uses.equals(Set.of("all")) ? new TreeSet<>(rooms.keySet()) : Set.copyOf(uses));
    }
    return rooms;
  }

  @Test
  void noRoomUsesALaterOne() {
    Set<String> earlier = new TreeSet<>();
    ALLOWED.forEach(
        (room, uses) -> {
          assertThat(earlier).as(room).containsAll(uses);
          earlier.add(room);
        });
  }

  @Test
  void noTypeNameOccursTwice() throws IOException {
    Map<String, List<Path>> byName = new TreeMap<>();
    for (Path file : sources()) {
      if (!file.endsWith("package-info.java")) {
        byName.computeIfAbsent(file.getFileName().toString(), name -> new ArrayList<>()).add(file);
      }
    }
    byName.values().removeIf(files -> files.size() == 1);
    assertThat(byName).isEmpty();
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

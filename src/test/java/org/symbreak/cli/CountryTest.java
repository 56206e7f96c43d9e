package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written does not depend on the country: neither its comma nor its digits. */
class CountryTest {
  private static final List<String> SYMMETRY =
      List.of(
          "symmetry",
          Path.of("data/circles.csv").toAbsolutePath().toString(),
          "--iterations",
          "1200",
          "--show-every",
          "400",
          "--init",
          "constant:0.1",
          "--hidden",
          "4");
  private static final List<String> TRAIN =
      List.of(
          "train",
          Path.of("data/circles.csv").toAbsolutePath().toString(),
          "--epochs",
          "1200",
          "--init",
          "zeros",
          "--hidden",
          "4",
          "--no-report");

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Duser.language=de -Duser.country=DE",
        "-Duser.language=ar -Duser.country=EG",
        "-Duser.language=th -Duser.country=TH -Duser.extensions=u-nu-thai"
      })
  void resultsAreTheSameBytesInEveryCountry(String country) throws Exception {
    List<String> elsewhere = List.of(country.split(" "));
    List<String> here = List.of("-Duser.language=en", "-Duser.country=US");

    assertThat(run("elsewhere", elsewhere, SYMMETRY)).isEqualTo(run("here", here, SYMMETRY));
    assertThat(withoutTimes(run("elsewhere", elsewhere, TRAIN)))
        .isEqualTo(withoutTimes(run("here", here, TRAIN)))
        .contains("models/circles-zeros-1", "symmetry not broken: all 4 hidden units");
  }

  @Test
  void aProgramThatCallsUsNeedNotKeepItsCountryFromUs() {
    Locale usual = Locale.getDefault();
    CommandRun here = CommandRun.of(SYMMETRY.toArray());
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(CommandRun.of(SYMMETRY.toArray()).out()).isEqualTo(here.out()).contains("0.69");
    } finally {
      Locale.setDefault(usual);
    }
  }

  private static String withoutTimes(String text) {
    return text.replaceAll("\\d+(\\.\\d+)? (ms|s|min)\\b", "some time");
  }

  /** What a JVM of its own writes to standard output. */
  private String run(String where, List<String> options, List<String> words)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                absolute(System.getProperty("java.class.path"))));
    command.addAll(options);
    command.add(Symbreak.class.getName());
    command.addAll(words);
    Path workplace = Files.createDirectories(directory.resolve(where));
    Path errors = directory.resolve("errors");
    Process process =
        new ProcessBuilder(command)
            .directory(workplace.toFile())
            .redirectError(errors.toFile())
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    return out;
  }

  private static String absolute(String classPath) {
    return String.join(
        File.pathSeparator,
        Arrays.stream(classPath.split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .toList());
  }
}

package org.symbreak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What experiments say and write is the same whatever language the machine speaks: Turkish has
 * other small letters, Arabic other digits. Read from the source.
 */
class LanguageRulesTest {
  private static final Path SOURCES = Path.of("src", "main", "java", "org", "symbreak");

  /** What asks the machine for its language. */
  private static final Pattern ASKS =
      Pattern.compile(
          "\\.to(Lower|Upper)Case\\(\\)|\\.formatted\\(|String\\.format\\(\\s*(?!\\s|Locale\\.ROOT)");

  @Test
  void experimentsAndSymmetryNameTheLanguageOfTheirTexts() throws IOException {
    List<String> offences = new ArrayList<>();
    for (String name : List.of("experiment", "symmetry")) {
      try (Stream<Path> files = Files.walk(SOURCES.resolve(name))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          Matcher asks = ASKS.matcher(Files.readString(file));
          while (asks.find()) {
            offences.add(file + ": " + asks.group());
          }
        }
      }
    }
    assertThat(offences).isEmpty();
  }
}

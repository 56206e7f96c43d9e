package org.symbreak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A clock that is set back during a run does no harm: durations come from the clock that only goes
 * on, {@link System#nanoTime}, and the time of day is written down or tells how old a file is that
 * somebody left, and is never compared with an earlier reading.
 */
class WallClockTest {
  private static final Path SOURCES = Path.of("src/main/java/org/symbreak");
  private static final Pattern READ =
      Pattern.compile("currentTimeMillis|new Date\\(|\\b[A-Z]\\w*\\.now\\(|Clock\\.system");

  @Test
  void isReadWhereATimeIsWrittenDownAlone() throws IOException {
    Map<String, Long> readings = new TreeMap<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".java")).toList()) {
        long count = READ.matcher(Files.readString(file)).results().count();
        if (count > 0) {
          readings.put(SOURCES.relativize(file).toString().replace('\\', '/'), count);
        }
      }
    }
    assertThat(readings)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "experiment/RunMeasurement.java", 1L, // when a row of the ledger was finished
                "run/RunRecord.java", 1L, // when a run was created
                "source/StandardInput.java", 1L)); // leftovers of killed processes
  }
}

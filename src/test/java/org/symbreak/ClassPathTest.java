package org.symbreak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What users download. */
class ClassPathTest {
  /** Jars that only tests need. */
  private static final Set<String> TESTS =
      Set.of(
          "junit",
          "assertj",
          "playwright",
          "opentest4j",
          "apiguardian",
          "byte-buddy",
          "gson",
          "surefire",
          "Java-WebSocket",
          "driver",
          "jspecify",
          "onnxruntime");

  @Test
  void isUnder200Megabytes() {
    long bytes =
        jars()
            .filter(jar -> TESTS.stream().noneMatch(jar.getName()::contains))
            .mapToLong(File::length)
            .sum();
    assertThat(bytes).isBetween(100L << 20, 200_000_000L);
  }

  @Test
  void holdsNoVideoLibraries() {
    assertThat(jars().map(File::getName))
        .noneMatch(name -> name.matches(".*(opencv|ffmpeg|javacv|leptonica).*"));
  }

  @Test
  void holdsOneLoggingBinding() throws IOException {
    List<URL> providers =
        Collections.list(
            getClass()
                .getClassLoader()
                .getResources("META-INF/services/org.slf4j.spi.SLF4JServiceProvider"));
    assertThat(providers).hasSize(1);
    assertThat(providers.get(0).toString()).contains("logback-classic");
    assertThat(getClass().getClassLoader().getResource("org/slf4j/impl/StaticLoggerBinder.class"))
        .isNull();
  }

  private static Stream<File> jars() {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(classPath.split(File.pathSeparator))
        .map(File::new)
        .filter(file -> file.getName().endsWith(".jar"));
  }
}

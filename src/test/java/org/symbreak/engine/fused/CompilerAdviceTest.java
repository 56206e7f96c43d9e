package org.symbreak.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the JVM's compiler is told of the kernels names methods that are there. */
class CompilerAdviceTest {
  private static final String KERNELS = "org.symbreak.engine.fused.Vector";

  @Test
  void isTheSameForMavenAndTheLauncher() throws IOException {
    assertThat(told(".mvn/jvm.config", Pattern.quote(KERNELS)))
        .isNotEmpty()
        .isEqualTo(told("scripts/symbreak", "\\$kernels"));
    assertThat(Path.of("scripts/symbreak")).content().contains("kernels=" + KERNELS + "\n");
  }

  @Test
  void namesMethodsOfTheKernelsOnVectors() throws IOException {
    for (Class<?> kernels : List.of(VectorFloatKernels.class, VectorDoubleKernels.class)) {
      assertThat(kernels.getName()).startsWith(KERNELS);
      Set<String> methods =
          Arrays.stream(kernels.getDeclaredMethods())
              .map(Method::getName)
              .collect(Collectors.toSet());
      assertThat(methods).containsAll(told(".mvn/jvm.config", Pattern.quote(KERNELS)));
    }
  }

  private static List<String> told(String file, String kernels) throws IOException {
    return Pattern.compile("-XX:CompileCommand=dontinline," + kernels + "\\*::(\\w+)")
        .matcher(Files.readString(Path.of(file)))
        .results()
        .map((MatchResult result) -> result.group(1))
        .toList();
  }
}

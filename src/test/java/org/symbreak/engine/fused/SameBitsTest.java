package org.symbreak.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbreak.network.Activation;
import org.symbreak.network.Precision;

/** One problem, one result, bit for bit, whatever computes it. */
class SameBitsTest {
  static Stream<Exercise> exercises() {
    return Stream.concat(
        Exercise.all(1).stream(),
        Stream.of(
            new Exercise(Activation.TANH, Precision.FLOAT, 40, List.of(), 1),
            new Exercise(Activation.TANH, Precision.FLOAT, 300, List.of(300), 1),
            new Exercise(Activation.TANH, Precision.DOUBLE, 40, List.of(64, 40, 33), 1),
            new Exercise(Activation.SIGMOID, Precision.FLOAT, 70, List.of(530, 270, 3), 1)));
  }

  @ParameterizedTest
  @MethodSource("exercises")
  void inPlainJavaAndOnVectors(Exercise exercise) {
    assertThat(exercise.train(VectorUse.AT_ONCE)).isEqualTo(exercise.train(VectorUse.NEVER));
  }

  @Test
  void whenVectorsTakeOverInTheMiddle() {
    Exercise exercise = new Exercise(Activation.SIGMOID, Precision.FLOAT, 70, List.of(19, 7), 2);
    double[] plain = exercise.train(VectorUse.NEVER);
    assertThat(exercise.train(VectorUse.NEVER, true)).isEqualTo(plain);
    assertThat(exercise.train(VectorUse.ONCE_WARM, true)).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void onAnyNumberOfThreads(int threads) {
    for (Precision precision : Precision.values()) {
      Exercise many = new Exercise(Activation.TANH, precision, 6000, List.of(33, 20), threads);
      Exercise one = new Exercise(Activation.TANH, precision, 6000, List.of(33, 20), 1);
      assertThat(many.train(VectorUse.AT_ONCE)).isEqualTo(one.train(VectorUse.AT_ONCE));
    }
  }

  @Test
  void atAnyVectorWidthAndWithoutTheVectorApi() throws IOException, InterruptedException {
    List<String> expected = inAnotherJvm("-D" + VectorApi.PROPERTY + "=off");
    assertThat(expected).hasSameSizeAs(Exercise.all(1));
    for (int bits : new int[] {64, 128, 256, 512}) {
      assertThat(
              inAnotherJvm(
                  "--add-modules=jdk.incubator.vector", "-D" + VectorWidth.PROPERTY + "=" + bits))
          .isEqualTo(expected);
    }
  }

  private static List<String> inAnotherJvm(String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Exercise.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (InputStream output = process.getInputStream()) {
      List<String> lines =
          new String(output.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      assertThat(process.waitFor()).isZero();
      return lines;
    }
  }
}

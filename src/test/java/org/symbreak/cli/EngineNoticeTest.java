package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.run.RunDirectory;

/** A processor without fused multiply-add, as {@code -XX:UseAVX=0} makes this one for a JVM. */
@EnabledIfSystemProperty(named = "os.arch", matches = "amd64|x86_64")
class EngineNoticeTest {
  private static final String WHY = "this processor has no fused multiply-add";

  @TempDir private Path directory;

  @Test
  void autoSaysWhyItLeavesTheFusedEngine() throws Exception {
    Path run = directory.resolve("auto");
    Child child = run("auto", run);
    assertThat(child.code).as(child.errors).isZero();
    assertThat(child.errors)
        .containsOnlyOnce("engine auto takes dl4j: " + WHY)
        .contains("results differ in the last bits from those of engine fused");
    assertThat(new RunDirectory(run).read().result().engine()).isEqualTo("dl4j");
  }

  @Test
  void whoAsksForTheFusedEngineIsToldThatThereIsNone() throws Exception {
    Path run = directory.resolve("fused");
    Child child = run("fused", run);
    assertThat(child.code).isEqualTo(2);
    assertThat(child.errors).contains("--engine: ").contains(WHY).doesNotContain("\tat ");
    assertThat(run).doesNotExist();
  }

  @Test
  void onThisProcessorThereIsNothingToSay() {
    CommandRun run =
        CommandRun.of(
            "train",
            "data/circles.csv",
            "--epochs",
            "2",
            "--no-report",
            "--out",
            directory.resolve("here"));
    assertThat(run.code()).isZero();
    assertThat(run.err()).doesNotContain("engine auto");
  }

  private record Child(int code, String errors) {}

  private Child run(String engine, Path out) throws IOException, InterruptedException {
    Path errors = directory.resolve(engine + ".err");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:UseAVX=0",
                "-XX:TieredStopAtLevel=1",
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                Symbreak.class.getName()));
    command.addAll(
        List.of(
            "train",
            "data/circles.csv",
            "--epochs",
            "2",
            "--no-report",
            "--engine",
            engine,
            "--out",
            out.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectError(errors.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new Child(process.waitFor(), Files.readString(errors, StandardCharsets.UTF_8));
  }
}

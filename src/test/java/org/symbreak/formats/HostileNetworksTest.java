package org.symbreak.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.symbreak.guard.EntryPlace;
import org.symbreak.inspect.ModelInspection;
import org.symbreak.inspect.ProbeSource;
import org.symbreak.problem.InputException;
import org.symbreak.stack.Chain;
import org.symbreak.stack.NumberType;
import org.symbreak.stack.Step;
import org.symbreak.symmetry.LayerProbe;

/** Files that are made to do harm, and files as they are seldom written. */
class HostileNetworksTest {
  @Test
  void followsNoReferenceToAnotherFile() {
    WireWriter tensor =
        new WireWriter().number(1, 2).number(1, 3).number(2, 1).text(8, "w").number(14, 1);
    tensor.message(13, new WireWriter().text(1, "location").text(2, "/etc/passwd"));
    assertRefused(model(tensor, gemm("x", "w", "y")), "a reference to another one");
  }

  @Test
  void allocatesNothingForNumbersThatAreNotThere() {
    WireWriter tensor =
        new WireWriter()
            .number(1, 1 << 30)
            .number(1, 1 << 30)
            .number(2, 1)
            .text(8, "w")
            .bytes(9, new byte[24]);
    assertRefused(model(tensor, gemm("x", "w", "y")), "expected");
  }

  @Test
  void refusesTwoTensorsOfOneName() {
    WireWriter graph =
        new WireWriter()
            .message(1, gemm("x", "w", "y"))
            .message(5, tensor("w", NumberType.FLOAT))
            .message(5, tensor("w", NumberType.FLOAT));
    assertRefused(model(graph), "two that give w");
  }

  @Test
  void refusesTooManyParts() {
    WireWriter graph = new WireWriter();
    for (int i = 0; i < (1 << 20) + 1; i++) {
      graph.bytes(1, new byte[0]);
    }
    assertRefused(model(graph), "more");
  }

  @Test
  void runsNoOperatorsOfOthers() {
    WireWriter node =
        new WireWriter().text(1, "x").text(1, "w").text(2, "y").text(4, "Gemm").text(7, "com.evil");
    OnnxFile file = new OnnxFile(EntryPlace.of("test"), model(tensor("w", NumberType.FLOAT), node));
    assertThat(file.chains()).isEmpty();
    assertThat(file.unread()).containsExactly("com.evil.Gemm, 1: Gemm [y]");
  }

  @ParameterizedTest
  @EnumSource(NumberType.class)
  void readsNumbersOfAllKindsAndWritesThemBack(NumberType numbers) {
    byte[] bytes =
        model(
            new WireWriter()
                .message(1, gemm("x", "w", "h"))
                .message(1, node("Relu", "h", "r"))
                .message(1, gemm("r", "v", "y"))
                .message(5, tensor("w", numbers))
                .message(5, tensor("v", numbers)));
    OnnxFile file = new OnnxFile(EntryPlace.of("test"), bytes);
    assertThat(file.numbers()).isEqualTo(numbers);
    Chain chain = file.chains().get(0);
    assertThat(chain.blocks().get(0).weights())
        .isDeepEqualTo(new double[][] {{1, -0.5}, {0.25, 2}});
    DenseFile.Written written =
        file.with(
            List.of(
                new DenseFile.Change(
                    List.of(
                        chain.blocks().get(0).keepingUnits(new int[] {1}),
                        chain.blocks().get(1).keepingInputs(new int[] {1})),
                    List.of(new int[] {1}, new int[] {0, 1}))));
    assertThat(written.content().chains().get(0).blocks().get(0).weights())
        .isDeepEqualTo(new double[][] {{0.25, 2}});
    assertThat(written.content().chains().get(0).blocks().get(1).weights())
        .isDeepEqualTo(new double[][] {{-0.5}, {2}});
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a.weight':{'dtype':'F32','shape':[2,2],'data_offsets':[0,16]},'a.bias':{'dtype':'F32','shape':[2],'data_offsets':[8,16]}}"
            + " | 16 | back to back",
        "{'a.weight':{'dtype':'F32','shape':[2,2],'data_offsets':[4,20]}} | 20 | back to back",
        "{'a.weight':{'dtype':'F32','shape':[2,2],'data_offsets':[0,16]}} | 24 | no bytes behind",
        "{'a.weight':{'dtype':'F32','shape':[1073741824,1073741824],'data_offsets':[0,16]}} | 16 |"
            + " bytes for the shape",
        "{'a.weight':{'dtype':'F32','shape':[2,2],'data_offsets':[0,16]},'a.weight':{'dtype':'F32','shape':[2,2],'data_offsets':[0,16]}}"
            + " | 16 | JSON",
        "{'a.weight':{'dtype':'I8','shape':[2,2],'data_offsets':[0,4]}} | 4 | F64, F32, F16 or"
            + " BF16",
        "{'a.weight':{'dtype':'F32','shape':[2,2],'data_offsets':[0,9223372036854775807]}} | 16 |"
            + " within the file"
      })
  void refusesSafetensorsThatLie(String header, int bytes, String message) {
    assertRefused(safetensors(header, bytes), message);
  }

  private static byte[] safetensors(String header, int bytes) {
    byte[] text = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + text.length + bytes).order(ByteOrder.LITTLE_ENDIAN);
    return file.putLong(text.length).put(text).array();
  }

  @Test
  void refusesSomethingElse() {
    assertRefused("<html>hello</html>".getBytes(StandardCharsets.UTF_8), "a model: a zip of");
    assertRefused(new byte[0], "found an empty file");
  }

  @ParameterizedTest
  @CsvSource({"0.1, 0.0999755859375", "65504, 65504", "1e-7, 1.1920928955078125E-7", "-2.5, -2.5"})
  void roundsToTheNearestHalf(double value, double half) {
    assertThat(NumberType.HALF.round(value)).isEqualTo(half);
  }

  @Test
  void aLayerWhoseNumbersOthersUseStays() {
    byte[] bytes =
        model(
            new WireWriter()
                .message(1, gemm("x", "w", "h"))
                .message(1, node("Relu", "h", "r"))
                .message(1, gemm("r", "w", "y"))
                .message(5, tensor("w", NumberType.FLOAT)));
    Chain chain = new OnnxFile(EntryPlace.of("test"), bytes).chains().get(0);
    assertThat(chain.blocks()).hasSize(2).allMatch(block -> block.fixed());
    assertThat(((Step.Dense) chain.links().get(0).dense().what()).fixed()).isTrue();
  }

  /** Between its layers stands what is not read: nobody is told that there is nothing hidden. */
  @Test
  void saysThatNothingWasLookedAt(@TempDir Path directory) throws IOException {
    byte[] bytes =
        model(
            new WireWriter()
                .message(1, gemm("x", "w", "h"))
                .message(1, node("Mystery", "h", "r"))
                .message(1, gemm("r", "v", "y"))
                .message(5, tensor("w", NumberType.FLOAT))
                .message(5, tensor("v", NumberType.FLOAT)));
    Path file = Files.write(directory.resolve("mystery.onnx"), bytes);
    ModelInspection inspection =
        ModelInspection.of(file, ProbeSource.RANDOM, LayerProbe.TOLERANCE, Set.of());
    assertThat(inspection.verdict()).startsWith("Nothing was looked at");
    assertThat(inspection.unread()).containsExactly("Mystery, 1: Mystery [r]");
  }

  @Test
  void saysWhyALayerIsNotRead() {
    byte[] bytes = model(new WireWriter().message(1, gemm("x", "w", "y")));
    assertThat(new OnnxFile(EntryPlace.of("test"), bytes).unread())
        .containsExactly(
            "Gemm (its weights are not in the file, do not fit, or stand on the left), 1: Gemm"
                + " [y]");
  }

  @Test
  void saysHowArraysAreToBeCalled() {
    assertRefused(
        safetensors("{'W0':{'dtype':'F32','shape':[2,2],'data_offsets':[0,16]}}", 16),
        "called as coefs_0 and intercepts_0");
  }

  private static void assertRefused(byte[] bytes, String message) {
    assertThatThrownBy(() -> DenseFiles.of(EntryPlace.of("test"), bytes, Optional.of("relu")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  private static byte[] model(WireWriter tensor, WireWriter node) {
    return model(new WireWriter().message(1, node).message(5, tensor));
  }

  private static byte[] model(WireWriter graph) {
    return new WireWriter()
        .number(1, 8)
        .message(8, new WireWriter().number(2, 13))
        .message(7, graph)
        .toBytes();
  }

  private static WireWriter gemm(String x, String w, String y) {
    return new WireWriter().text(1, x).text(1, w).text(2, y).text(4, "Gemm");
  }

  private static WireWriter node(String operator, String x, String y) {
    return new WireWriter().text(1, x).text(2, y).text(4, operator);
  }

  /** [input][unit]. */
  private static WireWriter tensor(String name, NumberType numbers) {
    return OnnxTensor.write(name, numbers, new long[] {2, 2}, new double[] {1, 0.25, -0.5, 2});
  }
}

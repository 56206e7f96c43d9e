package org.symbreak.formats;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbreak.guard.EntryPlace;

/** Files of other libraries, changed to reach every branch. */
@Tag("fuzz")
class DenseFileFuzz {
  @MethodSource("onnx")
  @FuzzTest
  void onnxIsRefusedOrRead(byte[] file) {
    MutatedNetworksTest.read(file);
  }

  @MethodSource("safetensors")
  @FuzzTest
  void safetensorsAreRefusedOrRead(byte[] file) {
    MutatedNetworksTest.read(file);
  }

  @MethodSource("array")
  @FuzzTest
  void anArrayIsRefusedOrRead(byte[] file) {
    MutatedNetworksTest.read(Map.of("coefs_0.npy", file));
  }

  @MethodSource("keras")
  @FuzzTest
  void kerasIsRefusedOrRead(byte[] file) {
    MutatedNetworksTest.read(file);
  }

  static Stream<byte[]> onnx() throws IOException {
    return Stream.of(bytes("normalized.onnx"), bytes("transformer.onnx"), bytes("cnn.onnx"));
  }

  static Stream<byte[]> safetensors() throws IOException {
    return Stream.of(bytes("relu.safetensors"), bytes("bfloat16.safetensors"));
  }

  static Stream<byte[]> array() throws IOException {
    return ZipEntries.read(EntryPlace.of("sklearn.npz"), OtherNetworks.file("sklearn.npz"))
        .values()
        .stream();
  }

  static Stream<byte[]> keras() throws IOException {
    return Stream.of(bytes("keras.h5"));
  }

  private static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(OtherNetworks.file(name));
  }
}

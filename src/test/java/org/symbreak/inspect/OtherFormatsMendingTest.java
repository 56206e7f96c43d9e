package org.symbreak.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbreak.formats.OtherNetworks;
import org.symbreak.formats.OtherNetworks.Computed;
import org.symbreak.problem.InputException;
import org.symbreak.symmetry.LayerProbe;

/** Networks of PyTorch, scikit-learn and Keras with faults planted in them by make.py. */
class OtherFormatsMendingTest {
  private static final String RELU =
      "IDENTICAL 1 [3, 6]; PROPORTIONAL 1 [2, 8]; DEAD 1 [10]; CONSTANT 2 [4]";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "relu.onnx",
        "relu-opset7.onnx",
        "relu.safetensors",
        "sklearn.npz",
        "sklearn-named.npz",
        "keras.h5",
        "keras.keras"
      })
  void findsWhatWasPlantedInAReluNetwork(String name) {
    assertThat(found(inspect(name))).contains(RELU.split("; "));
    assertThat(inspect(name).alarm()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tanh.onnx | IDENTICAL 1 [3, 6]; OPPOSITE 1 [2, 8]; CONSTANT 1 [10]",
        "normalized.onnx | IDENTICAL 1 [3, 6]; CONSTANT 2 [4]",
        "cnn.onnx | IDENTICAL 1 [3, 6]; IDENTICAL 2 [1, 8]",
        "transformer.onnx | IDENTICAL 5 [3, 6]; CONSTANT 5 [10]",
        "shared.onnx | IDENTICAL 1 [3, 6]"
      })
  void findsWhatWasPlantedInOthers(String name, String planted) {
    assertThat(found(inspect(name))).contains(planted.split("; "));
  }

  @Test
  void saysWhatItDoesNotLookInto() {
    assertThat(inspect("cnn.onnx").unread())
        .containsExactly("Conv, 1: /conv/Conv", "Flatten, 1: /Flatten", "MaxPool, 1: /MaxPool");
    assertThat(inspect("transformer.onnx").unread())
        .anySatisfy(line -> assertThat(line).startsWith("ReduceMean, 4: /n1/ReduceMean"))
        .noneSatisfy(line -> assertThat(line).startsWith("Erf"));
  }

  @Test
  void namesTheChainsByTheirNodes() {
    ModelInspection inspection = inspect("transformer.onnx");
    assertThat(inspection.chains()).hasSize(5);
    assertThat(inspection.chains().get(4).name()).isEqualTo("/up/MatMul to /down/MatMul");
    assertThat(inspection.findings().get(0).text())
        .startsWith("Units 3 and 6 of hidden layer 5 (/up/MatMul) are identical");
  }

  @ParameterizedTest
  @CsvSource({
    "relu.onnx, 9/7",
    "relu-opset7.onnx, 9/7",
    "tanh.onnx, 9",
    "normalized.onnx, 11/7",
    "cnn.onnx, 11/9",
    "transformer.onnx, 14"
  })
  void aMendedFileComputesTheSameAndKeepsItsNodes(String name, String units) throws Exception {
    Path mended = directory.resolve(name);
    MendReport report = open(name).merge(mended, false);
    assertThat(report.unitsAfter())
        .isEqualTo(List.of(units.split("/")).stream().map(Integer::valueOf).toList());
    assertThat(report.parametersAfter()).isLessThan(report.parametersBefore());
    assertThat(report.largestChange()).isLessThan(1e-5);
    Computed computed = OtherNetworks.computed(name);
    double[] before = OtherNetworks.run(OtherNetworks.file(name), computed);
    double[] after = OtherNetworks.run(mended, computed);
    assertThat(before).containsExactly(computed.outputs(), within(1e-5));
    assertThat(after).containsExactly(computed.outputs(), within(1e-5));
    assertThat(OtherNetworks.nodes(Files.readAllBytes(mended)))
        .usingRecursiveComparison()
        .isEqualTo(OtherNetworks.nodes(Files.readAllBytes(OtherNetworks.file(name))));
    assertThat(
            ModelInspection.of(mended, ProbeSource.RANDOM, LayerProbe.TOLERANCE, Set.of())
                .findings())
        .noneMatch(finding -> finding.kind() == Finding.Kind.IDENTICAL);
  }

  @ParameterizedTest
  @CsvSource({
    "relu.safetensors, relu.onnx, 9/7",
    "bfloat16.safetensors, '', 9/7",
    "sklearn.npz, sklearn-named.npz, 9/7",
    "sklearn-named.npz, sklearn-named.npz, 9/7"
  })
  void aBagOfTensorsIsMendedAsOne(String name, String computedBy, String units) throws Exception {
    Path mended = directory.resolve(name);
    MendReport report = open(name).merge(mended, false);
    assertThat(String.join("/", report.unitsAfter().stream().map(String::valueOf).toList()))
        .isEqualTo(units);
    if (!computedBy.isEmpty()) {
      Computed computed = OtherNetworks.computed(computedBy);
      NetworkProbe probe = new NetworkProbe("test", computed.rows());
      ReadChain chain = ReadModel.open(mended, Set.of(), Optional.of("relu")).chains().get(0);
      double[] outputs = chain.outputs(probe);
      if (name.equals("sklearn.npz")) { // says nothing of its output's sigmoid
        for (int i = 0; i < outputs.length; i++) {
          outputs[i] = 1 / (1 + Math.exp(-outputs[i]));
        }
      }
      assertThat(outputs).containsExactly(computed.outputs(), within(1e-5));
    }
  }

  @Test
  void splitsIdenticalUnitsInAnOnnxFile() throws Exception {
    Path split = directory.resolve("split.onnx");
    open("relu.onnx").split(split, 0.01, 1);
    Computed computed = OtherNetworks.computed("relu.onnx");
    assertThat(OtherNetworks.run(split, computed))
        .containsExactly(computed.outputs(), within(0.02));
    assertThat(found(ModelInspection.of(split, ProbeSource.RANDOM, LayerProbe.TOLERANCE, Set.of())))
        .noneMatch(finding -> finding.startsWith("IDENTICAL"));
  }

  @Test
  void leavesUnitsThatFeedSomethingElse() {
    assertThatThrownBy(() -> open("shared.onnx").merge(directory.resolve("x.onnx"), false))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected redundant hidden units to merge, found none");
    assertThat(inspect("shared.onnx").verdict()).doesNotContain("mend");
  }

  @Test
  void refusesToWriteKeras() {
    assertThatThrownBy(() -> open("keras.h5").merge(directory.resolve("x.h5"), false))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("whose layers' sizes also stand in their configuration");
    assertThat(inspect("keras.h5").verdict()).doesNotContain("mend");
  }

  @Test
  void refusesPicklesAndSaysHowToExport() {
    assertThatThrownBy(() -> inspect("relu.pt"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("torch.onnx.export(model, example, \"model.onnx\")");
  }

  @Test
  void asksForTheActivationWhereTheFileDoesNotSayIt() {
    assertThatThrownBy(
            () ->
                ModelInspection.of(
                    OtherNetworks.file("sklearn.npz"),
                    ProbeSource.RANDOM,
                    LayerProbe.TOLERANCE,
                    Set.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--activation");
  }

  private static ModelInspection inspect(String name) {
    return ModelInspection.of(
        OtherNetworks.file(name),
        ProbeSource.RANDOM,
        LayerProbe.TOLERANCE,
        Set.of(),
        Optional.of("relu"));
  }

  private static Mending open(String name) {
    return Mending.open(
        OtherNetworks.file(name), ProbeSource.RANDOM, Set.of(), Optional.of("relu"));
  }

  private static List<String> found(ModelInspection inspection) {
    List<String> found = new ArrayList<>();
    for (Finding finding : inspection.findings()) {
      found.add(
          String.format(
              Locale.ROOT, "%s %d %s", finding.kind().name(), finding.layer(), finding.units()));
    }
    return found;
  }
}

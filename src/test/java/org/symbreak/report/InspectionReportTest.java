package org.symbreak.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.symbreak.formats.OtherNetworks;
import org.symbreak.inspect.ModelInspection;
import org.symbreak.inspect.ProbeSource;
import org.symbreak.symmetry.LayerProbe;

class InspectionReportTest {
  @Test
  void tellsOfGroupsDeadUnitsAndWhatWasNotRead() {
    String cnn = page("cnn.onnx");
    assertThat(cnn)
        .containsPattern(
            "<h1>cnn.onnx: hidden layer \\d has \\d+ different units? of \\d+, 2 alarms</h1>")
        .contains("Conv, 1: /conv/Conv")
        .contains("Hidden layer 2, /fc2/Gemm")
        .contains("<title>1: ");
    assertThat(page("relu.onnx"))
        .containsPattern("dead</td>\\s*<td class=\"text short\">10<")
        .contains("3 6", "2 8");
    assertThat(cnn).contains("script-src 'sha256-").doesNotContain("src=", "unsafe-inline");
  }

  private static String page(String name) {
    return InspectionReport.html(
        ModelInspection.of(
            OtherNetworks.file(name), ProbeSource.RANDOM, LayerProbe.TOLERANCE, Set.of()));
  }
}

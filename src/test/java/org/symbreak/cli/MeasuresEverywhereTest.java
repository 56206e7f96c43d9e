package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.experiment.Column;
import org.symbreak.film.History;
import org.symbreak.symmetry.FlatZone;
import org.symbreak.symmetry.LayerProbe;
import org.symbreak.symmetry.LayerSymmetry;
import org.symbreak.symmetry.Measure;
import org.symbreak.watch.SimilarityRecord;

/** A row of the list of measures is all that it takes to have a measure of a layer everywhere. */
class MeasuresEverywhereTest {
  /** What says which layer it is, and how it was measured. */
  private static final List<String> NO_MEASURES = List.of("layer", "hiddenUnits", "tolerance");

  @TempDir private static Path directory;
  private static Path run;
  private static JsonNode trained;

  @BeforeAll
  static void train() throws IOException {
    run = directory.resolve("run");
    CommandRun train =
        CommandRun.of(
            "train",
            "data/circles.csv",
            "--hidden",
            "4/3",
            "--epochs",
            "20",
            "--out",
            run,
            "--json");
    assertThat(train.code()).as(train.err()).isEqualTo(ExitCode.DONE);
    trained = new ObjectMapper().readTree(train.out());
  }

  private static List<String> keys(List<Measure> measures) {
    return measures.stream().map(Measure::key).toList();
  }

  private static List<String> all() {
    return keys(List.of(Measure.values()));
  }

  @Test
  void isAComponentOfALayersSymmetry() throws ReflectiveOperationException {
    List<RecordComponent> components =
        Arrays.stream(LayerSymmetry.class.getRecordComponents())
            .filter(component -> !NO_MEASURES.contains(component.getName()))
            .toList();
    assertThat(components).extracting(RecordComponent::getName).isEqualTo(all());
    LayerSymmetry layer = layer();
    for (int i = 0; i < components.size(); i++) {
      Measure measure = Measure.values()[i];
      assertThat(measure.of(layer))
          .as(measure.key())
          .isEqualTo(components.get(i).getAccessor().invoke(layer));
      assertThat(measure.description()).isNotBlank().doesNotEndWith(".");
      assertThat(measure.text(layer, "?")).isNotEqualTo("?");
    }
    assertThat(Arrays.stream(Measure.values()).map(Measure::title)).doesNotHaveDuplicates();
  }

  @Test
  void isAColumnOfMetricsCsv() throws IOException {
    String header = Files.readAllLines(run.resolve("metrics.csv")).get(0);
    List<String> expected =
        new ArrayList<>(List.of("iteration", "epoch", "loss", "validationLoss"));
    for (String layer : List.of("layer1.", "layer2.")) {
      all().forEach(key -> expected.add(layer + key));
      expected.add(layer + "gradientNorm");
    }
    expected.add("output.gradientNorm");
    assertThat(header.split(",")).containsExactlyElementsOf(expected);
  }

  @Test
  void isAFieldOfTheResult() {
    JsonNode symmetry = trained.path("symmetry");
    assertThat(symmetry.fieldNames()).toIterable().containsAll(all());
    assertThat(symmetry.path("layers").path(1).fieldNames()).toIterable().containsAll(all());
  }

  @Test
  void isAColumnOfTheLedgerWhereItSumsUp() {
    List<String> expected = new ArrayList<>(List.of("hiddenUnits"));
    expected.addAll(keys(Measure.summary()));
    assertThat(Column.headers().stream().filter(header -> header.startsWith("symmetry.")))
        .containsExactlyElementsOf(expected.stream().map(key -> "symmetry." + key).toList());
    Measure.summary().forEach(m -> assertThat(Column.of(m).header()).endsWith("." + m.key()));
  }

  @Test
  void isReadByPeopleWhereItIsAFigure() throws IOException {
    String line =
        new SimilarityRecord(1, 1, 0.5, null, List.of(layer()), List.of(), false).toLine();
    String inspected = CommandRun.of("inspect", run.resolve("model.zip")).out();
    CommandRun train =
        CommandRun.of(
            "train", "data/circles.csv", "--epochs", "5", "--out", directory.resolve("table"));
    String page = Files.readString(run.resolve("report.html"));
    for (Measure measure : Measure.figures()) {
      assertThat(line).contains(", " + measure.title() + " ");
      assertThat(heading(inspected, "hidden layer")).contains(measure.title());
      assertThat(heading(train.out(), "hidden units")).contains(measure.title());
      assertThat(page)
          .contains("\"title\":\"" + measure.title() + "\"")
          .contains("\"key\":\"" + measure.key() + "\"");
    }
    assertThat(heading(inspected, "hidden layer"))
        .contains(Measure.summary().stream().map(Measure::title).toList());
  }

  private static String heading(String printed, String first) {
    return printed.lines().filter(line -> line.startsWith(first)).findFirst().orElseThrow();
  }

  @Test
  void isInEachFrameOfTheFilmWhereItIsAFigure() {
    History.LayerFrame frame = History.read(run.resolve("history")).frames().get(0).layers().get(0);
    assertThat(frame.figures()).containsOnlyKeys(keys(Measure.figures()));
  }

  private static LayerSymmetry layer() {
    return LayerProbe.measure(
        1,
        new double[] {1, 2, -3, 1},
        new double[] {0, 0.5},
        new double[][] {{0.1, 0.9}, {-0.9, 0.4}},
        FlatZone.named("tanh"));
  }
}

package org.symbreak.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.symbreak.data.Dataset;
import org.symbreak.engine.TestRows;
import org.symbreak.init.Initializations;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseNetwork;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.problem.InputException;
import org.symbreak.symmetry.FlatZone;
import org.symbreak.watch.RunLook;

class HistoryRecorderTest {
  @TempDir private Path folder;

  private static NetworkSpec network(Activation activation, Integer... hidden) {
    return new NetworkSpec(
        List.of(hidden),
        List.of(activation),
        Initializations.parseLayers("gaussian:0.5"),
        Initializations.parseLayers("gaussian:0.1"),
        0,
        Precision.DOUBLE);
  }

  private static Dataset disc() {
    TestRows train = TestRows.disc(80, 1);
    TestRows held = TestRows.disc(30, 2);
    return Dataset.ofArrays(train.x(), train.y(), held.x(), held.y(), held.x(), held.y());
  }

  private static RunLook look(NetworkSpec network, double[] parameters, long iteration) {
    DenseShape shape = network.shape(2);
    return new RunLook(
        iteration, iteration, shape, parameters, 0.5, null, new double[] {1, 2}, false);
  }

  @Test
  void aFrameSaysWhatTheNetworkSays() {
    NetworkSpec network = network(Activation.TANH, 5, 3);
    double[] parameters = network.initialParameters(2, 7);
    try (Dataset data = disc()) {
      HistoryRecorder recorder = new HistoryRecorder(network, data, 100, null);

      History.Frame frame = recorder.frame(look(network, parameters, 0));

      DenseNetwork plain = new DenseNetwork(network.shape(2), List.of(Activation.TANH), parameters);
      double[] x = new double[2];
      int right = 0;
      for (int row = 0; row < 80; row++) {
        data.train().features(row, x, 0);
        double p = plain.probability(x);
        assertThat((frame.probabilities()[row] & 0xFF) / 255.0)
            .isCloseTo(p, within(0.5 / 255 + 1e-9));
        right += (p >= 0.5 ? 1 : 0) == data.train().label(row) ? 1 : 0;
      }
      assertThat(frame.trainAccuracy()).isEqualTo(right / 80.0);
      assertThat(frame.gradientNorms()).containsExactly(1.0, 2.0);
      assertThat(frame.layers()).extracting(History.LayerFrame::distinct).containsExactly(5, 3);
      ByteBuffer weights =
          ByteBuffer.wrap(frame.layers().get(0).weights()).order(ByteOrder.LITTLE_ENDIAN);
      assertThat(weights.getFloat(0)).isEqualTo((float) parameters[0]);
      assertThat(weights.getFloat(8))
          .as("bias of the first unit")
          .isEqualTo((float) parameters[10]);
      assertThat(weights.getFloat(12))
          .as("first weight of the second")
          .isEqualTo((float) parameters[2]);
    }
  }

  @Test
  void theFieldIsTheProbabilityFromTheLowerLeftOn() {
    NetworkSpec network = network(Activation.TANH);
    double[] parameters = {3, 0, 0};
    try (Dataset data = disc()) {
      HistoryRecorder recorder = new HistoryRecorder(network, data, 100, null);
      int side = recorder.history().points().side();

      byte[] field = recorder.frame(look(network, parameters, 0)).field();

      assertThat(field).hasSize(side * side);
      for (int row = 0; row < side; row++) {
        assertThat(field[row * side] & 0xFF)
            .as("left")
            .isLessThan(field[row * side + side - 1] & 0xFF);
        assertThat(field[row * side]).as("no change upwards").isEqualTo(field[0]);
      }
    }
  }

  @Test
  void equalUnitsShareAGroupAndTheirDriftIsMeasuredFromTheFirstFrameOn() {
    NetworkSpec network = network(Activation.TANH, 3);
    double[] parameters = network.initialParameters(2, 1);
    System.arraycopy(parameters, 0, parameters, 4, 2);
    parameters[8] = parameters[6];
    try (Dataset data = disc()) {
      HistoryRecorder recorder = new HistoryRecorder(network, data, 100, null);
      recorder.observe(look(network, parameters, 0));
      double[] later = parameters.clone();
      later[4] = Math.nextUp(later[4]);
      recorder.observe(look(network, later, 1));

      List<History.Frame> frames = recorder.history().frames();
      History.LayerFrame first = frames.get(0).layers().get(0);
      History.LayerFrame second = frames.get(1).layers().get(0);

      assertThat(History.numbers(first.groups())).containsExactly(0, 1, 0);
      assertThat(History.numbers(first.sizes())).containsExactly(2, 1, 2);
      assertThat(first.distinct()).isEqualTo(2);
      assertThat(first.spread()).isZero();
      assertThat(second.distinct()).isEqualTo(3);
      assertThat(second.near()).isEqualTo(2);
      assertThat(second.ulps()).isEqualTo(1);
      assertThat(second.spread()).isEqualTo(Math.ulp(parameters[4]));
    }
  }

  @Test
  void withoutEqualUnitsThereIsNoDrift() {
    NetworkSpec network = network(Activation.TANH, 3);
    try (Dataset data = disc()) {
      HistoryRecorder recorder = new HistoryRecorder(network, data, 100, null);

      assertThat(
              recorder
                  .frame(look(network, network.initialParameters(2, 1), 0))
                  .layers()
                  .get(0)
                  .spread())
          .isNull();
    }
  }

  /** The limits drawn in pictures are those by which saturated is counted. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void flatZonesAreThoseOfTheMeasure(Activation activation) {
    FlatZone zone = FlatZone.named(activation.toString());

    List<Double> flat = new FilmLayer(activation, 1, 1, true).description().flat();

    assertThat(flat.get(0) == null).isEqualTo(Double.isInfinite(zone.low()));
    assertThat(flat.get(1) == null).isEqualTo(Double.isInfinite(zone.high()));
    if (flat.get(0) != null) {
      assertThat(zone.holds(activation.value(flat.get(0) - 1e-6))).isTrue();
      assertThat(zone.holds(activation.value(flat.get(0) + 1e-6))).isFalse();
    }
    if (flat.get(1) != null) {
      assertThat(zone.holds(activation.value(flat.get(1) + 1e-6))).isTrue();
      assertThat(zone.holds(activation.value(flat.get(1) - 1e-6))).isFalse();
    }
  }

  @Test
  void survivesNumbersThatAreNone() throws IOException {
    NetworkSpec network = network(Activation.TANH, 3);
    double[] parameters = new double[network.shape(2).parameters()];
    Arrays.fill(parameters, Double.NaN);
    Path file = folder.resolve("history");
    try (Dataset data = disc()) {
      HistoryRecorder recorder = new HistoryRecorder(network, data, 100, file);
      recorder.observe(look(network, parameters, 0));
      recorder.save();
    }

    History.LayerFrame frame = History.read(file).frames().get(0).layers().get(0);
    assertThat(frame.figures()).containsEntry("effectiveRank", null);
    assertThat(frame.histogram()).containsOnly(0);
  }

  @Test
  void aWideLayerIsShownInPartAndCountedWhole() {
    NetworkSpec network = network(Activation.TANH, 300);
    try (Dataset data = disc()) {
      HistoryRecorder recorder = new HistoryRecorder(network, data, 100, null);

      assertThat(recorder.history().layers().get(0).shown())
          .hasSize(64)
          .doesNotHaveDuplicates()
          .startsWith(0);
      assertThat(
              recorder
                  .frame(look(network, network.initialParameters(2, 1), 0))
                  .layers()
                  .get(0)
                  .distinct())
          .isEqualTo(300);
    }
  }

  @Test
  void isReadBackAsItWasWritten() throws IOException {
    NetworkSpec network = network(Activation.RELU, 4);
    Path file = folder.resolve("history");
    try (Dataset data = disc()) {
      HistoryRecorder recorder = new HistoryRecorder(network, data, 100, file);
      double[] parameters = network.initialParameters(2, 3);
      recorder.observe(look(network, parameters, 0));
      recorder.finish(parameters, data);

      History read = History.read(file);

      assertThat(read)
          .usingRecursiveComparison()
          .ignoringFields("validation", "test", "contributions")
          .isEqualTo(recorder.history());
      assertThat(read.test().of()).isEqualTo(30);
      assertThat(read.test().labels()).hasSize(30);
      assertThat(read.contributions().rows()).isEqualTo(30);
      assertThat(read.contributions().columns()).hasSize(2);
    }
  }

  @Test
  void aFilmGoesOnWhereTheRunDoesAndIsTheSame() throws IOException {
    NetworkSpec network = network(Activation.TANH, 4);
    try (Dataset data = disc()) {
      HistoryRecorder undisturbed = new HistoryRecorder(network, data, 300, folder.resolve("a"));
      HistoryRecorder before = new HistoryRecorder(network, data, 300, folder.resolve("b"));
      for (long iteration = 0; iteration <= 300; iteration++) {
        RunLook look = look(network, network.initialParameters(2, iteration), iteration);
        undisturbed.observe(look);
        if (iteration <= 219) {
          before.observe(look);
        }
      }
      RunLook interrupted = look(network, network.initialParameters(2, 199), 199);
      assertThat(before.looksAt(199)).isFalse();
      before.observe(
          new RunLook(
              199,
              199,
              interrupted.shape(),
              interrupted.parameters(),
              0.5,
              null,
              new double[0],
              true));
      before.save();

      HistoryRecorder after = new HistoryRecorder(network, data, 300, folder.resolve("b"));
      after.resume(199);
      for (long iteration = 200; iteration <= 300; iteration++) {
        after.observe(look(network, network.initialParameters(2, iteration), iteration));
      }

      assertThat(after.history()).usingRecursiveComparison().isEqualTo(undisturbed.history());
    }
  }

  @Test
  void refusesWhatIsNoHistory() throws IOException {
    Path file = folder.resolve("history");
    Files.writeString(file, "no history");

    assertThatThrownBy(() -> History.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected the history of a run");
  }
}

package org.symbreak.film;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.symbreak.data.Dataset;
import org.symbreak.data.EncodedRows;
import org.symbreak.model.Importance;
import org.symbreak.model.Predictor;
import org.symbreak.model.RowCounts;
import org.symbreak.model.RowNetwork;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseNetwork;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.symmetry.EvenSample;
import org.symbreak.symmetry.LayerSymmetry;
import org.symbreak.symmetry.LayerUnits;
import org.symbreak.watch.HiddenUnitProbe;
import org.symbreak.watch.RunLook;
import org.symbreak.watch.RunObserver;

/**
 * Records the {@link History} of a run. What a frame costs is bounded by the network's size, from
 * the shapes alone. Not thread safe.
 */
public final class HistoryRecorder implements RunObserver {
  private static final int MOST_ROWS = 300;
  private static final int FEWEST_ROWS = 32;
  private static final int MOST_UNITS = 64;
  private static final int FEWEST_UNITS = 2;
  private static final int LARGEST_SIDE = 48;
  private static final int SMALLEST_SIDE = 12;
  private static final int FRAMES = 110;
  private static final int FRAMES_OF_A_WIDE_NETWORK = 40;
  private static final int HELD_OUT_ROWS = 20_000;

  /** Parameters from which on a network is wide. */
  private static final int WIDE = 20_000;

  /** Rows times parameters that a frame may cost. */
  private static final double FRAME_WORK = 5e5;

  /** Fewer test rows than that do not tell what a column contributes. */
  private static final int FEWEST_TOLD = 30;

  /** Rows times parameters that telling what columns contribute may cost. */
  private static final double CONTRIBUTIONS_WORK = 2e8;

  /** Bytes of weights that a film may have. */
  private static final int FILM_BYTES = 1_200_000;

  private final DenseShape shape;
  private final Path file;
  private final NetworkSpec network;
  private final List<String> inputs;
  private final FrameSchedule schedule;
  private final RowSample shown;
  private final RowSample validation;
  private final TestRows test;
  private final FilmPlane plane;
  private final HiddenUnitProbe probe;
  private final List<FilmLayer> layers = new ArrayList<>();
  private final List<History.Frame> frames = new ArrayList<>();

  /**
   * @param iterations of the run at the most
   * @param file where it is kept; null for nowhere
   */
  public HistoryRecorder(NetworkSpec network, Dataset data, long iterations, Path file) {
    this.file = file;
    this.network = network;
    this.shape = network.shape(data.train().features());
    this.inputs = data.pipeline().featureNames();
    this.probe = HiddenUnitProbe.of(network, data.train());
    double affordable = FRAME_WORK / shape.parameters();
    int rows = within(FEWEST_ROWS, MOST_ROWS, affordable);
    this.shown = RowSample.of(data.train(), rows);
    this.validation = RowSample.of(data.validation(), rows);
    this.plane =
        FilmPlane.of(shown, within(SMALLEST_SIDE, LARGEST_SIDE, 2 * Math.sqrt(affordable)));
    RowSample held = RowSample.of(data.test(), rows);
    this.test = new TestRows(plane.others(held), held);
    int limit = shape.parameters() > WIDE ? FRAMES_OF_A_WIDE_NETWORK : FRAMES;
    this.schedule = new FrameSchedule(iterations, limit);
    for (int layer = 0; layer < shape.hiddenLayers(); layer++) {
      int unitBytes = Float.BYTES * (shape.inputs(layer) + 1) * limit;
      int units =
          within(FEWEST_UNITS, MOST_UNITS, (double) FILM_BYTES / shape.hiddenLayers() / unitBytes);
      layers.add(
          new FilmLayer(
              network.activation(layer),
              shape.units(layer),
              units,
              network.precision() == Precision.FLOAT));
    }
  }

  @Override
  public boolean looksAt(long iteration) {
    return schedule.looksAt(iteration);
  }

  @Override
  public void observe(RunLook look) {
    if (look.last() || schedule.looksAt(look.iteration())) {
      frames.removeIf(frame -> frame.iteration() == look.iteration());
      frames.add(frame(look));
    }
  }

  /** So that the film has what the run's result is measured at. */
  @Override
  public void kept(RunLook look) {
    if (frames.stream().noneMatch(frame -> frame.iteration() == look.iteration())) {
      frames.add(frame(look));
      frames.sort(Comparator.comparingLong(History.Frame::iteration));
    }
  }

  @Override
  public void save() {
    if (file != null) {
      write(history());
    }
  }

  /** Takes up the frames that are in the file; that of where it was interrupted goes. */
  @Override
  public void resume(long iteration) {
    frames.clear();
    if (file != null && Files.exists(file)) {
      History.read(file).frames().stream()
          .filter(frame -> frame.iteration() <= iteration && schedule.looksAt(frame.iteration()))
          .forEach(frames::add);
    }
  }

  /** What was recorded until now. */
  public History history() {
    return history(null, null, null);
  }

  /** Test rows in the film's plane, as many as it shows training rows at the most. */
  public TestRows testRows() {
    return test;
  }

  /** What the run says of the test rows, as it stands. */
  public TestRows.Seen seen(RunLook look) {
    return test.by(new DenseNetwork(shape, activations(), look.parameters()));
  }

  /** The run as it stands, as a frame. */
  public History.Frame frame(RunLook look) {
    DenseNetwork now = new DenseNetwork(shape, activations(), look.parameters());
    double[] probabilities = new double[shown.x().length];
    double[][][] sums = new double[layers.size()][][];
    Arrays.setAll(sums, layer -> new double[shape.units(layer)][shown.x().length]);
    for (int row = 0; row < probabilities.length; row++) {
      double[][] z = now.preActivations(shown.x()[row]);
      for (int layer = 0; layer < sums.length; layer++) {
        for (int unit = 0; unit < sums[layer].length; unit++) {
          sums[layer][unit][row] = z[layer][unit];
        }
      }
      probabilities[row] = Activation.SIGMOID.value(z[layers.size()][0]);
    }
    return new History.Frame(
        look.iteration(),
        look.epoch(),
        History.finite(look.loss()),
        History.finite(look.validationLoss()),
        shown.accuracy(probabilities),
        validation.accuracy(validation.probabilities(now)),
        History.shares(Arrays.stream(plane.cells()).mapToDouble(now::probability).toArray()),
        History.shares(probabilities),
        Arrays.stream(look.gradientNorms()).filter(Double::isFinite).boxed().toList(),
        layerFrames(look, sums));
  }

  /**
   * Writes what was recorded, and what the kept model says of the held-out rows.
   *
   * @param parameters of the kept model
   */
  public void finish(double[] parameters, Dataset data) {
    DenseNetwork kept = new DenseNetwork(shape, activations(), parameters);
    RowNetwork inShort = new RowNetwork(network, data.train().oneHot(), parameters);
    write(
        history(
            predictions(inShort, data.validation()),
            predictions(inShort, data.test()),
            contributions(kept, data)));
  }

  private History.Contributions contributions(DenseNetwork kept, Dataset data) {
    Map<String, int[]> columns = data.pipeline().spans();
    double passes = (double) columns.size() * Importance.PERMUTATIONS * shape.parameters();
    RowSample test =
        RowSample.of(data.test(), (int) Math.min(HELD_OUT_ROWS, CONTRIBUTIONS_WORK / passes));
    RowCounts counts = RowCounts.of(data.test());
    boolean isPart = test.y().length < data.test().rows();
    if (test.y().length < FEWEST_TOLD || isPart && !counts.equals(RowCounts.SAME)) {
      return null;
    }
    AtomicBoolean isNumber = new AtomicBoolean(true);
    Predictor predictor =
        row -> {
          double probability = kept.probability(row);
          isNumber.compareAndSet(true, !Double.isNaN(probability));
          return Double.isNaN(probability) ? 0 : probability;
        };
    List<Importance> importances =
        Importance.of(predictor, columns, test.x(), test.y(), counts, Importance.SEED);
    // of a model that puts out what is no number, nothing is said
    return isNumber.get() ? new History.Contributions(test.y().length, importances) : null;
  }

  private List<History.LayerFrame> layerFrames(RunLook look, double[][][] sums) {
    List<LayerSymmetry> measured = probe.measure(shape, look.parameters());
    List<History.LayerFrame> layerFrames = new ArrayList<>();
    for (int layer = 0; layer < sums.length; layer++) {
      LayerUnits units =
          LayerUnits.fromFlat(
              look.parameters(), shape.weights(layer), shape.inputs(layer), shape.units(layer));
      History.LayerFrame first = frames.isEmpty() ? null : frames.get(0).layers().get(layer);
      layerFrames.add(layers.get(layer).frame(units, measured.get(layer), sums[layer], first));
    }
    return layerFrames;
  }

  private History history(
      History.Predictions ofValidation,
      History.Predictions ofTest,
      History.Contributions contributions) {
    return new History(
        History.VERSION,
        shape.sizes(),
        activations().stream().map(Activation::toString).toList(),
        inputs,
        plane.points(),
        layers.stream().map(FilmLayer::description).toList(),
        frames,
        ofValidation,
        ofTest,
        contributions);
  }

  private void write(History history) {
    try {
      history.write(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static History.Predictions predictions(RowNetwork kept, EncodedRows rows) {
    int[] picked = EvenSample.of(rows.rows(), HELD_OUT_ROWS);
    if (picked.length == 0) {
      return null;
    }
    double[] numbers = new double[rows.oneHot().numbers()];
    int[] ones = new int[rows.oneHot().groups()];
    double[] probabilities = new double[picked.length];
    byte[] labels = new byte[picked.length];
    for (int i = 0; i < picked.length; i++) {
      rows.inShort(picked[i], numbers, ones);
      probabilities[i] = kept.probability(numbers, ones);
      labels[i] = (byte) rows.label(picked[i]);
    }
    return new History.Predictions(
        History.floats(probabilities),
        labels,
        Arrays.stream(picked).mapToObj(rows::line).toList(),
        rows.rows());
  }

  /** Of the hidden layers. */
  private List<Activation> activations() {
    return IntStream.range(0, shape.hiddenLayers()).mapToObj(network::activation).toList();
  }

  private static int within(int least, int most, double wanted) {
    return (int) Math.min(most, Math.max(least, wanted));
  }
}

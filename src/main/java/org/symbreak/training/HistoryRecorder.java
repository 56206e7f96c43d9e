package org.symbreak.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.symbreak.data.Dataset;
import org.symbreak.data.EncodedRows;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseNetwork;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.symmetry.FlatZone;
import org.symbreak.symmetry.GroupSpread;
import org.symbreak.symmetry.LayerProbe;
import org.symbreak.symmetry.LayerSymmetry;
import org.symbreak.symmetry.LayerUnits;
import org.symbreak.symmetry.UnitGroups;

/** Records the {@link History} of a run, a {@link FrameSchedule} long. Not thread safe. */
public final class HistoryRecorder implements RunObserver {
  private static final int SHOWN_ROWS = 300;
  private static final int FEWEST_ROWS = 32;
  private static final int SMALLEST_SIDE = 12;
  private static final int SHOWN_UNITS = 64;
  private static final int FILM_BYTES = 1_200_000;
  private static final int FRAMES = 110;
  private static final int FRAMES_OF_A_WIDE_NETWORK = 40;
  private static final int WIDE = 20_000;
  private static final int FIELD_SIDE = 48;
  private static final double FRAME_WORK = 5e5;
  private static final int BINS = 61;
  private static final double LARGEST_SUM = 1000;
  private static final int HELD_OUT_ROWS = 20_000;

  private final NetworkSpec network;
  private final DenseShape shape;
  private final Path file;
  private final int frameLimit;
  private final List<Activation> activations;
  private final List<String> inputs;
  private final FrameSchedule schedule;
  private final double[][] shownX;
  private final int[] shownY;
  private final double[][] validationX;
  private final int[] validationY;
  private final History.Points points;
  private final double[][] cells;
  private final List<History.Layer> layers = new ArrayList<>();
  private final List<History.Frame> frames = new ArrayList<>();

  /**
   * @param iterations of the run at the most
   * @param file where it is kept; null for nowhere
   */
  public HistoryRecorder(NetworkSpec network, Dataset data, long iterations, Path file) {
    this.network = network;
    this.file = file;
    this.shape = network.shape(data.train().features());
    this.frameLimit = shape.parameters() > WIDE ? FRAMES_OF_A_WIDE_NETWORK : FRAMES;
    this.activations = new ArrayList<>();
    this.inputs = data.pipeline().featureNames();
    this.schedule = new FrameSchedule(iterations, frameLimit);
    int[] rows = evenly(data.train().rows(), affordableRows());
    this.shownX = features(data.train(), rows);
    this.shownY = labels(data.train(), rows);
    int[] held = evenly(data.validation().rows(), affordableRows());
    this.validationX = features(data.validation(), held);
    this.validationY = labels(data.validation(), held);
    this.points = points(data.train(), rows);
    this.cells = points.side() == 0 ? new double[0][] : cells(points);
    for (int layer = 0; layer < shape.hiddenLayers(); layer++) {
      activations.add(network.activation(layer));
      layers.add(describe(layer));
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
    return history(null, null);
  }

  /**
   * Writes what was recorded, and what the kept model says of the held-out rows.
   *
   * @param parameters of the kept model
   */
  void finish(double[] parameters, Dataset data) {
    DenseNetwork kept = new DenseNetwork(shape, activations, parameters);
    write(history(predictions(kept, data.validation()), predictions(kept, data.test())));
  }

  private History history(History.Predictions validation, History.Predictions test) {
    return new History(
        History.VERSION,
        shape.sizes(),
        activations.stream().map(Activation::toString).toList(),
        inputs,
        points,
        layers,
        frames,
        validation,
        test);
  }

  private void write(History history) {
    try {
      history.write(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many rows a frame may push through the network, by its size. */
  private int affordableRows() {
    return (int) Math.min(SHOWN_ROWS, Math.max(FEWEST_ROWS, FRAME_WORK / shape.parameters()));
  }

  private int affordableSide() {
    return (int)
        Math.min(
            FIELD_SIDE, Math.max(SMALLEST_SIDE, Math.sqrt(4 * FRAME_WORK / shape.parameters())));
  }

  /** The run as it stands, as a frame. */
  public History.Frame frame(RunLook look) {
    DenseNetwork now = new DenseNetwork(shape, activations, look.parameters());
    double[] probabilities = new double[shownX.length];
    double[][][] sums = new double[shape.hiddenLayers()][][];
    for (int layer = 0; layer < sums.length; layer++) {
      sums[layer] = new double[shape.units(layer)][shownX.length];
    }
    for (int row = 0; row < shownX.length; row++) {
      probabilities[row] = now.probability(shownX[row]);
      for (int layer = 0; layer < sums.length; layer++) {
        double[] z = now.preActivations(layer, shownX[row]);
        for (int unit = 0; unit < z.length; unit++) {
          sums[layer][unit][row] = z[unit];
        }
      }
    }
    List<History.LayerFrame> layerFrames = new ArrayList<>();
    for (int layer = 0; layer < sums.length; layer++) {
      layerFrames.add(layerFrame(layer, look, sums[layer]));
    }
    return new History.Frame(
        look.iteration(),
        look.epoch(),
        finite(look.loss()),
        finite(look.validationLoss()),
        accuracy(probabilities, shownY),
        validationX.length == 0 ? null : accuracy(probabilities(now, validationX), validationY),
        History.shares(probabilities(now, cells)),
        History.shares(probabilities),
        Arrays.stream(look.gradientNorms()).filter(Double::isFinite).boxed().toList(),
        layerFrames);
  }

  private History.LayerFrame layerFrame(int layer, RunLook look, double[][] sums) {
    LayerUnits units =
        LayerUnits.fromFlat(
            look.parameters(), shape.weights(layer), shape.inputs(layer), shape.units(layer));
    FlatZone zone = FlatZone.named(activations.get(layer).toString());
    double[][] outputs = outputs(activations.get(layer), sums);
    LayerSymmetry all = LayerProbe.measure(layer + 1, units, outputs, zone, LayerProbe.TOLERANCE);
    int[] groups = groupOf(UnitGroups.identical(units));
    int[] near = groupOf(UnitGroups.withinTolerance(units, all.tolerance()));
    int[] sizes = sizes(groups);
    int[] shown = layers.get(layer).shown().stream().mapToInt(Integer::intValue).toArray();
    double[] saturated = new double[shown.length];
    byte[] dead = new byte[shown.length];
    for (int i = 0; i < shown.length; i++) {
      double[] output = outputs[shown[i]];
      saturated[i] =
          zone.saturates()
              ? (double) Arrays.stream(output).filter(zone::holds).count() / output.length
              : 0;
      dead[i] = (byte) (LayerProbe.isDead(output, zone) ? 1 : 0);
    }
    GroupSpread spread = spreadOfFirstGroups(layer, units, groups, shown);
    return new History.LayerFrame(
        all.distinctUnits(),
        all.distinctUnitsWithinTolerance(),
        finite(all.effectiveRank()),
        all.saturated(),
        all.dead(),
        History.shorts(pick(groups, shown)),
        History.shorts(pick(near, shown)),
        History.shorts(pick(sizes, shown)),
        weights(units, shown),
        histogram(layers.get(layer).histogram(), sums),
        History.shares(saturated),
        dead,
        spread == null ? null : finite(spread.absolute()),
        spread == null ? null : spread.ulps());
  }

  /**
   * How far the shown units that were equal in the first frame are apart now; null where none were.
   */
  private GroupSpread spreadOfFirstGroups(int layer, LayerUnits units, int[] groups, int[] shown) {
    int[] first =
        frames.isEmpty()
            ? pick(groups, shown)
            : numbers(frames.get(0).layers().get(layer).groups());
    GroupSpread largest = null;
    for (int group : Arrays.stream(first).distinct().toArray()) {
      int[] members = new int[first.length];
      int count = 0;
      for (int i = 0; i < first.length; i++) {
        if (first[i] == group) {
          members[count++] = shown[i];
        }
      }
      if (count > 1) {
        GroupSpread spread =
            GroupSpread.of(
                units, Arrays.copyOf(members, count), network.precision() == Precision.FLOAT);
        largest = largest == null || spread.absolute() > largest.absolute() ? spread : largest;
      }
    }
    return largest;
  }

  private History.Layer describe(int layer) {
    int units = shape.units(layer);
    int perUnit = 4 * (shape.inputs(layer) + 1) * (frameLimit + 2);
    int affordable =
        Math.max(2, Math.min(SHOWN_UNITS, FILM_BYTES / shape.hiddenLayers() / perUnit));
    return new History.Layer(
        units,
        Arrays.stream(evenly(units, affordable)).boxed().toList(),
        edges(),
        flat(activations.get(layer)));
  }

  /**
   * Sums of inputs at which the slope falls below 1 % of its largest, below and above; null where
   * it never does.
   */
  private static List<Double> flat(Activation activation) {
    return switch (activation) {
      case TANH -> List.of(-2.993, 2.993);
      case SIGMOID -> List.of(-5.986, 5.986);
      case RELU -> Arrays.asList(0.0, null);
      case ELU, SOFTPLUS -> Arrays.asList(-4.605, null);
      case LEAKYRELU, IDENTITY -> Arrays.asList(null, null);
    };
  }

  /** Bins of equal width on the axis of asinh(z); what lies outside counts in the outermost. */
  private static List<Double> edges() {
    double end = Math.log(LARGEST_SUM + Math.sqrt(LARGEST_SUM * LARGEST_SUM + 1));
    List<Double> edges = new ArrayList<>();
    for (int i = 0; i <= BINS; i++) {
      edges.add(Math.sinh(-end + 2 * end * i / BINS));
    }
    return edges;
  }

  private static byte[] histogram(List<Double> edges, double[][] sums) {
    double[] counts = new double[BINS];
    double end = edges.get(BINS);
    double width = 2 * Math.log(end + Math.sqrt(end * end + 1)) / BINS;
    for (double[] unit : sums) {
      for (double z : unit) {
        double asinh = Math.signum(z) * Math.log(Math.abs(z) + Math.sqrt(z * z + 1));
        int bin = (int) Math.floor(asinh / width + BINS / 2.0);
        counts[Math.min(Math.max(bin, 0), BINS - 1)]++;
      }
    }
    double fullest = Math.max(1, Arrays.stream(counts).max().orElse(1));
    return History.shares(Arrays.stream(counts).map(count -> count / fullest).toArray());
  }

  private static double[][] outputs(Activation activation, double[][] sums) {
    double[][] outputs = new double[sums.length][];
    for (int unit = 0; unit < sums.length; unit++) {
      outputs[unit] = Arrays.stream(sums[unit]).map(activation::value).toArray();
    }
    return outputs;
  }

  private static byte[] weights(LayerUnits units, int[] shown) {
    int length = units.fanIn() + 1;
    double[] picked = new double[shown.length * length];
    for (int i = 0; i < shown.length; i++) {
      for (int j = 0; j < length; j++) {
        picked[i * length + j] = units.parameter(shown[i], j);
      }
    }
    return History.floats(picked);
  }

  private static int[] groupOf(UnitGroups groups) {
    int[] group = new int[groups.units()];
    for (int g = 0; g < groups.count(); g++) {
      for (int unit : groups.groups().get(g)) {
        group[unit] = g;
      }
    }
    return group;
  }

  private static int[] sizes(int[] groups) {
    int[] counts = new int[groups.length];
    Arrays.stream(groups).forEach(group -> counts[group]++);
    return Arrays.stream(groups).map(group -> counts[group]).toArray();
  }

  private static int[] pick(int[] values, int[] indices) {
    return Arrays.stream(indices).map(index -> values[index]).toArray();
  }

  private static int[] numbers(byte[] shorts) {
    int[] numbers = new int[shorts.length / 2];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (shorts[2 * i] & 0xFF) | (shorts[2 * i + 1] & 0xFF) << 8;
    }
    return numbers;
  }

  private static Double finite(Double value) {
    return value != null && Double.isFinite(value) ? value : null;
  }

  private static double accuracy(double[] probabilities, int[] labels) {
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      right += (probabilities[i] >= 0.5 ? 1 : 0) == labels[i] ? 1 : 0;
    }
    return labels.length == 0 ? 0 : (double) right / labels.length;
  }

  private static double[] probabilities(DenseNetwork network, double[][] rows) {
    return Arrays.stream(rows).mapToDouble(network::probability).toArray();
  }

  private static History.Predictions predictions(DenseNetwork kept, EncodedRows rows) {
    if (rows.rows() == 0) {
      return null;
    }
    int[] picked = evenly(rows.rows(), HELD_OUT_ROWS);
    double[] probabilities = probabilities(kept, features(rows, picked));
    return new History.Predictions(
        History.floats(probabilities),
        bytes(labels(rows, picked)),
        lines(rows, picked),
        rows.rows());
  }

  private History.Points points(EncodedRows rows, int[] picked) {
    double[][] features = features(rows, picked);
    double[][] plane = features;
    double explained = 1;
    if (rows.features() == 1) {
      plane = Arrays.stream(features).map(row -> new double[] {row[0], 0}).toArray(double[][]::new);
    } else if (rows.features() > 2) {
      PrincipalPlane principal = PrincipalPlane.of(features);
      plane = Arrays.stream(features).map(principal::project).toArray(double[][]::new);
      explained = principal.explained();
    }
    return new History.Points(
        History.floats(Arrays.stream(plane).flatMapToDouble(Arrays::stream).toArray()),
        bytes(labels(rows, picked)),
        lines(rows, picked),
        explained,
        bounds(plane),
        rows.features() == 2 ? affordableSide() : 0);
  }

  private static List<Double> bounds(double[][] plane) {
    List<Double> bounds = new ArrayList<>();
    for (int axis = 0; axis < 2; axis++) {
      int a = axis;
      double low = Arrays.stream(plane).mapToDouble(point -> point[a]).min().orElse(0);
      double high = Arrays.stream(plane).mapToDouble(point -> point[a]).max().orElse(0);
      double margin = high > low ? 0.12 * (high - low) : 1;
      bounds.add(low - margin);
      bounds.add(high + margin);
    }
    return bounds;
  }

  /** Centres of the field's cells. */
  private static double[][] cells(History.Points points) {
    int side = points.side();
    List<Double> b = points.bounds();
    double[][] cells = new double[side * side][];
    for (int i = 0; i < cells.length; i++) {
      double x = b.get(0) + (b.get(1) - b.get(0)) * (i % side + 0.5) / side;
      double y = b.get(2) + (b.get(3) - b.get(2)) * (i / side + 0.5) / side;
      cells[i] = new double[] {x, y};
    }
    return cells;
  }

  /**
   * Numbers of at most {@code limit} of {@code count} things, evenly spread, the first included.
   */
  private static int[] evenly(int count, int limit) {
    int taken = Math.min(count, limit);
    int[] numbers = new int[taken];
    for (int i = 0; i < taken; i++) {
      numbers[i] = (int) ((long) i * count / taken);
    }
    return numbers;
  }

  private static double[][] features(EncodedRows rows, int[] picked) {
    double[][] features = new double[picked.length][rows.features()];
    for (int i = 0; i < picked.length; i++) {
      rows.features(picked[i], features[i], 0);
    }
    return features;
  }

  private static int[] labels(EncodedRows rows, int[] picked) {
    return Arrays.stream(picked).map(rows::label).toArray();
  }

  private static List<Long> lines(EncodedRows rows, int[] picked) {
    return Arrays.stream(picked).mapToObj(rows::line).toList();
  }

  private static byte[] bytes(int[] small) {
    byte[] bytes = new byte[small.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) small[i];
    }
    return bytes;
  }
}

package org.symbreak.formats;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.datavec.api.split.FileSplit;
import org.datavec.api.writable.NullWritable;
import org.datavec.api.writable.Writable;
import org.symbreak.data.ColumnEncoding;
import org.symbreak.data.StrictCsvRecordReader;
import org.symbreak.model.Classifier;
import org.symbreak.model.SavedModel;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseShape;
import org.symbreak.stack.NumberType;
import org.tribuo.Example;
import org.tribuo.Prediction;
import org.tribuo.impl.ArrayExample;
import org.tribuo.interop.onnx.DenseTransformer;
import org.tribuo.interop.onnx.ONNXExternalModel;
import org.tribuo.interop.onnx.RegressorTransformer;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/**
 * Scores the rows of a file with one network in several ways, in turn, each on one thread; prints
 * for each the median over rounds of that thread's processor time a row, as Markdown.
 */
public final class ScoringBenchmark {
  private static final int BATCH = 1000;
  private static final long LEAST = 300_000_000;

  /** Somebody's way to score. */
  private interface Way {
    /** Probabilities of the rows from, included, to, not included. */
    double[] score(int from, int to) throws OrtException;
  }

  private final SavedModel model;
  private final List<Map<String, Object>> rows;
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final Map<String, Way> ways = new LinkedHashMap<>();
  private double checkSum;

  private ScoringBenchmark(SavedModel model, List<Map<String, Object>> rows) {
    this.model = model;
    this.rows = rows;
  }

  /**
   * @param arguments model.zip, its data, rounds, a directory to work in
   */
  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    Path work = Path.of(arguments[3]);
    SavedModel model = SavedModel.load(file);
    ScoringBenchmark benchmark =
        new ScoringBenchmark(model, repeated(rows(model, Path.of(arguments[1]))));
    Path exported = work.resolve("model.onnx");
    Files.deleteIfExists(exported);
    Exporting.export(file, exported, NumberType.FLOAT, 1);
    benchmark.classifier(Classifier.open(file));
    benchmark.exported(exported);
    if (model.pipeline().encodings().stream().allMatch(c -> c.number() && !c.missing())) {
      Path plain = work.resolve("plain.onnx");
      Files.write(plain, plain(model));
      benchmark.plain(plain);
      benchmark.tribuo(plain);
    }
    benchmark.measure(Integer.parseInt(arguments[2]));
  }

  private static List<Map<String, Object>> repeated(List<Map<String, Object>> rows) {
    List<Map<String, Object>> repeated = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      repeated.add(rows.get(i % rows.size()));
    }
    return repeated;
  }

  /** Raw cells by column: doubles, NaN where missing, and texts, empty where missing. */
  private static List<Map<String, Object>> rows(SavedModel model, Path data)
      throws IOException, InterruptedException {
    List<Map<String, Object>> rows = new ArrayList<>();
    try (StrictCsvRecordReader reader = new StrictCsvRecordReader(model.pipeline())) {
      reader.initialize(new FileSplit(new File(data.toString())));
      List<ColumnEncoding> columns = model.pipeline().encodings();
      while (reader.hasNext()) {
        List<Writable> record = reader.next();
        Map<String, Object> row = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
          boolean missing = record.get(i) instanceof NullWritable;
          Object number = missing ? Double.NaN : columns.get(i).number() ? record.get(i).toDouble() : 0;
          row.put(
              columns.get(i).name(),
              columns.get(i).number() ? number : missing ? "" : record.get(i).toString());
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private void classifier(Classifier classifier) {
    ways.put(
        "Symbreak, `Classifier`, a map a row",
        (from, to) ->
            to - from == 1
                ? new double[] {classifier.probability(rows.get(from))}
                : classifier.probabilities(rows.subList(from, to)));
    Classifier ordered = classifier.withHeader(columns());
    String[][] texts =
        rows.stream()
            .map(row -> Arrays.stream(columns()).map(name -> text(row.get(name))).toArray(String[]::new))
            .toArray(String[][]::new);
    ways.put(
        "Symbreak, `Classifier`, a `String[]` a row",
        (from, to) -> {
          double[] scores = new double[to - from];
          for (int i = from; i < to; i++) {
            scores[i - from] = ordered.probability(texts[i]);
          }
          return scores;
        });
  }

  private String[] columns() {
    return model.pipeline().encodings().stream().map(ColumnEncoding::name).toArray(String[]::new);
  }

  private static String text(Object cell) {
    return cell instanceof Double number && number.isNaN() ? "" : cell.toString();
  }

  private static OrtSession.SessionOptions alone() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    return options;
  }

  private void exported(Path onnx) throws OrtException {
    OrtSession session = environment.createSession(onnx.toString(), alone());
    ways.put(
        "onnxruntime, the exported file, a tensor a column",
        (from, to) -> {
          Map<String, OnnxTensor> inputs = new HashMap<>();
          try {
            for (ColumnEncoding column : model.pipeline().encodings()) {
              inputs.put(column.name(), column(column, from, to));
            }
            try (OrtSession.Result result = session.run(inputs, java.util.Set.of("probability"))) {
              return scores((OnnxTensor) result.get(0), to - from);
            }
          } finally {
            inputs.values().forEach(OnnxTensor::close);
          }
        });
  }

  private OnnxTensor column(ColumnEncoding column, int from, int to) throws OrtException {
    long[] shape = {to - from, 1};
    if (column.number()) {
      DoubleBuffer numbers = DoubleBuffer.allocate(to - from);
      for (int i = from; i < to; i++) {
        numbers.put((Double) rows.get(i).get(column.name()));
      }
      return OnnxTensor.createTensor(environment, numbers.flip(), shape);
    }
    String[] texts = new String[to - from];
    Arrays.setAll(texts, i -> (String) rows.get(from + i).get(column.name()));
    return OnnxTensor.createTensor(environment, texts, shape);
  }

  private static double[] scores(OnnxTensor probabilities, int count) {
    FloatBuffer buffer = probabilities.getFloatBuffer();
    double[] scores = new double[count];
    Arrays.setAll(scores, buffer::get);
    return scores;
  }

  /** Standardizing is folded into the first layer. */
  private void plain(Path onnx) throws OrtException {
    OrtSession session = environment.createSession(onnx.toString(), alone());
    String[] columns = columns();
    float[][] numbers = new float[rows.size()][columns.length];
    for (int i = 0; i < numbers.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        numbers[i][j] = ((Double) rows.get(i).get(columns[j])).floatValue();
      }
    }
    ways.put(
        "onnxruntime, the network alone, one tensor of floats",
        (from, to) -> {
          FloatBuffer buffer = FloatBuffer.allocate((to - from) * columns.length);
          for (int i = from; i < to; i++) {
            buffer.put(numbers[i]);
          }
          long[] shape = {to - from, columns.length};
          try (OnnxTensor input = OnnxTensor.createTensor(environment, buffer.flip(), shape);
              OrtSession.Result result = session.run(Map.of("input", input))) {
            return scores((OnnxTensor) result.get(0), to - from);
          }
        });
  }

  private void tribuo(Path onnx) throws OrtException {
    RegressionFactory factory = new RegressionFactory();
    String[] columns = columns();
    Map<String, Integer> places = new HashMap<>();
    for (int j = 0; j < columns.length; j++) {
      places.put(columns[j], j);
    }
    ONNXExternalModel<Regressor> tribuo =
        ONNXExternalModel.createOnnxModel(
            factory,
            places,
            Map.of(new Regressor("probability", 0), 0),
            new DenseTransformer(),
            new RegressorTransformer(),
            alone(),
            onnx,
            "input");
    List<Example<Regressor>> examples = new ArrayList<>();
    for (Map<String, Object> row : rows) {
      double[] values = Arrays.stream(columns).mapToDouble(name -> (Double) row.get(name)).toArray();
      examples.add(new ArrayExample<>(factory.getUnknownOutput(), columns, values));
    }
    ways.put(
        "Tribuo, `ONNXExternalModel` of the network alone, an `Example` a row",
        (from, to) -> {
          if (to - from == 1) {
            return new double[] {value(tribuo.predict(examples.get(from)))};
          }
          return tribuo.predict(examples.subList(from, to)).stream()
              .mapToDouble(ScoringBenchmark::value)
              .toArray();
        });
  }

  private static double value(Prediction<Regressor> prediction) {
    return prediction.getOutput().getValues()[0];
  }

  /** The network as one graph from floats to the probability. */
  private static byte[] plain(SavedModel model) {
    DenseShape shape = model.shape();
    double[] parameters = model.parameters();
    List<ColumnEncoding> columns = model.pipeline().encodings();
    WireWriter graph = new WireWriter();
    graph.message(11, OnnxValue.write("input", org.symbreak.formats.OnnxTensor.FLOAT, -1, columns.size()));
    String value = "input";
    for (int layer = 0; layer < shape.layers(); layer++) {
      int inputs = shape.inputs(layer);
      double[] weights = Arrays.copyOfRange(parameters, shape.weights(layer), shape.biases(layer));
      double[] biases =
          Arrays.copyOfRange(
              parameters, shape.biases(layer), shape.biases(layer) + shape.units(layer));
      for (int i = 0; layer == 0 && i < weights.length; i++) {
        ColumnEncoding column = columns.get(i % inputs);
        weights[i] /= column.scale();
        biases[i / inputs] -= weights[i] * column.mean();
      }
      tensor(graph, "w" + layer, new long[] {shape.units(layer), inputs}, weights);
      tensor(graph, "b" + layer, new long[] {biases.length}, biases);
      boolean output = layer == shape.hiddenLayers();
      graph.message(
          1,
          new WireWriter()
              .text(1, value)
              .text(1, "w" + layer)
              .text(1, "b" + layer)
              .text(2, "z" + layer)
              .text(4, "Gemm")
              .message(5, new WireWriter().text(1, "transB").number(3, 1).number(20, 2)));
      if (!output && model.network().activation(layer) != Activation.TANH) {
        throw new IllegalArgumentException("tanh units are needed");
      }
      String next = output ? "probability" : "a" + layer;
      graph.message(
          1,
          new WireWriter()
              .text(1, "z" + layer)
              .text(2, next)
              .text(4, output ? "Sigmoid" : "Tanh"));
      value = next;
    }
    graph.message(12, OnnxValue.write(value, org.symbreak.formats.OnnxTensor.FLOAT, -1, 1));
    graph.text(2, "plain");
    return new WireWriter()
        .number(1, 7)
        .message(7, graph)
        .message(8, new WireWriter().text(1, "").number(2, 13))
        .toBytes();
  }

  private static void tensor(WireWriter graph, String name, long[] sizes, double[] values) {
    graph.message(5, org.symbreak.formats.OnnxTensor.write(name, NumberType.FLOAT, sizes, values));
  }

  private void measure(int rounds) throws OrtException {
    double[] expected = ways.values().iterator().next().score(0, BATCH);
    Map<String, List<Double>> single = new LinkedHashMap<>();
    Map<String, List<Double>> batched = new LinkedHashMap<>();
    Map<String, Double> differences = new HashMap<>();
    for (Map.Entry<String, Way> way : ways.entrySet()) {
      double[] scores = way.getValue().score(0, BATCH);
      double largest = 0;
      for (int i = 0; i < BATCH; i++) {
        double one = way.getValue().score(i, i + 1)[0];
        largest = Math.max(largest, Math.abs(scores[i] - expected[i]));
        largest = Math.max(largest, Math.abs(one - expected[i]));
      }
      if (!(largest < 1e-5)) {
        throw new IllegalStateException(way.getKey() + " differs by " + largest);
      }
      differences.put(way.getKey(), largest);
      single.put(way.getKey(), new ArrayList<>());
      batched.put(way.getKey(), new ArrayList<>());
    }
    for (int round = -3; round < rounds; round++) { // the first ones are the compiler's
      for (Map.Entry<String, Way> way : ways.entrySet()) {
        double one = microseconds(way.getValue(), 1);
        double many = microseconds(way.getValue(), BATCH);
        if (round >= 0) {
          single.get(way.getKey()).add(one);
          batched.get(way.getKey()).add(many);
        }
      }
    }
    System.out.println("| way | microseconds a row, one at a time | rows a second, batches of 1000 | largest difference |");
    System.out.println("|---|---:|---:|---:|");
    for (String way : ways.keySet()) {
      System.out.println(
          String.format(
              Locale.ROOT,
              "| %s | %.2f | %s | %s |",
              way,
              median(single.get(way)),
              String.format(Locale.ROOT, "%,.0f", 1e6 / median(batched.get(way))).replace(',', ' '),
              differences.get(way) == 0 ? "0" : String.format(Locale.ROOT, "%.1e", differences.get(way))));
    }
    System.err.println("check sum " + checkSum);
  }

  /** Processor time of this thread a row. */
  private double microseconds(Way way, int batch) throws OrtException {
    long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long now = begin;
    long scored = 0;
    while (now - begin < LEAST) {
      for (int from = 0; from < BATCH; from += batch) {
        checkSum += way.score(from, from + batch)[0];
      }
      scored += BATCH;
      now = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
    return (now - begin) / 1e3 / scored;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}

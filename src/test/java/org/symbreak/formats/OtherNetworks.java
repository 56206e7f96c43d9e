package org.symbreak.formats;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.symbreak.guard.EntryPlace;

/** Networks that other libraries wrote, by src/test/networks/make.py, and what they compute. */
public final class OtherNetworks {
  private static final Path DIRECTORY = Path.of("src", "test", "resources", "networks");

  private OtherNetworks() {}

  public static Path file(String name) {
    return DIRECTORY.resolve(name);
  }

  /** Inputs that the library was given, their shape, and what it put out. */
  public record Computed(double[] inputs, long[] shape, double[] outputs) {
    /** Row by row. */
    public double[][] rows() {
      int width = (int) shape[shape.length - 1];
      double[][] rows = new double[inputs.length / width][width];
      for (int i = 0; i < inputs.length; i++) {
        rows[i / width][i % width] = inputs[i];
      }
      return rows;
    }
  }

  public static Computed computed(String name) throws IOException {
    JsonNode all = new ObjectMapper().readTree(file("outputs.json").toFile()).path(name);
    return new Computed(
        numbers(all.path("x")),
        StreamSupport.stream(all.path("shape").spliterator(), false)
            .mapToLong(JsonNode::asLong)
            .toArray(),
        numbers(all.path("y")));
  }

  private static double[] numbers(JsonNode numbers) {
    return StreamSupport.stream(numbers.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  /** What onnxruntime computes with a file whose one input is called x. */
  public static double[] run(Path onnx, Computed given) throws OrtException {
    FloatBuffer inputs = FloatBuffer.allocate(given.inputs().length);
    for (double input : given.inputs()) {
      inputs.put((float) input);
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(onnx.toString());
        OnnxTensor x = OnnxTensor.createTensor(environment, inputs.flip(), given.shape());
        OrtSession.Result result = session.run(Map.of("x", x))) {
      FloatBuffer outputs = ((OnnxTensor) result.get(0)).getFloatBuffer();
      double[] values = new double[outputs.remaining()];
      for (int i = 0; i < values.length; i++) {
        values[i] = outputs.get(i);
      }
      return values;
    }
  }

  /** The graph's node messages, in order. */
  public static List<byte[]> nodes(byte[] onnx) {
    List<byte[]> nodes = new ArrayList<>();
    Wire model = new Wire(EntryPlace.of("test"), onnx);
    while (model.next()) {
      if (model.field() == OnnxGraph.MODEL_GRAPH) {
        Wire graph = model.message();
        while (graph.next()) {
          if (graph.field() == 1) {
            byte[] node = new byte[graph.whole().remaining()];
            graph.whole().get(node);
            nodes.add(node);
          }
        }
      }
    }
    return nodes;
  }
}

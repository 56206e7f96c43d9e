package org.symbreak.formats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.symbreak.guard.EntryPlace;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/** Opens model files of other libraries, recognized by what is in them and not by their name. */
public final class DenseFiles {
  private static final String EXPORT =
      "torch.onnx.export(model, example, \"model.onnx\") or"
          + " safetensors.torch.save_file(model.state_dict(), \"model.safetensors\")";
  private static final String KNOWN =
      "a model: a zip of Deeplearning4j, ONNX, Keras .h5 or .keras, safetensors, NumPy .npz";
  private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final int BEGINNING = 16;

  private DenseFiles() {}

  /**
   * Opens a file, unless it is a zip of Deeplearning4j, or none at all, which others are to say.
   *
   * @param activation of hidden layers, for files that do not say it
   * @return empty where it is no file of another library's
   * @throws InputException where it is refused
   */
  public static Optional<DenseFile> open(Path file, Optional<String> activation) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    EntryPlace place = EntryPlace.of(file.toString());
    try {
      byte[] beginning = beginning(file);
      if (beginning.length >= 4 && beginning[0] == 'P' && beginning[1] == 'K') {
        return zip(place, file, activation);
      }
      if (beginning.length >= 2 && (beginning[0] & 0xff) == 0x80 && beginning[1] <= 5) {
        throw pickle(place);
      }
      if (Files.size(file) > Budget.longestFile()) {
        throw place.refusal(
            "at most " + Budget.longestFile() + " bytes with this memory (-Xmx)",
            Files.size(file) + " bytes");
      }
      return Optional.of(of(place, readBytes(file), activation));
    } catch (IOException e) {
      throw new InputException(
          List.of(new Problem(place.toString(), "a readable file", String.valueOf(e.getMessage()))),
          e);
    }
  }

  /**
   * A file in memory that is no zip.
   *
   * @throws InputException where it is refused
   */
  static DenseFile of(EntryPlace place, byte[] bytes, Optional<String> activation) {
    if (bytes.length > HDF5.length && Arrays.equals(HDF5, Arrays.copyOf(bytes, HDF5.length))) {
      return KerasFile.ofHdf5(place, bytes);
    }
    if (bytes.length > 9 && bytes[8] == '{') {
      return new SafetensorsFile(place, bytes, activation);
    }
    if (bytes.length > 0 && isOnnx(place, bytes)) {
      return new OnnxFile(place, bytes);
    }
    throw place.refusal(KNOWN, bytes.length == 0 ? "an empty file" : "something else");
  }

  private static byte[] readBytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes((int) Budget.longestFile());
    }
  }

  private static byte[] beginning(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(BEGINNING);
    }
  }

  /** Whether the outermost fields are those of a ModelProto, the graph among them. */
  private static boolean isOnnx(EntryPlace place, byte[] bytes) {
    Wire model = new Wire(place, bytes);
    boolean graph = false;
    try {
      while (model.next()) {
        graph |= model.field() == OnnxGraph.MODEL_GRAPH && model.isBytes();
      }
    } catch (InputException e) {
      if (!graph && bytes[0] != 8) {
        return false;
      }
      throw e;
    }
    return graph;
  }

  private static Optional<DenseFile> zip(EntryPlace place, Path file, Optional<String> activation) {
    List<String> names;
    try {
      names = ZipEntries.names(file);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // the door for Deeplearning4j's zips says what is wrong
    }
    if (names.contains("configuration.json")) {
      return Optional.empty();
    }
    if (names.stream().anyMatch(name -> name.endsWith("data.pkl"))) {
      throw pickle(place);
    }
    if (names.contains("model.weights.h5")) {
      return Optional.of(KerasFile.ofZip(place, ZipEntries.read(place, file)));
    }
    if (!names.isEmpty() && names.stream().allMatch(name -> name.endsWith(".npy"))) {
      return Optional.of(new NpzFile(place, ZipEntries.read(place, file), activation));
    }
    return Optional.empty();
  }

  private static InputException pickle(EntryPlace place) {
    return place.refusal(
        "a file that runs no code when it is read; from PyTorch: " + EXPORT,
        "a pickle, as torch.save writes it");
  }
}

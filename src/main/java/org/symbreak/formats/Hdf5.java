package org.symbreak.formats;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.FloatingPoint;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.symbreak.guard.EntryPlace;
import org.symbreak.problem.InputException;
import org.symbreak.stack.NumberType;

/**
 * What Keras keeps in an HDF5 file: real numbers that lie in one piece, and texts. Links, which may
 * lead to other files, are not followed, and compressed numbers are refused.
 *
 * @param tensors by path, {@code model_weights/dense/dense/kernel:0}
 * @param texts attributes of the root group
 * @param names what the attribute {@code name} of a group says, by path
 */
record Hdf5(
    Map<String, NamedTensor> tensors, Map<String, String> texts, Map<String, String> names) {
  private static final int DEEPEST = 16;
  private static final int LONGEST_TEXT = 1 << 24;

  /**
   * @throws InputException where it is no such file
   */
  static Hdf5 read(EntryPlace place, byte[] bytes, Budget budget) {
    Hdf5 read = new Hdf5(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    try (HdfFile file = HdfFile.fromByteBuffer(ByteBuffer.wrap(bytes))) {
      for (Map.Entry<String, Attribute> attribute : file.getAttributes().entrySet()) {
        text(attribute.getValue()).ifPresent(text -> read.texts().put(attribute.getKey(), text));
      }
      read.walk(place, "", file, 0, budget);
      return read;
    } catch (InputException e) {
      throw e;
    } catch (NoClassDefFoundError e) {
      throw place.refusal(
          "io.jhdf:jhdf on the class path, which reads HDF5", "a program without it");
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // what a broken file does to the reader is the file's fault
      throw place.refusal(
          "a sound HDF5 file", EntryPlace.printable(String.valueOf(e.getMessage())));
    }
  }

  private void walk(EntryPlace place, String path, Group group, int depth, Budget budget) {
    if (depth > DEEPEST) {
      throw place.refusal("groups at most " + DEEPEST + " deep", "deeper ones");
    }
    for (Map.Entry<String, Node> child : group.getChildren().entrySet()) {
      budget.item(place);
      String name = path.isEmpty() ? child.getKey() : path + "/" + child.getKey();
      EntryPlace at = place.property(EntryPlace.printable(name));
      if (child.getValue().isLink()) {
        throw at.refusal("what is in this file", "a link");
      }
      if (child.getValue() instanceof Group inner) {
        text(inner.getAttributes().get("name")).ifPresent(text -> names.put(name, text));
        walk(place, name, inner, depth + 1, budget);
      } else if (child.getValue() instanceof Dataset dataset
          && dataset.getDataType() instanceof FloatingPoint type) {
        tensors.put(name, tensor(at, name, dataset, type, budget));
      }
    }
  }

  private static NamedTensor tensor(
      EntryPlace place, String name, Dataset dataset, FloatingPoint type, Budget budget) {
    NumberType numbers =
        switch (dataset.getDataType().getSize()) {
          case 8 -> NumberType.DOUBLE;
          case 4 -> NumberType.FLOAT;
          case 2 -> NumberType.HALF;
          default ->
              throw place.refusal(
                  "numbers of 2, 4 or 8 bytes", dataset.getDataType().getSize() + " bytes");
        };
    if (!(dataset instanceof ContiguousDataset whole)) {
      throw place.refusal("numbers in one piece, not compressed", "other ones");
    }
    int[] sizes = dataset.getDimensions();
    ByteBuffer content = whole.getBuffer().slice().order(type.getByteOrder());
    NamedTensor.requireBytes(place, sizes, numbers.bytes(), content.remaining());
    return NamedTensor.read(place, name, numbers, sizes, content, budget);
  }

  private static Optional<String> text(Attribute attribute) {
    if (attribute == null
        || !attribute.isScalar()
        || attribute.getJavaType() != String.class
        || attribute.getSizeInBytes() > LONGEST_TEXT) {
      return Optional.empty();
    }
    return attribute.getData() instanceof String text ? Optional.of(text) : Optional.empty();
  }
}

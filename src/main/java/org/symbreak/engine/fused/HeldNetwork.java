package org.symbreak.engine.fused;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.symbreak.data.OneHot;
import org.symbreak.init.LayerInits;
import org.symbreak.init.Zeros;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;

/**
 * What a holder must know of the network whose gradients it computes. The penalty is none of its
 * business: it belongs to no chunk.
 *
 * @param network its layers and precision
 * @param inputs of its first layer
 * @param weightOfZero of the loss of rows of class 0
 * @param weightOfOne of the loss of rows of class 1
 */
record HeldNetwork(NetworkSpec network, OneHot inputs, double weightOfZero, double weightOfOne) {
  DenseShape shape() {
    return network.shape(inputs.features());
  }

  /** Products of inputs and weights that a row takes: of a category's weights, one a unit. */
  long products() {
    DenseShape shape = shape();
    long leftOut = inputs.features() - inputs.numbers() - inputs.groups();
    return shape.parameters() - leftOut * shape.units(0);
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(network.precision().name());
      out.writeInt(network.hidden().size());
      for (int layer = 0; layer < network.hidden().size(); layer++) {
        out.writeInt(network.hidden().get(layer));
        out.writeUTF(network.activation(layer).name());
      }
      out.writeInt(inputs.features());
      out.writeInt(inputs.groups());
      for (int group = 0; group < inputs.groups(); group++) {
        out.writeInt(inputs.from(group));
        out.writeInt(inputs.size(group));
      }
      out.writeDouble(weightOfZero);
      out.writeDouble(weightOfOne);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static HeldNetwork of(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      Precision precision = Precision.valueOf(in.readUTF());
      List<Integer> hidden = new ArrayList<>();
      List<Activation> activations = new ArrayList<>();
      for (int layers = in.readInt(); layers > 0; layers--) {
        hidden.add(in.readInt());
        activations.add(Activation.valueOf(in.readUTF()));
      }
      int features = in.readInt();
      int[] from = new int[in.readInt()];
      int[] size = new int[from.length];
      for (int group = 0; group < from.length; group++) {
        from[group] = in.readInt();
        size[group] = in.readInt();
      }
      LayerInits zeros = LayerInits.of(new Zeros());
      return new HeldNetwork(
          new NetworkSpec(hidden, activations, zeros, zeros, 0, precision),
          new OneHot(features, from, size),
          in.readDouble(),
          in.readDouble());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

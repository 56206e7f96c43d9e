package org.symbreak.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.symbreak.network.Precision;
import org.symbreak.problem.InputException;

/** The bytes are those of ND4J, in both directions. */
class NdArrayCodecTest {
  private static final double[] VALUES = {
    0, -0.0, 1, -1.5, 3.0e-8, 65504, -6.1e-5, 0.333251953125, 1e-40, 1e38
  };

  @ParameterizedTest
  @EnumSource(Precision.class)
  void writesWhatNd4jWrites(Precision precision) throws IOException {
    DataType type = precision == Precision.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
    for (int length : new int[] {1, 2, VALUES.length}) {
      double[] values = Arrays.copyOf(VALUES, length);
      assertThat(NdArrayCodec.encode(values, precision))
          .isEqualTo(nd4j(Nd4j.createFromArray(values).castTo(type)));
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void writesWhatNd4jReads(Precision precision) {
    INDArray read =
        Nd4j.read(
            new DataInputStream(new ByteArrayInputStream(NdArrayCodec.encode(VALUES, precision))));
    assertThat(read.shape()).containsExactly(VALUES.length);
    assertThat(read.data().asDouble()).isEqualTo(rounded(precision));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void readsWhatItWrites(Precision precision) {
    assertThat(
            NdArrayCodec.decode(
                "here", NdArrayCodec.encode(VALUES, precision), precision, VALUES.length))
        .isEqualTo(rounded(precision));
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void readsEveryTypeAndShapeOfNd4j(ElementType type) throws IOException {
    INDArray vector =
        Nd4j.createFromArray(Arrays.copyOf(VALUES, 8)).castTo(DataType.valueOf(type.name()));
    double[] expected = vector.castTo(DataType.DOUBLE).data().asDouble();
    for (INDArray shaped :
        new INDArray[] {
          vector, vector.reshape(1, 8), vector.reshape(8, 1), vector.reshape('f', 1, 8)
        }) {
      byte[] bytes = nd4j(shaped);
      NdArrayCodec.Vector read = NdArrayCodec.read(EntryPlace.of("here"), ByteBuffer.wrap(bytes));
      assertThat(read.type()).isEqualTo(type);
      assertThat(read.values()).isEqualTo(expected);
    }
    assertThat(NdArrayCodec.encode(expected, type)).isEqualTo(nd4j(vector));
  }

  /**
   * Versions before 1.0.0-beta4 gave no data type in the shape, and the version read here still
   * reads that.
   */
  @Test
  void readsTheOlderLayout() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF("LONG_SHAPE");
    out.writeLong(8);
    out.writeUTF("LONG");
    for (long number : new long[] {2, 1, 3, 3, 1, 0, 1, 'f'}) {
      out.writeLong(number);
    }
    out.writeUTF("LONG_SHAPE");
    out.writeLong(3);
    out.writeUTF("FLOAT");
    for (float value : new float[] {1, 2, 3}) {
      out.writeFloat(value);
    }
    assertThat(
            Nd4j.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())))
                .data()
                .asDouble())
        .containsExactly(1, 2, 3);
    assertThat(NdArrayCodec.decode("here", bytes.toByteArray(), Precision.FLOAT, 3))
        .containsExactly(1, 2, 3);
  }

  @Test
  void saysWhatIsWrong() {
    byte[] bytes = NdArrayCodec.encode(VALUES, Precision.DOUBLE);
    assertThatThrownBy(() -> NdArrayCodec.decode("here", bytes, Precision.DOUBLE, 3))
        .isInstanceOf(InputException.class)
        .hasMessage("here: expected 3 numbers of type DOUBLE, found 10 of type DOUBLE");
    assertThatThrownBy(() -> NdArrayCodec.decode("here", bytes, Precision.FLOAT, 10))
        .hasMessage("here: expected 10 numbers of type FLOAT, found 10 of type DOUBLE");
    assertThatThrownBy(
            () ->
                NdArrayCodec.decode(
                    "here", Arrays.copyOf(bytes, bytes.length + 2), Precision.DOUBLE, 10))
        .hasMessage("here: expected its end after " + bytes.length + " bytes, found 2 more bytes");
  }

  private static double[] rounded(Precision precision) {
    return Arrays.stream(VALUES)
        .map(value -> precision == Precision.FLOAT ? (float) value : value)
        .toArray();
  }

  private static byte[] nd4j(INDArray array) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Nd4j.write(array, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}

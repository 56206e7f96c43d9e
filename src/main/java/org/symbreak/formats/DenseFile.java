package org.symbreak.formats;

import java.util.List;
import org.symbreak.stack.Chain;
import org.symbreak.stack.DenseBlock;
import org.symbreak.stack.NumberType;

/** What of a model file of another library is dense layers, in memory. */
public interface DenseFile {
  /** {@code onnx, opset 13}. */
  String format();

  /** Who wrote it, as the file says; empty where it does not. */
  String writtenBy();

  /** The numbers that its dense layers are kept in, the coarsest if there are several. */
  NumberType numbers();

  /** How many real numbers its tensors have, those of other layers included. */
  long parameters();

  /** In the order in which the file has them. */
  List<Chain> chains();

  /** Whether the rows of a data set go into a chain as they are; so they do without a graph. */
  default boolean takesRows(Chain chain) {
    return true;
  }

  /** What was not looked into, in words: {@code Conv, 2: conv1, conv2}. */
  default List<String> unread() {
    return List.of();
  }

  /** Whether {@link #with} can be had of this format. */
  default boolean isWritable() {
    return true;
  }

  /**
   * The file with other units in the dense layers, all else as it was.
   *
   * @param changes one a chain
   * @throws org.symbreak.problem.InputException where this format cannot be written so
   */
  Written with(List<Change> changes);

  /**
   * A file that was changed.
   *
   * @param bytes to be written
   * @param content read from them again, as if they came from elsewhere
   */
  record Written(byte[] bytes, DenseFile content) {}

  /**
   * What becomes of a chain.
   *
   * @param blocks its layers
   * @param kept numbers, from 0, of the units of each layer that are left, ascending
   */
  record Change(List<DenseBlock> blocks, List<int[]> kept) {}
}

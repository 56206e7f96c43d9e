package org.symbreak.inspect;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.symbreak.formats.DenseFile.Change;
import org.symbreak.formats.DenseFiles;
import org.symbreak.guard.CheckedModel;
import org.symbreak.guard.ModelGuard;
import org.symbreak.model.OpenedModel;

/** A model file, whatever library wrote it, as it is inspected and mended. */
interface ReadModel {
  /**
   * Reads a file through the guarded door of its format, which its content tells.
   *
   * @param trusted classes that a configuration of Deeplearning4j may name besides the known ones
   * @param activation of hidden layers, for files that do not say it
   * @throws org.symbreak.problem.InputException where the file is refused
   */
  static ReadModel open(Path file, Set<String> trusted, Optional<String> activation) {
    return DenseFiles.open(file, activation)
        .<ReadModel>map(other -> new ForeignModel(file, other))
        .orElseGet(() -> ofDeeplearning4j(file, trusted));
  }

  private static ReadModel ofDeeplearning4j(Path file, Set<String> trusted) {
    CheckedModel checked = ModelGuard.STRICT.trusting(trusted).withoutUpdater().check(file);
    return checked.configuration().isDense()
        ? new Dl4jModel(OpenedModel.of(file, checked))
        : new ForeignModel(file, new Dl4jGraph(checked));
  }

  Path file();

  /** {@code deeplearning4j zip}, {@code onnx, opset 13}. */
  String format();

  /** The program, where the file says it; else empty. */
  String writtenBy();

  /** The networks that it is made of; empty where it is one, or the file does not say it. */
  default Optional<MemberBlocks> members() {
    return Optional.empty();
  }

  /** Data type of the parameters. */
  String precision();

  /** How many numbers the network has. */
  long parameters();

  /** The optimizer; null where the file does not say it. */
  String updater();

  /** Steps taken; null where the file does not say it. */
  Long iteration();

  /** Epochs done; null where the file does not say it. */
  Long epoch();

  /** What was not looked into, in words. */
  List<String> unread();

  /** Whether {@link #mended} can be had of such a file. */
  boolean isMendable();

  /** At least one. */
  List<ReadChain> chains();

  /**
   * The model with other units.
   *
   * @param changes one a chain
   * @throws org.symbreak.problem.InputException where such a file cannot be written
   */
  MendedModel mended(List<Change> changes);
}

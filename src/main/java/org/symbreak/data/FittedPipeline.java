package org.symbreak.data;

import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.datavec.api.transform.TransformProcess;
import org.datavec.api.transform.schema.Schema;

/**
 * How a raw row becomes features: everything that was learned from the training rows, and all that
 * is needed to predict. Immutable.
 */
public final class FittedPipeline {
  private final CsvFormat format;
  private final List<String> fileColumns;
  private final String label;
  private final String negative;
  private final String positive;
  private final List<FittedColumn> columns;
  private final List<String> featureNames;

  /**
   * @param fileColumns all columns of the training file, in its order
   * @param columns what became of some of them; at least one
   */
  FittedPipeline(
      CsvFormat format,
      List<String> fileColumns,
      String label,
      String negative,
      String positive,
      List<FittedColumn> columns) {
    this.format = format;
    this.fileColumns = List.copyOf(fileColumns);
    this.label = label;
    this.negative = negative;
    this.positive = positive;
    this.columns = List.copyOf(columns);
    this.featureNames = columns.stream().flatMap(column -> column.featureNames().stream()).toList();
  }

  /** Name of each feature, such as {@code age}, {@code home=rent}, {@code age is missing}. */
  public List<String> featureNames() {
    return featureNames;
  }

  /** The label's column. */
  public String label() {
    return label;
  }

  /** The label's value that is class 0. */
  public String negative() {
    return negative;
  }

  /** The label's value that is class 1. */
  public String positive() {
    return positive;
  }

  /** How the training file was written; the default for files to predict. */
  public CsvFormat format() {
    return format;
  }

  /** Of each column that is used: its first feature, from 0, and the one behind its last. */
  public Map<String, int[]> spans() {
    Map<String, int[]> spans = new LinkedHashMap<>();
    int at = 0;
    for (FittedColumn column : columns) {
      spans.put(column.name(), new int[] {at, at + column.size()});
      at += column.size();
    }
    return spans;
  }

  List<String> fileColumns() {
    return fileColumns;
  }

  List<FittedColumn> columns() {
    return columns;
  }

  /** Smallest and largest value of each feature over the training rows, features × 2. */
  public double[][] ranges() {
    return columns.stream()
        .flatMap(column -> List.of(column.ranges()).stream())
        .toArray(double[][]::new);
  }

  /**
   * Opens a file to be encoded row by row.
   *
   * @param format how the file is written, usually {@link #format()}
   * @throws org.symbreak.problem.InputException where it cannot be read or lacks columns, all of
   *     them named
   */
  public RowStream open(Path file, CsvFormat format, LabelUse use) {
    return open(file, format, use, null);
  }

  /**
   * Opens a stream of rows, header first, to be encoded row by row.
   *
   * @param name what to call it in messages
   * @param in closed with the rows
   * @throws org.symbreak.problem.InputException where it lacks columns, all of them named
   */
  public RowStream open(String name, InputStream in, CsvFormat format, LabelUse use) {
    return new RowStream(this, StrictCsvRecordReader.of(name, in, format, fileColumns), use);
  }

  /**
   * @param digest is given every byte of the file; null for none
   */
  RowStream open(Path file, CsvFormat format, LabelUse use, MessageDigest digest) {
    return new RowStream(this, StrictCsvRecordReader.of(file, format, fileColumns, digest), use);
  }

  /** The columns that the pipeline reads, the label last, for a {@link StrictCsvRecordReader}. */
  public Schema schema() {
    return DataVecForm.schema(this);
  }

  /**
   * The same encoding as DataVec's own transforms, for programs that train from a record reader:
   * rows of {@link #schema()} become the features, in their order, and the label, 0 or 1, last.
   * Slower than {@link #open} and bit for bit the same numbers.
   */
  public TransformProcess transformProcess() {
    return DataVecForm.transformProcess(this);
  }

  /** One JSON object; numbers come back exactly. */
  public String toJson() {
    return PipelineJson.write(this);
  }

  /**
   * Reads what {@link #toJson()} wrote; the text may come from an untrusted file.
   *
   * @throws org.symbreak.problem.InputException where it is not such a text, with the field
   */
  public static FittedPipeline fromJson(String json) {
    return PipelineJson.read(json);
  }
}

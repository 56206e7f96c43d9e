package org.symbreak.data;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.datavec.api.conf.Configuration;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.records.metadata.RecordMetaDataLine;
import org.datavec.api.records.reader.BaseRecordReader;
import org.datavec.api.split.CollectionInputSplit;
import org.datavec.api.split.InputSplit;
import org.datavec.api.transform.ColumnType;
import org.datavec.api.transform.metadata.CategoricalMetaData;
import org.datavec.api.transform.metadata.ColumnMetaData;
import org.datavec.api.transform.schema.Schema;
import org.datavec.api.writable.DoubleWritable;
import org.datavec.api.writable.NullWritable;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;
import org.symbreak.source.TableFile;
import org.symbreak.source.TableText;

/**
 * A DataVec record reader for CSV that refuses what it cannot read rightly, with file, line and
 * column: no file, ragged rows, open quotes, other encodings than UTF-8, endless lines, and, where
 * a schema tells the kinds of columns, cells that are not of their kind. Streams; holds one row.
 *
 * <p>Without a schema each row becomes its cells in the file's order, as {@link Text}. With a
 * schema it becomes the schema's columns in the schema's order, found by name: {@code Double}
 * columns as {@link DoubleWritable}, which must be finite numbers in plain decimal notation; {@code
 * String} and {@code Categorical} columns as {@link Text}, the latter only with the values that the
 * schema lists. Missing cells become {@link NullWritable}, except that a {@code Categorical} column
 * must have one of its values.
 *
 * <p>Several files are read one after the other, each with its own header. Not thread safe.
 *
 * <p>It is the only reader of CSV there is: training, predicting and evaluating go through it as
 * well, by {@link #cells()}, which makes no object a cell.
 */
public final class StrictCsvRecordReader extends BaseRecordReader {
  private static final long serialVersionUID = 1L;

  private final CsvFormat format;
  private final Schema schema;

  /** JSON of the pipeline whose cells are read; null without one. */
  private final String pipeline;

  private Configuration configuration;
  private transient URI[] locations = {};
  private transient int location;
  private transient CsvRows rows;
  private transient int[] source;
  private transient FittedCells fitted;
  private transient boolean ready;

  /** For cells as text, in the file's order. */
  public StrictCsvRecordReader(CsvFormat format) {
    this(format, null);
  }

  /**
   * @param schema the columns that are read, of type {@code Double}, {@code String} or {@code
   *     Categorical}; null for all, as text
   */
  public StrictCsvRecordReader(CsvFormat format, Schema schema) {
    this(format, schema, null);
  }

  /**
   * For the columns of a pipeline's schema, read as the pipeline reads them: numbers out of the
   * clothes that they wore in training, dates as days, words and labels in the pipeline's spelling.
   * Rows without a label are passed over.
   */
  public StrictCsvRecordReader(FittedPipeline pipeline) {
    this(pipeline.format(), pipeline.schema(), pipeline.toJson());
  }

  private StrictCsvRecordReader(CsvFormat format, Schema schema, String pipeline) {
    this.format = format;
    this.schema = schema;
    this.pipeline = pipeline;
    if (schema != null) {
      for (ColumnMetaData column : schema.getColumnMetaData()) {
        ColumnType type = column.getColumnType();
        if (type != ColumnType.Double
            && type != ColumnType.String
            && type != ColumnType.Categorical) {
          throw new IllegalArgumentException(
              "columns must be Double, String or Categorical, found "
                  + type
                  + " for "
                  + column.getName());
        }
      }
    }
  }

  /**
   * One file, opened for its {@link #cells()}; what is read goes to the digest.
   *
   * @param columns that are looked for in it; empty where they are not known
   */
  static StrictCsvRecordReader of(
      Path file, CsvFormat format, List<String> columns, MessageDigest digest) {
    StrictCsvRecordReader reader = new StrictCsvRecordReader(format);
    reader.open(file, columns, digest);
    return reader;
  }

  /** A stream, closed with the reader, opened for its {@link #cells()}. */
  static StrictCsvRecordReader of(
      String name, InputStream in, CsvFormat format, List<String> columns) {
    StrictCsvRecordReader reader = new StrictCsvRecordReader(format);
    TableText table = TableFile.open(name, in, format.charset(), columns);
    reader.rows = new CsvRows(new Place(name), table, format);
    return reader;
  }

  /**
   * A short CSV text as a whole, with commas and double quotes: the header, then the rows.
   *
   * @param name what to call it in messages
   * @throws InputException where it is not such a text
   */
  public static List<List<String>> readAll(String name, InputStream in) {
    CsvFormat plain = CsvFormat.DEFAULT.withMissing(List.of());
    try (StrictCsvRecordReader reader = of(name, in, plain, List.of())) {
      CsvRows rows = reader.cells();
      List<List<String>> all = new ArrayList<>(List.of(rows.names()));
      while (rows.next()) {
        all.add(IntStream.range(0, rows.names().size()).mapToObj(rows::cell).toList());
      }
      return all;
    }
  }

  /** The inner door: the rows of the file that is open, as pieces of bytes. */
  CsvRows cells() {
    return rows;
  }

  @Override
  public void initialize(InputSplit split) {
    inputSplit = split;
    locations = split.locations();
    reset();
  }

  /** One file, whose bytes go to the digest as they are read for the first time. */
  void initialize(Path file, MessageDigest digest) {
    initialize(new CollectionInputSplit(List.of(file.toUri())));
    open(file, known(), digest);
  }

  /** The columns that are looked for; none where all are taken. */
  private List<String> known() {
    if (pipeline != null) {
      return FittedPipeline.fromJson(pipeline).fileColumns();
    }
    return schema == null ? List.of() : schema.getColumnNames();
  }

  @Override
  public void initialize(Configuration conf, InputSplit split) {
    setConf(conf);
    initialize(split);
  }

  @Override
  public void setConf(Configuration conf) {
    configuration = conf;
  }

  @Override
  public Configuration getConf() {
    return configuration;
  }

  @Override
  public boolean hasNext() {
    while (!ready) {
      if (rows == null) {
        if (location == locations.length) {
          return false;
        }
        open(Path.of(locations[location]), known(), null);
      }
      do {
        ready = rows.next();
      } while (ready && fitted != null && fitted.lacksLabel());
      if (!ready) {
        closeRows();
        location++;
      }
    }
    return true;
  }

  private void open(Path file, List<String> known, MessageDigest digest) {
    if (!format.header() && TableFile.isParts(file.toString())) {
      throw InputException.of(
          file.toString(), "parts with a header each, or one file", "--no-header beside parts");
    }
    TableText table = TableFile.open(file.toString(), format.charset(), known, digest);
    rows = new CsvRows(new Place(file.toString()), table, format);
    if (pipeline != null) {
      fitted = new FittedCells(FittedPipeline.fromJson(pipeline), rows);
      return;
    }
    int columns = schema == null ? rows.names().size() : schema.numColumns();
    source = new int[columns];
    Map<String, Integer> positions = new HashMap<>();
    for (int i = 0; i < rows.names().size(); i++) {
      positions.put(rows.names().get(i), i);
    }
    Faults faults = new Faults(rows.place());
    for (int i = 0; i < columns; i++) {
      source[i] = schema == null ? i : positions.getOrDefault(schema.getName(i), -1);
      if (source[i] < 0) {
        faults.add(
            new Problem(
                rows.place().file(),
                "the column " + Place.quoted(schema.getName(i)),
                "a header without it"));
      }
    }
    faults.throwIfAny();
  }

  @Override
  public List<Writable> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no row is left");
    }
    ready = false;
    List<Writable> record = fitted == null ? record() : fitted.record();
    invokeListeners(record);
    return record;
  }

  /** The current row; all its faults at once. */
  private List<Writable> record() {
    List<Writable> record = new ArrayList<>(source.length);
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < source.length; i++) {
      if (rows.missing(source[i])) {
        record.add(NullWritable.INSTANCE);
      } else if (schema != null && schema.getType(i) == ColumnType.Double) {
        record.add(new DoubleWritable(rows.number(source[i])));
      } else {
        record.add(new Text(rows.cell(source[i])));
      }
      if (schema != null) {
        check(i, record.get(i), problems);
      }
    }
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    return record;
  }

  private void check(int column, Writable value, List<Problem> problems) {
    String name = schema.getName(column);
    if (value instanceof DoubleWritable number && !Double.isFinite(number.get())) {
      problems.add(NotNumbers.problem(rows, name, null, rows.cell(source[column])));
    }
    if (schema.getMetaData(column) instanceof CategoricalMetaData categories) {
      String text = value instanceof Text ? value.toString() : "";
      if (!categories.getStateNames().contains(text)) {
        problems.add(
            new Problem(
                rows.place().cell(rows.line(), name),
                "one of the column's values",
                Place.quoted(text),
                categories.getStateNames()));
      }
    }
  }

  @Override
  public Record nextRecord() {
    List<Writable> record = next();
    int line = Math.toIntExact(rows.line());
    return new org.datavec.api.records.impl.Record(
        record, new RecordMetaDataLine(line, locations[location], StrictCsvRecordReader.class));
  }

  @Override
  public Record loadFromMetaData(RecordMetaData metaData) throws IOException {
    return loadFromMetaData(List.of(metaData)).get(0);
  }

  /** Reads the files again up to the lines asked for. */
  @Override
  public List<Record> loadFromMetaData(List<RecordMetaData> metaData) throws IOException {
    Record[] loaded = new Record[metaData.size()];
    for (URI uri : metaData.stream().map(RecordMetaData::getURI).distinct().toList()) {
      try (StrictCsvRecordReader reader = new StrictCsvRecordReader(format, schema, pipeline)) {
        reader.locations = new URI[] {uri};
        while (reader.hasNext()) {
          Record record = reader.nextRecord();
          for (int i = 0; i < loaded.length; i++) {
            if (metaData.get(i).equals(record.getMetaData())) {
              loaded[i] = record;
            }
          }
        }
      }
    }
    if (Arrays.asList(loaded).contains(null)) {
      throw new NoSuchElementException(
          "no row begins at " + metaData.get(Arrays.asList(loaded).indexOf(null)).getLocation());
    }
    return List.of(loaded);
  }

  /** Not supported: a single record on a stream has no header. */
  @Override
  public List<Writable> record(URI uri, DataInputStream stream) {
    throw new UnsupportedOperationException(
        "a strict CSV file is read from its header on: use initialize(InputSplit)");
  }

  @Override
  public boolean batchesSupported() {
    return true;
  }

  @Override
  public List<List<Writable>> next(int count) {
    List<List<Writable>> records = new ArrayList<>();
    while (records.size() < count && hasNext()) {
      records.add(next());
    }
    return records;
  }

  /** None: which column is the label is not this reader's business. */
  @Override
  public List<String> getLabels() {
    return null;
  }

  @Override
  public void reset() {
    closeRows();
    location = 0;
  }

  @Override
  public boolean resetSupported() {
    return true;
  }

  @Override
  public void close() {
    closeRows();
  }

  private void closeRows() {
    ready = false;
    if (rows != null) {
      rows.close();
      rows = null;
    }
  }
}

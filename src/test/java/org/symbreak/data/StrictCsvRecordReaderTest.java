package org.symbreak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.datavec.api.records.Record;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.records.reader.impl.transform.TransformProcessRecordReader;
import org.datavec.api.split.CollectionInputSplit;
import org.datavec.api.transform.TransformProcess;
import org.datavec.api.transform.schema.Schema;
import org.datavec.api.writable.DoubleWritable;
import org.datavec.api.writable.NullWritable;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbreak.problem.InputException;

/** The reader as DataVec uses it, and the pipeline as DataVec's own transforms. */
class StrictCsvRecordReaderTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"breast-cancer.csv, diagnosis", "house-votes-84.csv, Class", "credit.csv, Status"})
  void feedsATransformProcessThatGivesThePipelinesNumbers(String name, String label)
      throws Exception {
    Path file = Path.of("data", name);
    FittedPipeline pipeline;
    try (Dataset dataset = Dataset.open(DataSpec.of(file.toString(), label, null), 3)) {
      pipeline = dataset.pipeline();
    }
    TransformProcess process = TransformProcess.fromJson(pipeline.transformProcess().toJson());
    List<String> names = new ArrayList<>(pipeline.featureNames());
    names.add(label);
    assertThat(process.getFinalSchema().getColumnNames()).isEqualTo(names);
    try (RecordReader reader =
            new TransformProcessRecordReader(new StrictCsvRecordReader(pipeline), process);
        RowStream rows = pipeline.open(file, pipeline.format(), LabelUse.REQUIRED)) {
      reader.initialize(split(file));
      while (rows.next()) {
        List<Writable> record = reader.next();
        for (int j = 0; j < rows.features().length; j++) {
          assertThat(record.get(j).toDouble()).isEqualTo(rows.features()[j]);
        }
        assertThat(record.get(rows.features().length).toInt()).isEqualTo(rows.label());
      }
      assertThat(reader.hasNext()).isFalse();
    }
  }

  @Test
  void countsValuesThatTrainingDidNotSeeAsOther() throws Exception {
    String table =
        CsvFile.table(40, "a", (i, j) -> i % 3 == 0 ? "other" : i % 5 == 0 ? "" : "missing");
    FittedPipeline pipeline;
    try (Dataset dataset =
        Dataset.open(DataSpec.of(CsvFile.write(directory, table).toString(), null, null), 3)) {
      pipeline = dataset.pipeline();
    }
    RecordReader reader =
        new TransformProcessRecordReader(
            new StrictCsvRecordReader(pipeline), pipeline.transformProcess());
    reader.initialize(split(CsvFile.write(directory, "label,a\ny,other\nn,missing\ny,\ny,new\n")));
    List<List<Integer>> rows = new ArrayList<>();
    while (reader.hasNext()) {
      rows.add(reader.next().stream().map(Writable::toInt).toList());
    }
    // missing, other, is missing, is other, label
    assertThat(rows)
        .containsExactly(
            List.of(0, 1, 0, 0, 1),
            List.of(1, 0, 0, 0, 0),
            List.of(0, 0, 1, 0, 1),
            List.of(0, 0, 0, 1, 1));
  }

  @Test
  void readsTextInTheFilesOrder() throws Exception {
    RecordReader reader = reader("a,b\n1,\"x,\ny\"\nNA,2\n");
    assertThat(reader.next()).containsExactly(new Text("1"), new Text("x,\ny"));
    assertThat(reader.next()).containsExactly(NullWritable.INSTANCE, new Text("2"));
    assertThat(reader.hasNext()).isFalse();
    assertThatThrownBy(reader::next).isInstanceOf(NoSuchElementException.class);
    reader.reset();
    assertThat(reader.next(5)).hasSize(2);
    assertThat(reader.next(5)).isEmpty();
  }

  @Test
  void readsASchemasColumnsInItsOrder() throws Exception {
    Schema schema =
        new Schema.Builder().addColumnCategorical("c", "y", "n").addColumnDouble("a").build();
    RecordReader reader = new StrictCsvRecordReader(CsvFormat.DEFAULT, schema);
    reader.initialize(
        split(CsvFile.write(directory, "a,b,c\n1.5,z,y\n,z,n\n1d,z,maybe\nNaN,z,\n2,z,y\n")));
    assertThat(reader.next()).containsExactly(new Text("y"), new DoubleWritable(1.5));
    assertThat(reader.next()).containsExactly(new Text("n"), NullWritable.INSTANCE);
    assertThatThrownBy(reader::next)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "line 4, column 'c': expected one of the column's values, found 'maybe' (choices: y,"
                + " n)")
        .hasMessageContaining("line 4, column 'a': expected a number, found '1d'");
    assertThatThrownBy(reader::next)
        .hasMessageContaining("line 5, column 'c': expected one of the column's values, found ''")
        .hasMessageContaining("line 5, column 'a': expected a number, found 'NaN'");
    assertThat(reader.next()).containsExactly(new Text("y"), new DoubleWritable(2));
  }

  @Test
  void refusesWhatItCannotRead() throws Exception {
    StrictCsvRecordReader reader =
        new StrictCsvRecordReader(
            CsvFormat.DEFAULT, new Schema.Builder().addColumnsDouble("a", "x", "y").build());
    reader.initialize(split(CsvFile.write(directory, "a,b\n1,2\n")));
    assertThatThrownBy(reader::hasNext)
        .hasMessageContaining("expected the column 'x', found a header without it")
        .hasMessageContaining("'y'");
    Schema integers = new Schema.Builder().addColumnInteger("a").build();
    assertThatThrownBy(() -> new StrictCsvRecordReader(CsvFormat.DEFAULT, integers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Integer");
    StrictCsvRecordReader none = new StrictCsvRecordReader(CsvFormat.DEFAULT);
    none.initialize(new CollectionInputSplit(List.of(directory.resolve("none.csv").toUri())));
    assertThatThrownBy(none::hasNext)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found nothing of that name");
    assertThat(directory.resolve("none.csv")).doesNotExist();
  }

  @Test
  void readsSeveralFilesEachWithItsHeader() throws Exception {
    Path second = Files.writeString(directory.resolve("second.csv"), "b,a\n3,4\n");
    Schema schema = new Schema.Builder().addColumnsDouble("a", "b").build();
    RecordReader reader = new StrictCsvRecordReader(CsvFormat.DEFAULT, schema);
    reader.initialize(split(CsvFile.write(directory, "a,b\n1,2\n"), second));
    assertThat(reader.next()).containsExactly(new DoubleWritable(1), new DoubleWritable(2));
    assertThat(reader.next()).containsExactly(new DoubleWritable(4), new DoubleWritable(3));
    assertThat(reader.hasNext()).isFalse();
  }

  @Test
  void knowsWhereARecordCameFrom() throws Exception {
    RecordReader reader = reader("a,b\n1,\"x\ny\"\n3,4\n5,6\n");
    reader.nextRecord();
    Record second = reader.nextRecord();
    Record third = reader.nextRecord();
    assertThat(second.getMetaData().getLocation()).contains("4");
    assertThat(reader.loadFromMetaData(second.getMetaData()).getRecord())
        .containsExactly(new Text("3"), new Text("4"));
    assertThat(reader.loadFromMetaData(List.of(third.getMetaData(), second.getMetaData())))
        .containsExactly(third, second);
  }

  @Test
  void canBeSentElsewhere() throws Exception {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(sent)) {
      out.writeObject(
          new StrictCsvRecordReader(
              CsvFormat.DEFAULT, new Schema.Builder().addColumnsDouble("b").build()));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(sent.toByteArray()))) {
      RecordReader reader = (RecordReader) in.readObject();
      reader.initialize(split(CsvFile.write(directory, "a,b\n1,2\n")));
      assertThat(reader.next()).containsExactly(new DoubleWritable(2));
    }
  }

  private RecordReader reader(String text) throws Exception {
    RecordReader reader = new StrictCsvRecordReader(CsvFormat.DEFAULT);
    reader.initialize(split(CsvFile.write(directory, text)));
    return reader;
  }

  private static CollectionInputSplit split(Path... files) {
    return new CollectionInputSplit(
        java.util.Arrays.stream(files).map(Path::toUri).toArray(URI[]::new));
  }
}

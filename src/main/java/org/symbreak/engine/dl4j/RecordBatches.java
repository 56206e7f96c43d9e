package org.symbreak.engine.dl4j;

import java.io.DataInputStream;
import java.net.URI;
import java.util.List;
import org.datavec.api.conf.Configuration;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.records.reader.BaseRecordReader;
import org.datavec.api.split.InputSplit;
import org.datavec.api.writable.Writable;
import org.datavec.api.writable.batch.NDArrayRecordBatch;
import org.deeplearning4j.datasets.datavec.RecordReaderDataSetIterator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.symbreak.data.EncodedRows;

/**
 * Rows as Deeplearning4j's own RecordReaderDataSetIterator makes data sets of them, whichever rows
 * and in whichever order a step takes them. What the iterator reads are the rows as DataVec encoded
 * them.
 */
final class RecordBatches {
  private final ChosenRecords records;
  private final RecordReaderDataSetIterator batches;

  /**
   * @param type of the numbers in the data sets
   */
  RecordBatches(EncodedRows rows, DataType type) {
    records = new ChosenRecords(rows.throughDataVec(), type);
    batches = new RecordReaderDataSetIterator(records, rows.rows(), 1, 1, true);
  }

  /**
   * These rows, in this order.
   *
   * @param rows at least one
   */
  DataSet of(int[] rows) {
    records.choose(rows);
    return batches.next(rows.length);
  }

  /** A DataVec reader of the rows that were chosen: a record's features, then its label. */
  private static final class ChosenRecords extends BaseRecordReader {
    private static final long serialVersionUID = 1L;

    private final transient EncodedRows all;
    private final DataType type;
    private int[] chosen = {};
    private int next;

    ChosenRecords(EncodedRows all, DataType type) {
      this.all = all;
      this.type = type;
    }

    void choose(int[] rows) {
      chosen = rows;
      next = 0;
    }

    @Override
    public boolean hasNext() {
      return next < chosen.length;
    }

    @Override
    public boolean batchesSupported() {
      return true;
    }

    /** Arrays rather than single numbers, which the iterator would make floats of. */
    @Override
    public List<List<Writable>> next(int count) {
      int size = Math.min(count, chosen.length - next);
      double[] features = new double[size * all.features()];
      double[] labels = new double[size];
      for (int i = 0; i < size; i++, next++) {
        all.features(chosen[next], features, i * all.features());
        int label = all.label(chosen[next]);
        labels[i] =
            all.isWeighted() ? CaseWeightedLoss.label(label, all.weight(chosen[next])) : label;
      }
      return new NDArrayRecordBatch(array(features, size), array(labels, size));
    }

    private INDArray array(double[] numbers, int rows) {
      return Nd4j.createFromArray(numbers).castTo(type).reshape(rows, numbers.length / rows);
    }

    @Override
    public List<Writable> next() {
      return next(1).get(0);
    }

    @Override
    public Record nextRecord() {
      return new org.datavec.api.records.impl.Record(next(), null);
    }

    @Override
    public void reset() {
      next = 0;
    }

    @Override
    public boolean resetSupported() {
      return true;
    }

    @Override
    public void initialize(InputSplit split) {}

    @Override
    public void initialize(Configuration configuration, InputSplit split) {}

    @Override
    public void setConf(Configuration configuration) {}

    @Override
    public Configuration getConf() {
      return null;
    }

    @Override
    public List<String> getLabels() {
      return null;
    }

    @Override
    public List<Writable> record(URI uri, DataInputStream stream) {
      throw new UnsupportedOperationException("rows are chosen by number");
    }

    @Override
    public Record loadFromMetaData(RecordMetaData metaData) {
      throw new UnsupportedOperationException("rows are chosen by number");
    }

    @Override
    public List<Record> loadFromMetaData(List<RecordMetaData> metaData) {
      throw new UnsupportedOperationException("rows are chosen by number");
    }

    @Override
    public void close() {}
  }
}

package org.symbreak.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaDataLine;
import org.datavec.api.records.reader.impl.transform.TransformProcessRecordReader;
import org.datavec.api.writable.Writable;
import org.symbreak.problem.InputException;

/**
 * The parts of a data set once more, as DataVec encodes them: from the file by {@link
 * StrictCsvRecordReader} and the pipeline's TransformProcess. Read when first asked for.
 */
final class DataVecParts implements AutoCloseable {
  private static final int[] NO_ONES = {};

  private final DataSpec spec;
  private final FittedPipeline pipeline;
  private final EncodedTable[] parts;
  private final String sha256;
  private final long heapBytes;
  private EncodedTable[] twins;

  /**
   * @param parts by the ordinals of {@link Split.Part}; each gets its twin
   * @param sha256 of the file, followed by the test file if there is one
   */
  DataVecParts(
      DataSpec spec, FittedPipeline pipeline, EncodedTable[] parts, String sha256, long heapBytes) {
    this.spec = spec;
    this.pipeline = pipeline;
    this.parts = parts;
    this.sha256 = sha256;
    this.heapBytes = heapBytes;
    for (Split.Part part : Split.Part.KNOWN) {
      parts[part.ordinal()].setTwin(() -> twin(part));
    }
  }

  private synchronized EncodedRows twin(Split.Part part) {
    if (twins == null) {
      EncodedTable[] read = new EncodedTable[parts.length];
      for (int i = 0; i < read.length; i++) {
        read[i] = new EncodedTable(OneHot.none(pipeline.oneHot().features()), heapBytes);
      }
      try {
        read(read);
      } catch (RuntimeException e) {
        close(read);
        throw e;
      }
      twins = read;
    }
    return twins[part.ordinal()];
  }

  private void read(EncodedTable[] into) {
    MessageDigest digest = Dataset.sha256Digest();
    boolean apart = spec.testFile() != null;
    int test = Split.Part.TEST.ordinal();
    read(spec.file(), digest, apart ? List.of(0, 1, 3) : List.of(0, 1, 2, 3), into);
    if (apart) {
      read(spec.testFile(), digest, List.of(test), into);
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
      throw InputException.of(
          new Place(spec.file()).file(), "the data as they were when they were opened", "others");
    }
  }

  /** Each record belongs to the part that has a row of its line. */
  private void read(String file, MessageDigest digest, List<Integer> among, EncodedTable[] into) {
    StrictCsvRecordReader strict = new StrictCsvRecordReader(pipeline);
    strict.initialize(Path.of(file), digest);
    double[] features = new double[pipeline.featureNames().size()];
    try (TransformProcessRecordReader reader =
        new TransformProcessRecordReader(strict, pipeline.transformProcess())) {
      while (reader.hasNext()) {
        Record record = reader.nextRecord();
        long line = ((RecordMetaDataLine) record.getMetaData()).getLineNumber();
        for (int part : among) {
          int row = into[part].rows();
          if (row < parts[part].rows() && parts[part].line(row) == line) {
            into[part].append(features, NO_ONES, numbers(record.getRecord(), features), line);
            if (parts[part].isWeighted()) {
              into[part].weigh(parts[part].weight(row));
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @return the label, which is a record's last number
   */
  private static int numbers(List<Writable> record, double[] features) {
    for (int j = 0; j < features.length; j++) {
      features[j] = record.get(j).toDouble();
    }
    return record.get(features.length).toInt();
  }

  @Override
  public synchronized void close() {
    if (twins != null) {
      close(twins);
    }
  }

  private static void close(EncodedTable[] tables) {
    for (EncodedTable table : tables) {
      table.close();
    }
  }
}

package org.symbreak.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Writer;
import org.symbreak.data.FittedPipeline;
import org.symbreak.data.SpreadsheetText;

/** Where predictions go, row after row; what was written stays good if no more come. */
interface PredictionWriter {
  /**
   * @param row from 1, faulty ones counted
   * @param probability of the positive class
   * @param positive whether the row is called so
   */
  void write(long row, double probability, boolean positive) throws IOException;

  /** Completes what was begun. */
  void end() throws IOException;

  /**
   * {@code row,probability,class}; numbers come back exactly, and a class that a spreadsheet would
   * take for a formula is made harmless.
   */
  static PredictionWriter csv(Writer out, FittedPipeline pipeline) throws IOException {
    String positiveCell = cell(SpreadsheetText.harmless(pipeline.positive()));
    String negativeCell = cell(SpreadsheetText.harmless(pipeline.negative()));
    return new PredictionWriter() {
      private boolean headed;

      private void head() throws IOException {
        if (!headed) {
          out.write("row,probability,class\n");
          headed = true;
        }
      }

      @Override
      public void write(long row, double probability, boolean positive) throws IOException {
        head();
        out.write(row + "," + probability + "," + (positive ? positiveCell : negativeCell) + "\n");
      }

      @Override
      public void end() throws IOException {
        head();
        out.flush();
      }
    };
  }

  /** A JSON array of objects with the fields row, probability, class. */
  static PredictionWriter json(Writer out, FittedPipeline pipeline) throws IOException {
    JsonGenerator json =
        JsonMapper.builder().build().createGenerator(out).useDefaultPrettyPrinter();
    json.writeStartArray();
    return new PredictionWriter() {
      @Override
      public void write(long row, double probability, boolean positive) throws IOException {
        json.writeStartObject();
        json.writeNumberField("row", row);
        json.writeNumberField("probability", probability);
        json.writeStringField("class", positive ? pipeline.positive() : pipeline.negative());
        json.writeEndObject();
      }

      @Override
      public void end() throws IOException {
        json.writeEndArray();
        json.flush();
        out.write("\n");
        out.flush();
      }
    };
  }

  private static String cell(String value) {
    boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}

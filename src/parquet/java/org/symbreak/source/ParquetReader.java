package org.symbreak.source;

import dev.hardwood.InputFile;
import dev.hardwood.metadata.LogicalType;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.ColumnSchema;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/** Apache Parquet, through Hardwood: flat tables, a row a line. */
public final class ParquetReader implements TableReader {
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

  /** What pandas calls a table's index. */
  private static final String INDEX = "__index_level_\\d+__";

  /** Says at every start how its decoders were chosen, which is nobody's business. */
  private static final Logger HARDWOOD = Logger.getLogger("dev.hardwood");

  static {
    HARDWOOD.setLevel(Level.WARNING);
  }

  @Override
  public boolean reads(byte[] head) {
    return head.length > MAGIC.length
        && Arrays.equals(MAGIC, 0, MAGIC.length, head, 0, MAGIC.length)
        && head[MAGIC.length] < ' ';
  }

  @Override
  public TableText open(Path file, String name) throws IOException {
    ParquetFileReader reader = null;
    try {
      reader = ParquetFileReader.open(InputFile.of(file));
      if (!reader.getFileSchema().isFlatSchema()) {
        throw InputException.of(name, "a column a value", "columns within columns");
      }
      List<ColumnSchema> columns =
          reader.getFileSchema().getColumns().stream()
              .filter(column -> !column.name().matches(INDEX))
              .toList();
      Set<String> texts = new HashSet<>();
      columns.stream()
          .filter(column -> column.logicalType() instanceof LogicalType.StringType)
          .forEach(column -> texts.add(column.name()));
      List<String> names = columns.stream().map(ColumnSchema::name).toList();
      return new TableText(new Rows(name, reader, names), names, texts);
    } catch (RuntimeException | IOException e) {
      if (reader != null) {
        reader.close();
      }
      throw e instanceof InputException ? (InputException) e : damaged(name, e);
    }
  }

  private static InputException damaged(String name, Exception e) {
    return new InputException(
        List.of(
            new Problem(name, "a Parquet file", "one that is damaged, or packed in an odd way")),
        e);
  }

  private static final class Rows extends Converted {
    private final String name;
    private final ParquetFileReader reader;
    private final RowReader rows;
    private final List<String> columns;

    Rows(String name, ParquetFileReader reader, List<String> columns) {
      this.name = name;
      this.reader = reader;
      this.rows = reader.rowReader();
      this.columns = columns;
    }

    @Override
    String next() {
      try {
        if (!rows.hasNext()) {
          return null;
        }
        rows.next();
        List<String> cells = new ArrayList<>(columns.size());
        for (String column : columns) {
          cells.add(rows.isNull(column) ? "" : cell(rows.getValue(column)));
        }
        return row(cells);
      } catch (RuntimeException e) {
        throw damaged(name, e);
      }
    }

    /** A value as text, its UTF-8 bytes as characters. */
    private static String cell(Object value) {
      if (value instanceof Double number && number.isNaN()
          || value instanceof Float single && single.isNaN()) {
        return "";
      }
      byte[] text =
          value instanceof byte[] bytes
              ? bytes
              : (value instanceof BigDecimal number ? number.toPlainString() : value.toString())
                  .getBytes(StandardCharsets.UTF_8);
      return new String(text, StandardCharsets.ISO_8859_1).replaceAll("[\r\n]", " ");
    }

    @Override
    public void close() throws IOException {
      rows.close();
      reader.close();
    }
  }
}

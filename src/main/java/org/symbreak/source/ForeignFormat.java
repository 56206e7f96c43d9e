package org.symbreak.source;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.symbreak.problem.InputException;

/**
 * Files that people take for tables, or tables in formats that are not read: by their first bytes.
 *
 * @param title such as {@code a Parquet file}
 * @param begins the first bytes, a character a byte; null where they do not tell
 * @param pattern what the text begins with, where no first bytes tell
 * @param advice what makes a CSV file of it, FILE in place of its name
 */
record ForeignFormat(String title, String begins, Pattern pattern, String advice) {
  private static final String PANDAS =
      "python3 -c \"import pandas; pandas.%s.to_csv('FILE.csv', index=False)\"";
  private static final String OFFICE = "soffice --headless --convert-to csv FILE";

  static final List<ForeignFormat> ALL =
      List.of(
          text(
              "a Git LFS pointer in place of the file",
              "version https://git-lfs\\.github\\.com/spec/",
              "git lfs pull"),
          text(
              "a git-annex pointer in place of the file",
              "(\\.\\./)*(\\.git)?/annex/objects/",
              "git annex get FILE"),
          text("a DVC pointer in place of the file", "outs:[^\\S\\n]*+\\n- md5:", "dvc pull"),
          text(
              "an HTML page",
              "<(!doctype html|html|head|body|title|meta|script|table|div|p|h1|pre|center)\\b",
              "download the file itself, not the page that shows it"),
          text("an XML document", "<(\\?xml|svg)\\b", "export it as CSV"),
          text(
              "JSON, line by line",
              "\\{[^\\n\\r]*\\}[^\\S\\n\\r]*+[\\n\\r]\\s*+\\{",
              pandas("read_json('FILE', lines=True)")),
          text(
              "JSON",
              "\\{\\s*+[\"}]|\\[\\s*+([\\[\"\\]]|\\{\\s*+[\"}])",
              pandas("read_json('FILE')")),
          text(
              "a Python dictionary or list as text",
              "(\\[\\s*+)?+(\\{\\s*+)?+'[^']*+'\\s*+:|\\[\\s*+'",
              "export it as CSV"),
          bytes("a Parquet file", "PAR1", pandas("read_parquet('FILE')")),
          bytes("a Feather or Arrow file", "ARROW1", pandas("read_feather('FILE')")),
          bytes("a Feather file", "FEA1", pandas("read_feather('FILE')")),
          bytes("an ORC file", "ORC", pandas("read_orc('FILE')")),
          bytes("an Avro file", "Obj\1", "export it as CSV"),
          bytes("an HDF5 file", "\u0089HDF\r\n", pandas("read_hdf('FILE')")),
          bytes(
              "a NumPy array",
              "\u0093NUMPY",
              "python3 -c \"import numpy; numpy.savetxt('FILE.csv', numpy.load('FILE'),"
                  + " delimiter=',')\""),
          bytes(
              "a SQLite database",
              "SQLite format 3\0",
              "sqlite3 -header -csv FILE 'select * from TABLE'"),
          bytes(
              "an Excel workbook (xls)",
              "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1",
              OFFICE),
          bytes("a Stata file", "<stata_dta>", pandas("read_stata('FILE')")),
          bytes("a Stata file", "r\2\1\0", pandas("read_stata('FILE')")),
          bytes("a Stata file", "s\2\1\0", pandas("read_stata('FILE')")),
          bytes("a SAS file", "\0".repeat(12) + "\u00C2\u00EA\u0081`", pandas("read_sas('FILE')")),
          bytes("a MATLAB file", "MATLAB 5.0 MAT-file", "writetable(...) in MATLAB"),
          bytes("a file of compress", "\u001F\u009D", "uncompress FILE"),
          bytes("an SPSS file", "$FL2", pandas("read_spss('FILE')")),
          bytes("R data", "RDX2\n", "write.csv(..., row.names = FALSE) in R"),
          bytes("R data", "RDX3\n", "write.csv(..., row.names = FALSE) in R"),
          bytes("R data", "X\n\0\0\0", "write.csv(..., row.names = FALSE) in R"),
          bytes("a pickled Python object", "\u0080\u0003", pandas("read_pickle('FILE')")),
          bytes("a pickled Python object", "\u0080\u0004\u0095", pandas("read_pickle('FILE')")),
          bytes("a pickled Python object", "\u0080\u0005\u0095", pandas("read_pickle('FILE')")),
          bytes("a PDF document", "%PDF-", "export the table as CSV"),
          bytes("a picture", "\u0089PNG\r\n", "a table in a picture cannot be read"),
          bytes("a picture", "\u00FF\u00D8\u00FF", "a table in a picture cannot be read"),
          bytes("an xz file", "\u00FD7zXZ\0", "xz -dk FILE"),
          bytes("an lz4 file", "\u0004\"M\u0018", "lz4 -d FILE"),
          bytes("a 7z archive", "7z\u00BC\u00AF\u0027\u001C", "7z x FILE"),
          bytes("a rar archive", "Rar!\u001A\u0007", "unrar x FILE"),
          bytes("an empty zip archive", "PK\u0005\u0006", "zip FILE TABLE.csv"));

  private static final List<String> OFFICE_ENTRIES =
      List.of("[Content_Types].xml", "_rels/", "docProps/", "xl/", "word/");

  /** What no text holds; a column may well be called PAR1. */
  private static final Pattern BINARY = Pattern.compile("[\\x00-\\x08\\x0E-\\x1F]");

  private static final int ZIP_NAME = 30;
  private static final int TAR_MAGIC = 257;

  /**
   * @param pattern that goes back over no run of characters: a file may begin with thousands of
   *     blank lines
   */
  private static ForeignFormat text(String title, String pattern, String advice) {
    return new ForeignFormat(
        title, null, Pattern.compile("\\s*+(" + pattern + ")", Pattern.CASE_INSENSITIVE), advice);
  }

  private static ForeignFormat bytes(String title, String begins, String advice) {
    return new ForeignFormat(title, begins, null, advice);
  }

  private static String pandas(String call) {
    return PANDAS.formatted(call);
  }

  /**
   * Which of them a file is.
   *
   * @param head its first bytes
   */
  static Optional<ForeignFormat> of(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.startsWith("PK\u0003\u0004")) {
      return zip(text);
    }
    if (text.startsWith("ustar", TAR_MAGIC)) {
      return Optional.of(bytes("a tar archive", "", "tar xf FILE"));
    }
    String marked = text.replaceFirst("^\u00EF\u00BB\u00BF", "");
    return ALL.stream().filter(format -> format.isBegunBy(text, marked)).findFirst();
  }

  private boolean isBegunBy(String bytes, String text) {
    return begins != null
        ? bytes.startsWith(begins) && BINARY.matcher(bytes).find()
        : pattern.matcher(text).lookingAt();
  }

  /** By the first file in the archive, whose name stands behind the header's fixed part. */
  private static Optional<ForeignFormat> zip(String text) {
    int length = text.length() < ZIP_NAME ? 0 : text.charAt(26) | text.charAt(27) << 8;
    String name =
        text.substring(
            Math.min(ZIP_NAME, text.length()), Math.min(ZIP_NAME + length, text.length()));
    if (OFFICE_ENTRIES.stream().anyMatch(name::startsWith)) {
      return Optional.of(
          bytes(
              name.startsWith("word/") ? "a text document" : "an Excel workbook (xlsx)",
              "",
              OFFICE));
    }
    if (name.equals("mimetype")) {
      return Optional.of(bytes("an OpenDocument spreadsheet", "", OFFICE));
    }
    return name.endsWith(".npy")
        ? Optional.of(bytes("NumPy arrays (npz)", "", "numpy.savetxt in Python"))
        : Optional.empty();
  }

  /** The refusal of a file that is one of these. */
  InputException refusal(String file) {
    String called = file.toLowerCase(Locale.ROOT).equals("standard input") ? "FILE" : file;
    return InputException.of(
        file, "a table as text", title, advice.replace("FILE", called).split(" or else "));
  }
}

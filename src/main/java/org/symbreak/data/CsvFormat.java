package org.symbreak.data;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * How a CSV file is written. Always UTF-8, with or without a byte-order mark.
 *
 * @param separator between cells, usually a comma
 * @param quote around cells that hold separators or newlines, usually a double quote
 * @param header whether the first row names the columns; without, they are called c1, c2, ...
 * @param missing what a missing cell looks like, besides nothing at all
 */
public record CsvFormat(char separator, char quote, boolean header, List<String> missing)
    implements Serializable {
  /** Comma, double quotes, a header; NA and ? are missing. */
  public static final CsvFormat DEFAULT = new CsvFormat(',', '"', true, List.of("NA", "?"));

  public CsvFormat {
    missing = List.copyOf(Objects.requireNonNull(missing, "missing"));
    if ("\r\n".indexOf(separator) >= 0 || "\r\n".indexOf(quote) >= 0) {
      throw new IllegalArgumentException("separator and quote must not be line ends");
    }
    if (separator == quote) {
      throw new IllegalArgumentException(
          "separator and quote are the same character: '" + separator + "'");
    }
  }
}

package org.symbreak.data;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.List;
import java.util.Objects;

/**
 * How a CSV file is written.
 *
 * @param separator between cells, an ASCII character, usually a comma; a space stands for any
 *     number of spaces and tabs
 * @param quote around cells that hold separators or newlines, an ASCII character, usually a double
 *     quote
 * @param header whether the first row names the columns; without, they are called c1, c2, ...
 * @param missing what a missing cell looks like, besides nothing at all
 * @param decimal mark between a number's whole part and its fraction: a point or a comma
 * @param comment what lines begin with that are passed over, an ASCII character; 0 for none
 * @param encoding name of the charset, UTF-8 with or without a byte-order mark, or another one
 */
public record CsvFormat(
    char separator,
    char quote,
    boolean header,
    List<String> missing,
    char decimal,
    char comment,
    String encoding)
    implements Serializable {
  /** In place of a character that comments begin with. */
  public static final char NO_COMMENT = 0;

  /** Comma, double quotes, a header; NA and ? are missing; decimal points. */
  public static final CsvFormat DEFAULT =
      new CsvFormat(',', '"', true, List.of("NA", "?"), '.', NO_COMMENT, "UTF-8");

  public CsvFormat {
    missing = List.copyOf(Objects.requireNonNull(missing, "missing"));
    if (!isAscii(separator) || !isAscii(quote)) {
      throw new IllegalArgumentException("separator and quote must be ASCII characters");
    }
    if ("\r\n".indexOf(separator) >= 0 || "\r\n".indexOf(quote) >= 0) {
      throw new IllegalArgumentException("separator and quote must not be line ends");
    }
    if (separator == quote) {
      throw new IllegalArgumentException(
          "separator and quote are the same character: '" + separator + "'");
    }
    if (comment >= 128 || comment != NO_COMMENT && (comment == separator || comment == quote)) {
      throw new IllegalArgumentException(
          "what comments begin with must be an ASCII character other than separator and quote");
    }
    if (decimal != '.' && decimal != ',') {
      throw new IllegalArgumentException(
          "the decimal mark must be a point or a comma, found '" + decimal + "'");
    }
    if (!isEncoding(encoding)) {
      throw new IllegalArgumentException("there is no encoding called '" + encoding + "'");
    }
    encoding = Charset.forName(encoding).name();
  }

  /** Whether there is an encoding of this name. */
  public static boolean isEncoding(String name) {
    try {
      return Charset.isSupported(name);
    } catch (IllegalCharsetNameException e) {
      return false;
    }
  }

  /** The same with another separator. */
  public CsvFormat withSeparator(char other) {
    return new CsvFormat(other, quote, header, missing, decimal, comment, encoding);
  }

  /** The same with other quotes. */
  public CsvFormat withQuote(char other) {
    return new CsvFormat(separator, other, header, missing, decimal, comment, encoding);
  }

  /** The same with or without a first row of names. */
  public CsvFormat withHeader(boolean other) {
    return new CsvFormat(separator, quote, other, missing, decimal, comment, encoding);
  }

  /** The same with other texts for missing cells. */
  public CsvFormat withMissing(List<String> other) {
    return new CsvFormat(separator, quote, header, other, decimal, comment, encoding);
  }

  /** The same with another decimal mark. */
  public CsvFormat withDecimal(char other) {
    return new CsvFormat(separator, quote, header, missing, other, comment, encoding);
  }

  /** The encoding as a charset. */
  Charset charset() {
    return Charset.forName(encoding);
  }

  /** How {@link org.symbreak.source.TableText}s are written that were in another format. */
  CsvFormat converted() {
    return DEFAULT.withMissing(missing);
  }

  private static boolean isAscii(char c) {
    return c > 0 && c < 128;
  }
}

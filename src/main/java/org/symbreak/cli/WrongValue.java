package org.symbreak.cli;

import java.util.List;
import picocli.CommandLine.TypeConversionException;

/**
 * What a converter throws: it knows what was expected, picocli knows at which option, {@link
 * Failures} puts them together.
 */
final class WrongValue extends TypeConversionException {
  private static final long serialVersionUID = 1L;

  private final String expected;
  private final transient List<String> choices;

  /**
   * @param expected such as {@code a whole number from 1}
   * @param choices what would have been right, best first; none where there is no short list
   */
  WrongValue(String expected, String... choices) {
    super("expected " + expected);
    this.expected = expected;
    this.choices = List.of(choices);
  }

  String expected() {
    return expected;
  }

  List<String> choices() {
    return choices;
  }
}

package org.symbreak.guard;

import java.util.stream.Collectors;
import org.symbreak.problem.InputException;

/**
 * Where in a zip something stands, for messages: {@code model.zip: entry configuration.json,
 * confs[0].layer.nin}.
 *
 * @param zip the file, as the user named it
 * @param entry the entry's name; empty where the zip itself is meant
 * @param within where in the entry; empty for the whole
 */
public record EntryPlace(String zip, String entry, String within) {
  private static final int SHOWN = 80;

  public static EntryPlace of(String zip) {
    return new EntryPlace(zip, "", "");
  }

  EntryPlace entry(String name) {
    return new EntryPlace(zip, name, "");
  }

  /** The value of a property of what stands here. */
  public EntryPlace property(String name) {
    return new EntryPlace(zip, entry, within.isEmpty() ? name : within + "." + name);
  }

  /** An element, from 0, of the array that stands here. */
  EntryPlace element(int index) {
    return new EntryPlace(zip, entry, within + "[" + index + "]");
  }

  public InputException refusal(String expected, String found) {
    return InputException.of(toString(), expected, found);
  }

  @Override
  public String toString() {
    return zip
        + (entry.isEmpty() ? "" : ": entry " + printable(entry))
        + (within.isEmpty() ? "" : ", " + printable(within));
  }

  /**
   * Text of a file that nobody vouches for, fit to be shown: no control characters, not too long.
   */
  public static String printable(String text) {
    String plain =
        text.codePoints()
            .limit(SHOWN)
            .mapToObj(
                c ->
                    Character.isISOControl(c)
                            || !Character.isDefined(c)
                            || Character.getType(c) == Character.FORMAT
                        ? "\\u%04x".formatted(c)
                        : Character.toString(c))
            .collect(Collectors.joining());
    return text.codePointCount(0, text.length()) > SHOWN ? plain + "..." : plain;
  }
}

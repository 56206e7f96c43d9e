package org.symbreak.source;

import static org.assertj.core.api.Assertions.fail;

import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbreak.random.Streams;

/**
 * Telling what a file is reads each of its first characters a few times at most, whatever they are:
 * thousands of blank lines once kept a pattern busy for minutes.
 */
class HeadPatternsTest {
  private static final int LENGTH = 1 << 12;

  /** What a pattern may look at a character for: several alternatives, each once. */
  private static final int LOOKS = 12;

  static Stream<String> beginnings() {
    String[] pieces = {
      " ", "\n", "\r", "\t", "\r\n", "{", "}", "[", "]", "'", "\"", ":", "{ ", "[ ", "' ", "'a'",
      "'a' ", "} ", "}\n", "{'", "['", "outs:", "outs:\n", "../", ".git", "<", "1", "1.", "1e",
      "1,", "1:1", "1:1 ", "9", ".1", "- ", "a"
    };
    Stream<String> single = Stream.of(pieces).map(piece -> piece.repeat(LENGTH / piece.length()));
    Stream<String> pairs =
        Stream.of(pieces)
            .flatMap(
                first ->
                    Stream.of(pieces).map(then -> first + then.repeat(LENGTH / then.length())));
    Stream<String> drawn =
        Streams.of(1)
            .longs(2000)
            .mapToObj(
                seed -> {
                  var random = Streams.of(seed);
                  StringBuilder text = new StringBuilder();
                  while (text.length() < LENGTH) {
                    text.append(
                        pieces[random.nextInt(pieces.length)].repeat(1 + random.nextInt(9)));
                  }
                  return text.toString();
                });
    return Stream.of(single, pairs, drawn).flatMap(texts -> texts);
  }

  static Stream<Pattern> patterns() {
    return Stream.concat(
        ForeignFormat.ALL.stream().map(ForeignFormat::pattern).filter(Objects::nonNull),
        LibsvmText.patterns());
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void looksAtEachCharacterAFewTimesAtMost(Pattern pattern) {
    beginnings()
        .forEach(
            text -> {
              pattern.matcher(new Looks(text)).lookingAt();
              pattern.matcher(new Looks(text)).matches();
            });
  }

  /** A text whose characters may be asked for so many times. */
  private static final class Looks implements CharSequence {
    private final String text;
    private long count;

    Looks(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int i) {
      if (count++ == (long) LOOKS * text.length()) {
        fail("characters of %s... are looked at over and over", text.substring(0, 20));
      }
      return text.charAt(i);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int from, int to) {
      return text.subSequence(from, to);
    }
  }
}

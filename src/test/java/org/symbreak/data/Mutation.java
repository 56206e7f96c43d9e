package org.symbreak.data;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** Small damage to a file, as chance has it. */
record Mutation(byte[] bytes) {
  private static final String[] TOKENS = {
    "\"",
    ",",
    "\n",
    "\r\n",
    "\"\"",
    "NaN",
    "1e999",
    "-",
    "",
    "\u0000",
    "\uFEFF",
    "null",
    "{",
    "}",
    "]",
    "[[",
    "0x1",
    "é",
    "-1",
    "99999999999999999999",
    ";",
    "\t",
    " "
  };

  static Mutation of(byte[] original, RandomGenerator random) {
    byte[] bytes = original;
    for (int i = random.nextInt(3); i >= 0; i--) {
      bytes = once(bytes, random);
    }
    return new Mutation(bytes);
  }

  private static byte[] once(byte[] bytes, RandomGenerator random) {
    int from = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, from + random.nextInt(random.nextInt(8) == 0 ? 200 : 6));
    byte[] instead =
        switch (random.nextInt(4)) {
          case 0 -> TOKENS[random.nextInt(TOKENS.length)].getBytes(StandardCharsets.UTF_8);
          case 1 -> new byte[] {(byte) random.nextInt(256)};
          case 2 ->
              java.util.Arrays.copyOfRange(
                  bytes, from, Math.min(bytes.length, from + random.nextInt(100)));
          default -> new byte[0];
        };
    ByteArrayOutputStream mutated = new ByteArrayOutputStream();
    mutated.write(bytes, 0, from);
    mutated.writeBytes(instead);
    mutated.write(bytes, to, bytes.length - to);
    return mutated.toByteArray();
  }

  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}

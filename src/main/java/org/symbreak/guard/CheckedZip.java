package org.symbreak.guard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.symbreak.network.Precision;
import org.symbreak.problem.InputException;

/**
 * Named JSON documents and arrays in one zip: what checkpoints are kept in. Immutable. Written
 * atomically, byte for byte the same for the same contents; read through the guarded door.
 */
public final class CheckedZip {
  private final String name;
  private final Map<String, byte[]> entries;

  private CheckedZip(String name, Map<String, byte[]> entries) {
    this.name = name;
    this.entries = Collections.unmodifiableMap(entries);
  }

  public static CheckedZip empty() {
    return new CheckedZip("a zip in memory", Map.of());
  }

  /**
   * With one more entry.
   *
   * @param entry its name, such as {@code run.json}
   * @param json one JSON document
   */
  public CheckedZip withJson(String entry, String json) {
    StrictJson.parse(place(entry), json);
    return with(entry, json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * With one more entry.
   *
   * @param entry its name, such as {@code parameters.bin}
   * @param values with FLOAT each is rounded to the nearest float; may be empty
   */
  public CheckedZip withArray(String entry, double[] values, Precision precision) {
    return with(entry, NdArrayCodec.encode(values, precision));
  }

  /** Names of the entries, in the order in which they were added. */
  public Set<String> names() {
    return entries.keySet();
  }

  /**
   * @throws InputException where there is no such entry, or it is no JSON
   */
  public String json(String entry) {
    String text = StrictJson.decode(place(entry), content(entry));
    StrictJson.parse(place(entry), text);
    return text;
  }

  /**
   * @return its numbers, each finite
   * @throws InputException where there is no such entry, or it is no array of finite numbers
   */
  public double[] array(String entry) {
    ByteBuffer bytes = ByteBuffer.wrap(content(entry));
    NdArrayCodec.Vector vector = NdArrayCodec.read(place(entry), bytes);
    NdArrayCodec.requireEnd(place(entry), bytes);
    return vector.values();
  }

  /**
   * Writes the file whole or not at all.
   *
   * @throws IOException where the disk fails
   */
  public void save(Path file) throws IOException {
    AtomicFile.write(file, out -> PlainZip.write(out, entries));
  }

  /**
   * Reads a file and checks the zip's structure, sizes and check sums; {@link #json} and {@link
   * #array} check what is in it.
   *
   * @param known the names that entries may have
   * @throws InputException where the file is no such zip, with the entry and what is wrong
   */
  public static CheckedZip load(Path file, Set<String> known) {
    GuardedZip zip = GuardedZip.open(file, known);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (String entry : zip.names()) {
      entries.put(entry, zip.read(entry, GuardedZip.memoryLimit()));
    }
    return new CheckedZip(file.toString(), entries);
  }

  private CheckedZip with(String entry, byte[] content) {
    Map<String, byte[]> more = new LinkedHashMap<>(entries);
    if (more.put(entry, content) != null) {
      throw new IllegalArgumentException("there is an entry " + entry);
    }
    return new CheckedZip(name, more);
  }

  private byte[] content(String entry) {
    byte[] content = entries.get(entry);
    if (content == null) {
      throw place(entry).refusal("an entry of this name", "none");
    }
    return content;
  }

  private EntryPlace place(String entry) {
    return EntryPlace.of(name).entry(entry);
  }
}

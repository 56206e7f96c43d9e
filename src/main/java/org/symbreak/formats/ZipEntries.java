package org.symbreak.formats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.symbreak.guard.EntryPlace;
import org.symbreak.problem.InputException;

/**
 * What is in a zip that NumPy or Keras wrote, each entry read whole, within the memory there is.
 */
final class ZipEntries {
  private static final int MOST = 4096;
  private static final int LONGEST_NAME = 255;

  private ZipEntries() {}

  /**
   * Names of the entries, in the directory's order.
   *
   * @throws IOException where it is no zip
   */
  static List<String> names(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.size() > MOST
          ? List.of()
          : Collections.list(zip.entries()).stream().map(ZipEntry::getName).toList();
    }
  }

  /**
   * @throws InputException where an entry is there twice, or the file is no zip, or too large in
   *     all
   */
  static Map<String, byte[]> read(EntryPlace place, Path file) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      if (zip.size() > MOST) {
        throw place.refusal("at most " + MOST + " entries", String.valueOf(zip.size()));
      }
      long left = Budget.longestFile();
      for (ZipEntry entry : Collections.list(zip.entries())) {
        String name = entry.getName();
        if (name.length() > LONGEST_NAME) {
          throw place.refusal("names of at most " + LONGEST_NAME + " characters", "a longer one");
        }
        byte[] content;
        try (InputStream in = zip.getInputStream(entry)) {
          content = in.readNBytes((int) Math.min(left + 1, Integer.MAX_VALUE - 16));
        }
        left -= content.length;
        if (left < 0) {
          throw place.refusal(
              "at most " + Budget.longestFile() + " bytes in all with this memory (-Xmx)", "more");
        }
        if (content.length != entry.getSize()) {
          throw place.refusal(
              entry.getSize() + " bytes in " + EntryPlace.printable(name),
              String.valueOf(content.length));
        }
        if (entries.put(name, content) != null) {
          throw place.refusal("each entry once", EntryPlace.printable(name) + " twice");
        }
      }
      return entries;
    } catch (IOException | IllegalArgumentException e) {
      throw place.refusal("a sound zip", EntryPlace.printable(String.valueOf(e.getMessage())));
    }
  }
}

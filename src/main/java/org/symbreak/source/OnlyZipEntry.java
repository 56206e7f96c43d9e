package org.symbreak.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;

/**
 * The content of the only file in a zip archive. Folders are no files, nor is what macOS keeps
 * beside them.
 */
final class OnlyZipEntry extends InputStream {
  private final ZipArchiveInputStream zip;
  private boolean ended;

  /**
   * @throws IOException where there is no file in it, or one that cannot be expanded
   */
  OnlyZipEntry(InputStream in) throws IOException {
    this.zip = new ZipArchiveInputStream(in, StandardCharsets.UTF_8.name(), true, false);
    ZipArchiveEntry entry = nextFile();
    if (entry == null) {
      throw new ZipException("no file");
    }
    if (!zip.canReadEntryData(entry)) {
      throw new ZipException(
          entry.getGeneralPurposeBit().usesEncryption()
              ? "an encrypted archive"
              : "an archive that is compressed in another way than usual");
    }
  }

  private ZipArchiveEntry nextFile() throws IOException {
    ZipArchiveEntry entry = zip.getNextEntry();
    while (entry != null && isBeside(entry.getName())) {
      entry = zip.getNextEntry();
    }
    return entry;
  }

  /** Whether an entry of this name is none that somebody put into the archive. */
  static boolean isBeside(String name) {
    return name.endsWith("/") || name.startsWith("__MACOSX/") || name.endsWith(".DS_Store");
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (ended) {
      return -1;
    }
    int count = zip.read(into, offset, length);
    if (count < 0) {
      ended = true;
      if (nextFile() != null) {
        throw new ZipException("an archive of more than one file");
      }
    }
    return count;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}

package org.symbreak.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipMethod;

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
    this.zip = new Entries(in);
    ZipArchiveEntry entry = nextFile();
    if (entry == null) {
      throw new ZipException("no file");
    }
    // of xz the library says that it can read it, and then has no stream
    if (!zip.canReadEntryData(entry) || entry.getMethod() == ZipMethod.XZ.getCode()) {
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

  /** What is compressed with Zstandard is decoded by the same library as a file of its own. */
  private static final class Entries extends ZipArchiveInputStream {
    Entries(InputStream in) {
      super(in, StandardCharsets.UTF_8.name(), true, false);
    }

    @Override
    protected InputStream createZstdInputStream(InputStream in) throws IOException {
      return Compression.ZSTD.decode(in);
    }
  }
}

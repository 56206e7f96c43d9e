package org.symbreak.source;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** How a file may be compressed, and by which first bytes that is seen. */
enum Compression {
  /** RFC 1952; several members are one text. */
  GZIP("gzip -dk", 0x1F, 0x8B) {
    @Override
    InputStream decode(InputStream in) throws IOException {
      return Libraries.gzip(in);
    }
  },
  /** RFC 8878; several frames are one text. */
  ZSTD("zstd -dk", 0x28, 0xB5, 0x2F, 0xFD) {
    @Override
    InputStream decode(InputStream in) {
      return Libraries.zstd(in);
    }
  },
  /**
   * Several streams are one text. A column may be called BZh9: the digits of pi follow, or of its
   * root.
   */
  BZIP2("bzip2 -dk", 'B', 'Z', 'h') {
    @Override
    boolean begins(byte[] head) {
      return super.begins(head)
          && head.length >= 10
          && (head[4] == 0x31 && head[5] == 0x41 && head[6] == 0x59 && head[8] == 0x53
              || head[4] == 0x17 && head[5] == 0x72 && head[6] == 0x45);
    }

    @Override
    InputStream decode(InputStream in) throws IOException {
      return Libraries.bzip2(in);
    }
  },
  /** An archive of one file, whose name plays no part. */
  ZIP("unzip", 'P', 'K', 3, 4) {
    @Override
    InputStream decode(InputStream in) throws IOException {
      return Libraries.zip(in);
    }
  };

  private final String command;
  private final byte[] magic;

  Compression(String command, int... magic) {
    this.command = command;
    this.magic = new byte[magic.length];
    for (int i = 0; i < magic.length; i++) {
      this.magic[i] = (byte) magic[i];
    }
  }

  /** By a file's first bytes. */
  static Optional<Compression> of(byte[] head) {
    return Arrays.stream(values()).filter(kind -> kind.begins(head)).findFirst();
  }

  boolean begins(byte[] head) {
    return head.length >= magic.length
        && Arrays.equals(magic, 0, magic.length, head, 0, magic.length);
  }

  /** What the bytes were before they were compressed. */
  abstract InputStream decode(InputStream in) throws IOException;

  /** Such as {@code a gzip file}. */
  String title() {
    return "a " + name().toLowerCase(Locale.ROOT) + " file";
  }

  /** The command that expands such a file of this name. */
  String command(String name) {
    return command + " " + name;
  }

  /**
   * What other libraries do, in a class of its own: it is loaded with the first compressed file, so
   * that a program that reads none needs none of them.
   */
  private static final class Libraries {
    static InputStream gzip(InputStream in) throws IOException {
      return GzipCompressorInputStream.builder()
          .setInputStream(in)
          .setDecompressConcatenated(true)
          .get();
    }

    static InputStream zstd(InputStream in) {
      return new ZstdInputStream(in);
    }

    static InputStream bzip2(InputStream in) throws IOException {
      return new BZip2CompressorInputStream(in, true);
    }

    static InputStream zip(InputStream in) throws IOException {
      return new OnlyZipEntry(in);
    }
  }
}

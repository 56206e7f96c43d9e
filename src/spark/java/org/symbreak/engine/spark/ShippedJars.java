package org.symbreak.engine.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What executors need to carry out runs: the jars on this process's class path, but for those that every Spark has, and folders of classes as jars.
 */
final class ShippedJars {
  private static final Pattern SPARKS_OWN = Pattern.compile("(spark|scala|hadoop|netty|jetty|jersey|log4j|json4s|kryo|zookeeper|curator|zstd|icu4j|byte-buddy)[-_].*");

  private ShippedJars() {}

  /**
   * @param directory where jars are made
   */
  static List<Path> ofThisProcess(Path directory) throws IOException {
    List<Path> jars = new ArrayList<>();
    for (Path entry : classPath()) {
      if (Files.isDirectory(entry)) {
        jars.add(jar(entry, directory.resolve("classes-" + jars.size() + ".jar")));
      } else if (Files.isRegularFile(entry) && !SPARKS_OWN.matcher(entry.getFileName().toString()).matches()) {
        jars.add(entry);
      }
    }
    return jars;
  }

  /** Under Maven's exec:java the classes come through a loader of its own, otherwise from the class path. */
  private static List<Path> classPath() {
    if (ShippedJars.class.getClassLoader() instanceof URLClassLoader loader) {
      return Stream.of(loader.getURLs()).map(ShippedJars::path).toList();
    }
    return Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator)).filter(entry -> !entry.isEmpty()).map(Path::of).toList();
  }

  private static Path path(URL url) {
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class path entry is no place: " + url, e);
    }
  }

  private static Path jar(Path folder, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
      }
    }
    return jar;
  }
}

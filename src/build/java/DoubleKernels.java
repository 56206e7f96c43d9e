import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes the fused engine's double kernels at build time: they are its float kernels with another type.
 *
 * <pre>java DoubleKernels.java SOURCES GENERATED</pre>
 *
 * <p>SOURCES and GENERATED are roots of Java source trees. Files that would not change are left alone; what an earlier place of the kernels left there goes.
 */
final class DoubleKernels {
  private static final Path PACKAGE = Path.of("org", "symbreak", "engine", "fused");
  private static final List<String> KERNELS = List.of("FloatKernels", "PlainFloatKernels", "VectorFloatKernels", "VectorFloatTile");

  private DoubleKernels() {}

  public static void main(String[] roots) throws IOException {
    Path from = Path.of(roots[0]).resolve(PACKAGE);
    Path to = Files.createDirectories(Path.of(roots[1]).resolve(PACKAGE));
    removeOthers(Path.of(roots[1]), to);
    for (String name : KERNELS) {
      // a cast from double to double would only be warned of
      String doubles = Files.readString(from.resolve(name + ".java")).replace("float", "double").replace("Float", "Double").replace("(double) ", "");
      Path file = to.resolve(name.replace("Float", "Double") + ".java");
      if (!Files.exists(file) || !Files.readString(file).equals(doubles)) {
        Files.writeString(file, doubles);
      }
    }
  }

  private static void removeOthers(Path root, Path kept) throws IOException {
    List<Path> others;
    try (Stream<Path> files = Files.walk(root)) {
      others = files.filter(file -> Files.isRegularFile(file) && !file.startsWith(kept)).toList();
    }
    for (Path file : others) {
      Files.delete(file);
    }
  }
}

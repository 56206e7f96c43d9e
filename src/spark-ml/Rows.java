import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Writes rows for scripts/cluster-training: normal features, and a label that follows from products of some of them, and chance.
 *
 * <pre>java Rows.java DIRECTORY PARTS ROWS FEATURES SEED</pre>
 */
final class Rows {
  private Rows() {}

  public static void main(String[] args) throws IOException {
    Path directory = Files.createDirectories(Path.of(args[0]));
    int parts = Integer.parseInt(args[1]);
    int rows = Integer.parseInt(args[2]);
    int features = Integer.parseInt(args[3]);
    SplittableRandom random = new SplittableRandom(Long.parseLong(args[4]));
    for (int part = 0; part < parts; part++) {
      try (BufferedWriter out = Files.newBufferedWriter(directory.resolve("part-%03d.csv".formatted(part)))) {
        StringBuilder line = new StringBuilder();
        for (int i = 1; i <= features; i++) {
          line.append('x').append(i).append(',');
        }
        out.append(line).append("label\n");
        double[] x = new double[features];
        for (int row = part * rows / parts; row < (part + 1) * rows / parts; row++) {
          line.setLength(0);
          for (int i = 0; i < features; i++) {
            int thousandths = (int) Math.round(1000 * random.nextGaussian());
            x[i] = thousandths / 1000.0;
            line.append(x[i]).append(',');
          }
          double score = x[0] * x[1] + x[2] - x[3] * x[4] + 0.5 * x[5] + 0.5 * random.nextGaussian();
          out.append(line).append(score > 0 ? "1\n" : "0\n");
        }
      }
    }
  }
}

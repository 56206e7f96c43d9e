package org.symbreak.experiment.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.SparkFiles;
import org.symbreak.data.DataSpec;
import org.symbreak.experiment.RunTask;
import org.symbreak.problem.InputException;
import org.symbreak.source.TableFile;

/**
 * Data files on their way to the nodes, which fetch each once.
 *
 * @param names what each file is called there, by its path here
 */
record ShippedData(HashMap<String, String> names) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Files that were shipped, and those of these runs beside them. */
  ShippedData with(List<RunTask> tasks, Consumer<Path> ship, Path directory) throws IOException {
    HashMap<String, String> more = new HashMap<>(names);
    for (RunTask task : tasks) {
      DataSpec data = task.spec().data();
      for (String file : data.testFile() == null ? List.of(data.file()) : List.of(data.file(), data.testFile())) {
        if (!more.containsKey(file)) {
          if (TableFile.isParts(file)) {
            throw InputException.of("--spark", "many runs on data in one file, which goes to every node", file + ", which is in parts");
          }
          // two may be called the same in different directories
          Path copy = Files.copy(Path.of(file), directory.resolve("data-" + more.size() + ".csv"));
          ship.accept(copy);
          more.put(file, copy.getFileName().toString());
        }
      }
    }
    return new ShippedData(more);
  }

  /** The same data, read from where this node has them. */
  DataSpec here(DataSpec data) {
    return data.withFiles(
        here(data.file()), data.testFile() == null ? null : here(data.testFile()));
  }

  private String here(String file) {
    return SparkFiles.get(names.get(file));
  }
}

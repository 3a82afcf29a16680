package io.zproc.cli;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/** What attackers send: it writes a file when it is read. */
final class Gadget implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String file;

  Gadget(Path file) {
    this.file = file.toString();
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    Files.writeString(Path.of(file), "harm");
  }
}

package org.symbreak.engine.cluster;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;
import org.symbreak.engine.fused.ChunkHolders;

/** The coordinator's end of the connection to one holder. Used by one thread at a time. */
final class Link implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  /** Within which a stranger has to prove that it is none. */
  private static final int HANDSHAKE_MILLIS = 10_000;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final long memory;
  private final Set<Place> held = new HashSet<>();
  private byte[] begun;

  private record Place(int set, int chunk) {}

  /** What a holder was asked for. */
  record Question(ChunkHolders.Wanted wanted, int set, int[] chunks, ByteBuffer parameters) {}

  /**
   * What it took to be answered.
   *
   * @param computing nanoseconds that the holder says it computed, at most those that passed
   * @param bytes there and back
   * @param shipped bytes of rows that were sent beforehand
   */
  record Effort(long computing, long bytes, long shipped) {}

  /**
   * @throws IOException where the other end does not know the secret
   */
  Link(Socket socket, byte[] secret) throws IOException {
    this.socket = socket;
    tune(socket);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
    out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER));
    socket.setSoTimeout(HANDSHAKE_MILLIS);
    Handshake.coordinate(in, out, secret);
    memory = in.readLong();
    if (memory <= 0) {
      throw new IOException("a holder with no memory: " + memory);
    }
    socket.setSoTimeout(0);
  }

  /** Small messages go at once; a machine that is gone is missed within a minute. */
  static void tune(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setKeepAlive(true);
    set(socket, ExtendedSocketOptions.TCP_KEEPIDLE, 30);
    set(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL, 10);
    set(socket, ExtendedSocketOptions.TCP_KEEPCOUNT, 3);
  }

  private static void set(Socket socket, SocketOption<Integer> option, int value)
      throws IOException {
    if (socket.supportedOptions().contains(option)) {
      socket.setOption(option, value);
    }
  }

  /** Bytes of the largest heap of the holder's process. */
  long memory() {
    return memory;
  }

  /**
   * Asks for chunks, whose rows are sent where they are not held.
   *
   * @param network that is computed
   * @param share the set of the chunks, and whose they are
   * @param answers of each chunk of the set; those that are asked for are filled
   * @throws IOException where the holder is gone, or answers something else
   */
  Effort ask(byte[] network, Share share, Question question, List<ByteBuffer> answers)
      throws IOException {
    long shipped = ship(network, share, question);
    out.writeByte(Order.COMPUTE.ordinal());
    out.writeByte(question.wanted().ordinal());
    out.writeInt(question.set());
    out.writeInt(question.chunks().length);
    for (int chunk : question.chunks()) {
      out.writeInt(chunk);
    }
    out.write(question.parameters().array());
    out.flush();
    long bytes = question.parameters().capacity() + 18 + 8L * question.chunks().length;
    long asked = System.nanoTime();
    long computing = in.readLong();
    for (int chunk : question.chunks()) {
      int answered = in.readInt();
      if (answered != chunk) {
        throw new IOException(
            "a holder answers " + answered + " where " + chunk + " was asked for");
      }
      in.readFully(answers.get(chunk).array());
      bytes += answers.get(chunk).capacity();
    }
    return new Effort(Math.max(0, Math.min(computing, System.nanoTime() - asked)), bytes, shipped);
  }

  private long ship(byte[] network, Share share, Question question) throws IOException {
    if (begun != network) {
      out.writeByte(Order.BEGIN.ordinal());
      out.writeInt(network.length);
      out.write(network);
      held.clear();
      begun = network;
    }
    for (Place place : List.copyOf(held)) {
      if (place.set() == question.set() && share.owner(place.chunk()) != this) {
        out.writeByte(Order.FORGET.ordinal());
        out.writeInt(place.set());
        out.writeInt(place.chunk());
        held.remove(place);
      }
    }
    long shipped = 0;
    for (int chunk : question.chunks()) {
      if (held.add(new Place(question.set(), chunk))) {
        int rows = share.rows().rows(chunk);
        out.writeByte(Order.HOLD.ordinal());
        out.writeInt(question.set());
        out.writeInt(chunk);
        out.writeInt(rows);
        share.rows().write(chunk, out);
        shipped += rows * share.rows().bytesOfRow();
      }
    }
    return shipped;
  }

  /** Tells the holder that it is over, where it still listens. */
  @Override
  public void close() {
    try (Socket closed = socket) {
      out.writeByte(Order.END.ordinal());
      out.flush();
    } catch (IOException e) {
      // it is gone already
    }
  }
}

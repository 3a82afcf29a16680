package io.zproc.tcp.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;

/**
 * A client written from {@code docs/protocol.md} alone: a plain socket, and nothing of this
 * library. For one thread.
 */
public final class RawClient implements AutoCloseable {
  private static final int TIMEOUT_MS = 10_000;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private byte[] keyToGateway;
  private byte[] keyToClient;
  private boolean encrypts;
  private long sent;
  private long received;

  private RawClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(TIMEOUT_MS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** A connection that speaks ZMTP. */
  public static RawClient connect(int port) throws IOException {
    RawClient client = new RawClient(new Socket(InetAddress.getLoopbackAddress(), port));
    ByteBuffer greeting = ByteBuffer.allocate(64);
    greeting.put((byte) 0xff).position(9);
    greeting.put((byte) 0x7f).put((byte) 3).put((byte) 0).put("NULL".getBytes());
    client.out.write(greeting.array());
    client.in.readFully(new byte[64]);
    byte[] ready = "\5READY\13Socket-Type\0\0\0\6DEALER".getBytes(StandardCharsets.ISO_8859_1);
    client.out.write(4);
    client.out.write(ready.length);
    client.out.write(ready);
    client.receiveFrame();
    return client;
  }

  /** HELLO and WELCOME, of the mode that fits. */
  public RawClient handshake(Protection protection) throws IOException {
    String secretKey = protection.secretKey();
    return protection == Protection.ENCRYPTED ? encrypt(secretKey) : handshake(secretKey);
  }

  /** HELLO and WELCOME of mode 2. */
  public RawClient encrypt(String secretKey) throws IOException {
    try {
      byte[] header = {1, 0x5A, 0x50, 0x52, 0x43, 0, 1, 2};
      RawNoise noise = new RawNoise(secretKey, header);
      sendFrame(RawNoise.concat(header, noise.first()));
      byte[] welcome = receiveFrame();
      byte[] expected = {2, 0, 1, 2};
      require(Arrays.equals(Arrays.copyOf(welcome, 4), expected), "WELCOME");
      noise.second(Arrays.copyOfRange(welcome, 4, welcome.length));
      byte[][] keys = noise.split();
      keyToGateway = keys[0];
      keyToClient = keys[1];
      encrypts = true;
      return this;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** HELLO and WELCOME of mode 0 or 1. */
  public RawClient handshake(String secretKey) throws IOException {
    byte[] nonce = new byte[32];
    Arrays.fill(nonce, (byte) 7);
    byte signed = (byte) (secretKey == null ? 0 : 1);
    sendFrame(
        ByteBuffer.allocate(40)
            .put((byte) 1)
            .putInt(0x5A505243)
            .putShort((short) 1)
            .put(signed)
            .put(nonce)
            .array());
    ByteBuffer welcome = ByteBuffer.wrap(receiveFrame());
    require(welcome.get() == 2 && welcome.getShort() == 1 && welcome.get() == signed, "WELCOME");
    if (secretKey != null) {
      byte[] other = new byte[32];
      welcome.get(other);
      deriveKeys(secretKey, nonce, other);
    }
    return this;
  }

  private void deriveKeys(String secretKey, byte[] nonce, byte[] other) {
    byte[] pseudorandom =
        RawNoise.hmac(RawNoise.concat(nonce, other), secretKey.getBytes(StandardCharsets.UTF_8));
    byte[] info = "zproc tcp 1".getBytes(StandardCharsets.US_ASCII);
    keyToGateway = RawNoise.hmac(pseudorandom, RawNoise.concat(info, new byte[] {1}));
    keyToClient =
        RawNoise.hmac(
            pseudorandom, RawNoise.concat(keyToGateway, RawNoise.concat(info, new byte[] {2})));
  }

  /** A sealed frame, complete but not sent. */
  public byte[] seal(int type, byte[] content) {
    if (encrypts) {
      return encrypted(type, content);
    }
    byte[] frame =
        ByteBuffer.allocate(9 + content.length)
            .put((byte) type)
            .putLong(++sent)
            .put(content)
            .array();
    return keyToGateway == null
        ? frame
        : RawNoise.concat(frame, Arrays.copyOf(RawNoise.hmac(keyToGateway, frame), 16));
  }

  private byte[] encrypted(int type, byte[] content) {
    byte[] header = ByteBuffer.allocate(9).put((byte) 64).putLong(++sent).array();
    byte[] text = RawNoise.concat(new byte[] {(byte) type}, content);
    return RawNoise.concat(header, crypt(Cipher.ENCRYPT_MODE, keyToGateway, sent - 1, text));
  }

  private static byte[] crypt(int mode, byte[] key, long nonce, byte[] text) {
    try {
      return RawNoise.crypt(mode, key, nonce, new byte[0], text);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Sends a sealed frame. */
  public RawClient send(int type, ByteBuffer content) throws IOException {
    sendFrame(seal(type, Arrays.copyOf(content.array(), content.position())));
    return this;
  }

  /** The content of the next sealed frame, which must be of that type. */
  public ByteBuffer receive(int type) throws IOException {
    ByteBuffer content = encrypts ? decrypted(receiveFrame()) : verified(receiveFrame());
    int actual = content.get();
    require(actual == type, "a frame of type " + type + ", not " + actual);
    return content;
  }

  private ByteBuffer decrypted(byte[] frame) {
    ByteBuffer header = ByteBuffer.wrap(frame);
    require(header.get() == 64, "an encrypted frame");
    require(header.getLong() == ++received, "counter " + received);
    byte[] sealed = Arrays.copyOfRange(frame, 9, frame.length);
    return ByteBuffer.wrap(crypt(Cipher.DECRYPT_MODE, keyToClient, received - 1, sealed));
  }

  /** Type and content. */
  private ByteBuffer verified(byte[] frame) {
    int end = frame.length;
    if (keyToClient != null) {
      end -= 16;
      byte[] signed = Arrays.copyOf(frame, end);
      byte[] expected = Arrays.copyOf(RawNoise.hmac(keyToClient, signed), 16);
      require(Arrays.equals(expected, 0, 16, frame, end, frame.length), "a signature");
    }
    require(ByteBuffer.wrap(frame).getLong(1) == ++received, "counter " + received);
    frame[8] = frame[0];
    return ByteBuffer.wrap(frame, 8, end - 8);
  }

  /** Opens a new session; its fate, boot and number. */
  public ByteBuffer open(int role) throws IOException {
    return open(role, 0, 0, 0, 0);
  }

  public ByteBuffer open(int role, long boot, long session, long lastSent, long taken)
      throws IOException {
    ByteBuffer content = ByteBuffer.allocate(33).put((byte) role).putLong(boot).putLong(session);
    return send(16, content.putLong(lastSent).putLong(taken)).receive(32);
  }

  /** Sends a command that fits in a frame. */
  public RawClient command(long sequence, long taken, byte[] command) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(24 + command.length);
    content.putLong(sequence).putLong(taken).putInt(command.length).putInt(0).put(command);
    return send(17, content);
  }

  /** A reply that fits in a frame: what is behind its header. */
  public ByteBuffer reply(long sequence) throws IOException {
    ByteBuffer content = receive(33);
    require(content.getLong() == sequence, "the reply to " + sequence);
    require(content.getInt() == content.remaining() - 4, "all of the reply");
    require(content.getInt() == 0, "offset 0");
    return content;
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError("expected " + what);
    }
  }

  /** Sends a message of ZeroMQ. */
  public void sendFrame(byte[] frame) throws IOException {
    boolean isLong = frame.length > 255;
    ByteBuffer whole = ByteBuffer.allocate(9 + frame.length).put((byte) (isLong ? 2 : 0));
    whole = isLong ? whole.putLong(frame.length) : whole.put((byte) frame.length);
    whole.put(frame);
    out.write(whole.array(), 0, whole.position());
  }

  /** Sends bytes as they are. */
  public void sendRaw(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  /** The next frame of ZeroMQ, a command included. */
  public byte[] receiveFrame() throws IOException {
    int flags = in.readUnsignedByte();
    long length = (flags & 2) != 0 ? in.readLong() : in.readUnsignedByte();
    byte[] frame = new byte[Math.toIntExact(length)];
    in.readFully(frame);
    return frame;
  }

  /** How long it waits for a frame, in milliseconds. */
  public void timeout(int ms) throws IOException {
    socket.setSoTimeout(ms);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

package io.zproc.tcp.internal.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import zmq.ZMQ;

@Timeout(60)
class AdmissionTest {
  private static final int MOST = 5;
  private static final int STRANGERS = 3;

  private final Admission admission = new Admission(MOST, STRANGERS);
  private final List<SocketChannel> clients = new ArrayList<>();
  private final List<SocketChannel> accepted = new ArrayList<>();
  private ServerSocketChannel server;

  @BeforeEach
  void listen() throws IOException {
    server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    for (int i = 0; i < clients.size(); i++) {
      clients.get(i).close();
      accepted.get(i).close();
    }
  }

  private void connect(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      clients.add(SocketChannel.open(server.getLocalAddress()));
      SocketChannel channel = server.accept();
      channel.configureBlocking(false);
      accepted.add(channel);
      tell(ZMQ.ZMQ_EVENT_ACCEPTED, channel);
    }
  }

  private void tell(int event, SocketChannel channel) {
    admission.onEvent(new ZMQ.Event(event, "tcp://", channel));
  }

  private void admit(int index) throws IOException {
    InetSocketAddress address = (InetSocketAddress) clients.get(index).getLocalAddress();
    admission.admit(address.getAddress().getHostAddress() + ":" + address.getPort());
  }

  private List<Integer> cut() throws IOException {
    List<Integer> cut = new ArrayList<>();
    for (int i = 0; i < accepted.size(); i++) {
      if (accepted.get(i).read(ByteBuffer.allocate(1)) < 0) {
        cut.add(i);
      }
    }
    return cut;
  }

  @Test
  void shouldCutOffTheFirstStrangersWhenThereAreTooMany() throws IOException {
    connect(STRANGERS + 2);
    assertThat(cut()).containsExactly(0, 1);
    assertThat(admission.cut()).isEqualTo(2);
  }

  @Test
  void shouldKeepThoseAdmittedWhenStrangersComeAndGo() throws IOException {
    connect(1);
    admit(0);
    connect(STRANGERS);
    assertThat(cut()).isEmpty();
    tell(ZMQ.ZMQ_EVENT_DISCONNECTED, accepted.get(1));
    connect(1);
    assertThat(cut()).isEmpty();
    connect(1);
    assertThat(cut()).containsExactly(2);
  }

  @Test
  void shouldCutOffStrangersOnlyWhenThereAreTooManyConnections() throws IOException {
    for (int i = 0; i < MOST; i++) {
      connect(1);
      admit(i);
    }
    connect(1);
    assertThat(cut()).containsExactly(MOST);
  }

  @Test
  void shouldCutOffStrangersWhenTheyTakeTooLong() throws IOException {
    connect(2);
    admit(0);
    admission.cutOld(System.nanoTime() + 5_000_000_000L);
    assertThat(cut()).isEmpty();
    admission.cutOld(System.nanoTime() + 11_000_000_000L);
    assertThat(cut()).containsExactly(1);
  }
}

package io.zproc.shm.races;

import io.zproc.Context;
import io.zproc.State;
import io.zproc.internal.protocol.Event;
import io.zproc.shm.internal.server.RaceServer;
import io.zproc.spi.Cell;
import io.zproc.spi.Connection;
import io.zproc.spi.EventCursor;
import io.zproc.spi.ValueBuffer;

/** A server and a client of it, of one JVM, whose first steps are done; used by all its races. */
final class RaceClient {
  /** The server itself answers the first reads of each client; afterwards they come from slots. */
  private static final int FIRST_READS = 40;

  final RaceServer server = RaceServer.start();
  final Connection connection = server.connect();
  final Cell x = connection.cell(server.namespace(), RaceServer.key("x"));
  final Cell y = connection.cell(server.namespace(), RaceServer.key("y"));
  final Cell[] moving = new Cell[RaceServer.MOVING];
  final EventCursor cursor = connection.events(0);
  State<String, Long> state;

  /** For the one actor that reads. */
  final ValueBuffer buffer = new ValueBuffer();

  /** For the one actor that reads. */
  final Event event = new Event();

  RaceClient() {
    server.serveDuring(this::firstSteps);
  }

  @SuppressWarnings("resource") // It lives as long as the JVM.
  private void firstSteps() {
    state = Context.open(server.address()).state(RaceServer.NAMESPACE, String.class, Long.class);
    for (int i = 0; i < FIRST_READS; i++) {
      x.read(buffer);
      y.read(buffer);
      state.get("x");
      state.get("y");
    }
    for (int i = 0; i < moving.length; i++) {
      moving[i] = connection.cell(server.namespace(), RaceServer.key("moving" + i));
    }
    cursor.next(event);
  }
}

package io.zproc.spi;

import io.zproc.WaitStrategy;
import java.time.Duration;

/**
 * How a client connects.
 *
 * @param timeout how long a command may wait for its reply, a restarting server included
 * @param waitStrategy how this client waits
 * @param secretKey signs what goes over a network, or null
 */
public record ConnectOptions(Duration timeout, WaitStrategy waitStrategy, String secretKey) {}

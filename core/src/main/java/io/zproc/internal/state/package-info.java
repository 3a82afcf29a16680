/**
 * The client: everything behind {@link io.zproc.State} that does not depend on how the server is
 * reached. It sees keys and values as bytes at its lower edge, the seam {@link io.zproc.spi}, and
 * as objects at its upper one.
 *
 * <p>Internal: may change at any time.
 */
package io.zproc.internal.state;

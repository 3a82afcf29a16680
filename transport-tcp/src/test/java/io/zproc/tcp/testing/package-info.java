/** What the tests of this module share: servers and child processes that can be killed. */
package io.zproc.tcp.testing;
